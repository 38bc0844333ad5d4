"""How rows look, in the colours of the theme."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from gui.icons import icon
from gui.sidebar.sidebar_metrics import sidebar_metrics

_ONE_LINE = Qt.AlignmentFlag.AlignVCenter.value | Qt.TextFlag.TextSingleLine.value
LEFT = Qt.AlignmentFlag.AlignLeft.value | _ONE_LINE
RIGHT = Qt.AlignmentFlag.AlignRight.value | _ONE_LINE
_MOST_MEASURED = 500
"""Texts of each style."""


class TextStyle:
    """A font with its measures; what was measured once is remembered: it costs most of painting."""

    def __init__(self, font: QFont, *, scale: float = 1.0, is_bold: bool = False) -> None:
        self.font = QFont(font)
        self.font.setPointSizeF(font.pointSizeF() * scale)
        if is_bold:
            self.font.setWeight(QFont.Weight.DemiBold)
        self._metrics = QFontMetrics(self.font)
        self.height = self._metrics.height()
        self.line_spacing = self._metrics.lineSpacing()
        self.elided = lru_cache(maxsize=_MOST_MEASURED)(self._elided)
        self.width = lru_cache(maxsize=_MOST_MEASURED)(self._metrics.horizontalAdvance)

    def _elided(self, text: str, width: int) -> str:
        return self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)


class TextStyles:
    """The fonts of the rows, made from the font of a list."""

    def __init__(self, font: QFont) -> None:
        sizes = sidebar_metrics()
        self.title = TextStyle(font)
        self.found_title = TextStyle(font, is_bold=True)
        self.time = TextStyle(font, scale=sizes.time_scale)
        self.group = TextStyle(font, scale=sizes.group_scale, is_bold=True)
        self.snippet = TextStyle(font, scale=sizes.snippet_scale)


@lru_cache(maxsize=4)
def text_styles(font: QFont) -> TextStyles:
    """Return the fonts for a list with this font."""
    return TextStyles(font)


def colour(role: QPalette.ColorRole) -> QColor:
    """Return a colour of the theme; a style sheet rewrites a widget's own."""
    return QGuiApplication.palette().color(role)


def row_body(rect: QRect) -> QRect:
    """Return the part of a row that is filled when it is chosen."""
    sizes = sidebar_metrics()
    return rect.adjusted(sizes.row_inset, 0, -sizes.row_inset, -sizes.row_gap)


def text_area(rect: QRect) -> QRect:
    """Return the part of a row that text may stand in."""
    inset = sidebar_metrics().row_text_inset
    return row_body(rect).adjusted(inset, 0, -inset, 0)


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, *, is_open: bool) -> QColor:
    """Paint what is behind a row, and return the colour of its text."""
    state, flags, roles = option.state, QStyle.StateFlag, QPalette.ColorRole
    body = QRectF(row_body(option.rect))
    text, ground = colour(roles.WindowText), None
    if state & flags.State_Selected and state & flags.State_Active:
        text, ground = colour(roles.HighlightedText), colour(roles.Highlight)
    elif is_open:
        ground = colour(roles.Mid)
    elif state & (flags.State_MouseOver | flags.State_Selected):
        ground = colour(roles.Midlight)
    radius = sidebar_metrics().row_radius
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if ground is not None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(body, radius, radius)
    if state & flags.State_HasFocus:
        width = sidebar_metrics().focus_width
        half = width / 2
        painter.setPen(QPen(colour(roles.Accent), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(body.adjusted(half, half, -half, -half), radius, radius)
    return text


def paint_icon(painter: QPainter, name: str, rect: QRect, *, tint: QColor) -> None:
    """Paint a drawing of `resources/icons` in the middle of `rect`'s height, at its left."""
    side = rect.width()
    drawn = icon(name, QSize(side, side), colour=tint, disabled=tint)
    top = rect.top() + (rect.height() - side) // 2
    drawn.paint(painter, QRect(rect.left(), top, side, side))


def paint_dot(painter: QPainter, area: QRect) -> int:
    """Paint the sign of an answer that is being written; return what it took of the width."""
    size = sidebar_metrics().dot_size
    centre = QPointF(area.right() - size / 2, area.center().y() + 0.5)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(QPalette.ColorRole.Accent))
    painter.drawEllipse(centre, size / 2, size / 2)
    return size


def paint_skeleton(painter: QPainter, area: QRect, *, row: int) -> None:
    """Paint what stands for a title that is on its way."""
    sizes = sidebar_metrics()
    # Of different lengths, as titles are.
    share = sizes.skeleton_share + (row * 7 % 5) / 16
    height = sizes.skeleton_height
    bar = QRectF(area.left(), area.center().y() - height / 2, area.width() * share, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(QPalette.ColorRole.Midlight))
    painter.drawRoundedRect(bar, height / 2, height / 2)


def paint_header(painter: QPainter, rect: QRect, text: str, font: QFont) -> None:
    """Paint the words above a group, at the lower edge."""
    style = text_styles(font).group
    area = text_area(rect).adjusted(0, sidebar_metrics().header_padding_above, 0, 0)
    area.setBottom(rect.bottom() - sidebar_metrics().header_padding_below)
    painter.setFont(style.font)
    painter.setPen(colour(QPalette.ColorRole.PlaceholderText))
    painter.drawText(area, LEFT, style.elided(text, area.width()))


def header_height(font: QFont) -> int:
    """Return how high the header of a group is."""
    sizes = sidebar_metrics()
    above_and_below = sizes.header_padding_above + sizes.header_padding_below
    return text_styles(font).group.height + above_and_below
