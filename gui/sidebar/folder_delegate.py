"""Paints one folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QPainter, QPalette

from gui.metrics import metrics
from gui.sidebar.painting import (
    LEFT,
    colour,
    paint_ground,
    paint_icon,
    row_body,
    text_area,
    text_styles,
)
from gui.sidebar.row_delegate import RowDelegate
from gui.sidebar.row_model import AnyIndex, Roles
from gui.sidebar.sidebar_metrics import sidebar_metrics

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget


class FolderDelegate(RowDelegate):
    """A drawing and a name."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Paint a row."""
        painter.save()
        text = paint_ground(painter, option, is_open=bool(index.data(Roles.IS_OPEN)))
        place = text_area(option.rect)
        side = metrics().icon_size
        quiet = colour(QPalette.ColorRole.PlaceholderText)
        tint = quiet if text == colour(QPalette.ColorRole.WindowText) else text
        drawing = QRect(place.left(), place.top(), side, place.height())
        paint_icon(painter, str(index.data(Roles.ICON)), drawing, tint=tint)
        area = _name_area(option.rect)
        painter.setFont(option.font)
        painter.setPen(text)
        name = str(index.data(Qt.ItemDataRole.DisplayRole))
        painter.drawText(area, LEFT, text_styles(option.font).title.elided(name, area.width()))
        painter.restore()

    def title_width(self, option: QStyleOptionViewItem, _index: AnyIndex) -> int:
        """Return how much room there is for a name."""
        return _name_area(option.rect).width()

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: AnyIndex
    ) -> None:
        """Put the field over the name, beside the drawing."""
        body = row_body(option.rect)
        left = _name_area(option.rect).left() - metrics().space_medium
        editor.setGeometry(body.adjusted(left - body.left(), 0, 0, 0))


def folder_height(font: QFont) -> int:
    """Return how high a row is."""
    sizes = sidebar_metrics()
    text = max(text_styles(font).title.height, metrics().icon_size)
    return text + 2 * sizes.folder_padding + sizes.row_gap


def _name_area(rect: QRect) -> QRect:
    return text_area(rect).adjusted(metrics().icon_size + metrics().space_medium, 0, 0, 0)
