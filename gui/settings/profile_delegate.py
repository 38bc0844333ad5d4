"""Paints a profile: its name, and behind it who is asked."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.metrics import metrics
from gui.settings.settings_metrics import settings_metrics

DETAIL = Qt.ItemDataRole.UserRole + 1
"""What stands behind the name."""


class ProfileDelegate(QStyledItemDelegate):
    """One line for each; the name keeps its room, what is behind it is shortened."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return a line of text with room above and below."""
        del index
        padding = settings_metrics().profile_padding
        height = option.fontMetrics.height()
        return QSize(0, height + 2 * padding)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint the row as the style sheet has it, and two texts of our own."""
        self.initStyleOption(option, index)
        name = index.data(Qt.ItemDataRole.DisplayRole)
        option.text = ""
        widget = option.widget
        style = widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        area: QRect = option.rect.adjusted(
            metrics().space_medium + metrics().space_small, 0, -metrics().space_large, 0
        )
        fonts = option.fontMetrics
        palette = QPalette()
        shown = fonts.elidedText(name, Qt.TextElideMode.ElideRight, area.width())
        painter.save()
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, middle | Qt.AlignmentFlag.AlignLeft, shown)
        room = area.width() - fonts.horizontalAdvance(shown) - metrics().space_large
        detail = fonts.elidedText(index.data(DETAIL), Qt.TextElideMode.ElideMiddle, max(room, 0))
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        if room > fonts.averageCharWidth() * 4:
            painter.drawText(area, middle | Qt.AlignmentFlag.AlignRight, detail)
        painter.restore()
