"""Paints one conversation of the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QPainter, QPalette

from gui.metrics import metrics
from gui.sidebar.conversation_model import ConversationListModel
from gui.sidebar.painting import (
    LEFT,
    RIGHT,
    TextStyles,
    colour,
    paint_dot,
    paint_ground,
    paint_header,
    paint_icon,
    paint_skeleton,
    text_area,
    text_styles,
)
from gui.sidebar.row_delegate import RowDelegate
from gui.sidebar.row_look import RowLook
from gui.sidebar.row_model import AnyIndex
from gui.sidebar.sidebar_metrics import sidebar_metrics

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QStyleOptionViewItem


class ConversationDelegate(RowDelegate):
    """A title, with a quiet time or a dot at the right; in the trash a second line below."""

    def __init__(self, model: ConversationListModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Paint a row, or the header of a group."""
        painter.save()
        row = index.row()
        if self._model.is_header(row):
            paint_header(painter, option.rect, self._model.group_text(row), option.font)
        else:
            is_open = self._model.is_open_at(row)
            text = paint_ground(painter, option, is_open=is_open)
            # One call for all of a row: through `QModelIndex.data` painting takes twice as long.
            look = self._model.look(row)
            if look is None:
                paint_skeleton(painter, text_area(option.rect), row=row)
            else:
                is_plain = text == colour(QPalette.ColorRole.WindowText) and not is_open
                quiet = colour(QPalette.ColorRole.PlaceholderText) if is_plain else text
                painter.setPen(quiet)
                area = self._paint_quiet(painter, option, look)
                painter.setFont(option.font)
                painter.setPen(text)
                title = text_styles(option.font).title.elided(look.title, area.width())
                painter.drawText(area, LEFT, title)
        painter.restore()

    def title_width(self, option: QStyleOptionViewItem, index: AnyIndex) -> int:
        """Return how much room there is for a title."""
        look = self._model.look(index.row())
        time = "" if look is None else look.time
        taken = text_styles(option.font).time.width(time) + metrics().space_medium
        return text_area(option.rect).width() - taken

    def _paint_quiet(self, painter: QPainter, option: QStyleOptionViewItem, look: RowLook) -> QRect:
        """Paint all but the title, and return where that belongs."""
        styles, area = text_styles(option.font), text_area(option.rect)
        if look.note:
            area, below = _lines(styles, area)
            painter.setFont(styles.time.font)
            painter.drawText(below, LEFT, styles.time.elided(look.note, below.width()))
        area.setRight(area.right() - self._paint_right(painter, styles, area, look))
        return area

    @staticmethod
    def _paint_right(painter: QPainter, styles: TextStyles, area: QRect, look: RowLook) -> int:
        """Paint the dot or the time, and the pin; return how much of the width is taken."""
        gap, taken = metrics().space_medium, 0
        tint = painter.pen().color()
        if look.is_streaming:
            taken = paint_dot(painter, area) + gap
        elif look.time:
            painter.setFont(styles.time.font)
            painter.drawText(area, RIGHT, look.time)
            taken = styles.time.width(look.time) + gap
        if look.is_pinned:
            size = sidebar_metrics().pin_size
            left = area.right() - taken - size + metrics().space_small
            rect = QRect(left, area.top(), size, area.height())
            paint_icon(painter, "pin", rect, tint=tint)
            taken += size + metrics().space_small
        return taken


def row_height(font: QFont, *, has_note: bool) -> int:
    """Return how high a conversation is; `has_note` for two lines."""
    sizes, styles = sidebar_metrics(), text_styles(font)
    height = styles.title.height + 2 * sizes.row_padding + sizes.row_gap
    return height + styles.time.height + sizes.line_gap if has_note else height


def _lines(styles: TextStyles, area: QRect) -> tuple[QRect, QRect]:
    gap = sidebar_metrics().line_gap
    first, second = styles.title.height, styles.time.height
    top = area.top() + (area.height() - first - second - gap) // 2
    return (
        QRect(area.left(), top, area.width(), first),
        QRect(area.left(), top + first + gap, area.width(), second),
    )
