"""Draws one command: its name, and how its prompt begins."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.metrics import metrics
from gui.quick.quick_metrics import quick_metrics

DETAIL_ROLE = int(Qt.ItemDataRole.UserRole)
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_Index = QModelIndex | QPersistentModelIndex


class CommandDelegate(QStyledItemDelegate):
    """A row with a rounded mark, as the sidebar has them."""

    name_width = 0
    """Of the widest name, so that the prompts stand below each other."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the size of a row."""
        return QSize(super().sizeHint(option, index).width(), quick_metrics().command_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw a row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, edge = QPalette(), metrics().space_medium
        inset = quick_metrics().line_margin - edge
        rect: QRect = option.rect.adjusted(edge, 1, -edge, -1)
        is_marked = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_marked or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color(QPalette.ColorRole.Midlight))
            painter.drawRoundedRect(rect, metrics().space_medium, metrics().space_medium)
        text = rect.adjusted(inset, 0, -inset, 0)
        name = str(index.data(Qt.ItemDataRole.DisplayRole))
        painter.setFont(option.font)
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        painter.drawText(text, int(_LEFT), name)
        text.setLeft(text.left() + self.name_width + metrics().space_large)
        detail = str(index.data(DETAIL_ROLE))
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        elided = painter.fontMetrics().elidedText(detail, Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, int(_LEFT), elided)
        painter.restore()
