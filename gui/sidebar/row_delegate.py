"""What the delegates of the sidebar's lists have in common: names are changed in place."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from gui.sidebar.painting import row_body, text_area
from gui.sidebar.row_model import AnyIndex

LONGEST_NAME = 200
"""Characters of a title or a folder's name that can be typed."""


class RowDelegate(QStyledItemDelegate):
    """Edits the name of a row, and shows it whole where it is cut off."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        """Return the size that the view has chosen."""
        return option.rect.size()

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: AnyIndex
    ) -> QWidget:
        """Return a field for a name: Enter keeps it, Esc does not."""
        editor = QLineEdit(parent)
        editor.setObjectName("renameField")
        editor.setAccessibleName(self.tr("New name"))
        editor.setMaxLength(LONGEST_NAME)
        return editor

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        """Offer the name that it has, selected."""
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: AnyIndex) -> None:
        """Hand on the new name."""
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: AnyIndex
    ) -> None:
        """Put the field over the row."""
        editor.setGeometry(row_body(option.rect))

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: AnyIndex,
    ) -> bool:
        """Show a name that is cut off as a tip."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return False
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        room = self.title_width(option, index)
        if QFontMetrics(option.font).horizontalAdvance(text) > room:
            # Without this, a title that looks like markup would be shown as what it says.
            escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            QToolTip.showText(event.globalPos(), f"<qt>{escaped}</qt>", view)
        else:
            QToolTip.hideText()
        return True

    def title_width(self, option: QStyleOptionViewItem, _index: AnyIndex) -> int:
        """Return how much room there is for a name."""
        return text_area(option.rect).width()
