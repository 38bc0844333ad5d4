"""Paints what a search has found; what was searched for stands out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QPainter,
    QPalette,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)

from gui.metrics import metrics
from gui.sidebar.painting import RIGHT, TextStyle, colour, paint_ground, text_area, text_styles
from gui.sidebar.row_delegate import RowDelegate
from gui.sidebar.row_model import AnyIndex, Roles
from gui.sidebar.sidebar_metrics import sidebar_metrics

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem


class ResultDelegate(RowDelegate):
    """A title with a time, or two lines of text, as plain text."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Paint a row."""
        painter.save()
        text = paint_ground(painter, option, is_open=False)
        is_chosen = text != colour(QPalette.ColorRole.WindowText)
        quiet = text if is_chosen else colour(QPalette.ColorRole.PlaceholderText)
        area, styles = text_area(option.rect), text_styles(option.font)
        if _is_title(index):
            painter.setFont(styles.time.font)
            painter.setPen(quiet)
            time = str(index.data(Roles.TIME))
            painter.drawText(area, RIGHT, time)
            taken = styles.time.width(time) + metrics().space_medium
            area.setRight(area.right() - taken)
            style, lines = styles.found_title, 1
        else:
            style, lines = styles.snippet, sidebar_metrics().snippet_lines
            text = quiet
        self._paint_text(painter, area, style, index, colours=(text, is_chosen), lines=lines)
        painter.restore()

    def _paint_text(
        self,
        painter: QPainter,
        area: QRect,
        style: TextStyle,
        index: AnyIndex,
        *,
        colours: tuple[QColor, bool],
        lines: int,
    ) -> None:
        text, (ink, is_chosen) = str(index.data(Qt.ItemDataRole.DisplayRole)), colours
        accent = ink if is_chosen else colour(QPalette.ColorRole.Accent)
        formats = _formats(text, index.data(Roles.MARKS) or (), accent)
        layout = _laid_out(text, style, area.width(), lines, formats)
        height = layout.boundingRect().height()
        top = area.top() + (area.height() - height) / 2
        painter.setPen(ink)
        layout.draw(painter, QPointF(area.left(), top))


def result_heights(font: QFont) -> tuple[int, int]:
    """Return how high a text and a title are."""
    sizes = sidebar_metrics()
    styles = text_styles(font)
    snippet = styles.snippet.line_spacing * sizes.snippet_lines
    title = styles.found_title.height
    padding = 2 * sizes.folder_padding + sizes.row_gap
    return snippet + padding, title + padding + metrics().space_small


def range_in_units(text: str, start: int, end: int) -> tuple[int, int]:
    """Return start and length of a part of `text` as Qt counts: in halves of surrogate pairs."""
    return _units(text[:start]), _units(text[start:end])


def _is_title(index: AnyIndex) -> bool:
    model = index.model()
    return bool(model.is_header(index.row())) if hasattr(model, "is_header") else False


def _formats(
    text: str, marks: Sequence[tuple[int, int]], accent: QColor
) -> list[QTextLayout.FormatRange]:
    found = []
    look = QTextCharFormat()
    look.setForeground(accent)
    look.setFontWeight(QFont.Weight.DemiBold)
    for start, end in marks:
        one = QTextLayout.FormatRange()
        one.start, one.length = range_in_units(text, start, end)
        one.format = look
        found.append(one)
    return found


def _laid_out(
    text: str, style: TextStyle, width: int, lines: int, formats: list[QTextLayout.FormatRange]
) -> QTextLayout:
    """Return a layout of at most so many lines; the last one is cut off with an ellipsis."""
    breaks = _break(text, style.font, width, lines)
    if breaks is not None:
        kept, last = text[:breaks], text[breaks:]
        text = kept + style.elided(last, width)
    layout = QTextLayout(text, style.font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats([one for one in formats if one.start < _units(text)])
    _lay_lines(layout, width, lines)
    return layout


def _break(text: str, font: QFont, width: int, lines: int) -> int | None:
    """Return where the last line begins, in characters; None when all of the text fits."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    starts = _lay_lines(layout, width, lines + 1)
    if len(starts) <= lines:
        return None
    encoded = text.encode("utf-16-le", "surrogatepass")[: 2 * starts[lines - 1]]
    return len(encoded.decode("utf-16-le", "surrogatepass"))


def _lay_lines(layout: QTextLayout, width: int, most: int) -> list[int]:
    starts: list[int] = []
    height = 0.0
    layout.beginLayout()
    while len(starts) < most:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        line.setPosition(QPointF(0, height))
        height += line.height()
        starts.append(line.textStart())
    layout.endLayout()
    return starts


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
