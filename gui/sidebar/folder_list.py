"""The list of folders: picks one, renames, takes what is dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

from gui.sidebar.folder_delegate import FolderDelegate, folder_height
from gui.sidebar.folder_model import FolderModel
from gui.sidebar.place import Section
from gui.sidebar.row_view import RowView
from gui.sidebar.sidebar_metrics import sidebar_metrics

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent

_ENTER_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class FolderList(RowView):
    """The places; as high as its rows, up to a limit.

    Signals:
        place_chosen: the user wants to see this `Place`.
        folder_requested: the user wants a new folder.
        delete_requested: a folder's id, and whether its conversations are to go with it.
        left: the user wants to go back to writing.
    """

    place_chosen = Signal(object)
    folder_requested = Signal()
    delete_requested = Signal(object, bool)
    left = Signal()

    def __init__(self, model: FolderModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._places = model

        self.setObjectName("folderList")
        self.setAccessibleName(self.tr("Folders"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
        self.setItemDelegate(FolderDelegate(self))
        self.setModel(model)

        self.activated_by_user.connect(self._choose_row)
        model.modelReset.connect(self.fit_rows)
        self.fit_rows()

    def rename(self, folder_id: int) -> None:
        """Let the user write another name."""
        row = self._places.row_of(folder_id)
        if row is not None:
            index = self._places.index(row)
            self.setCurrentIndex(index)
            self.scrollTo(index)
            self.edit(index)

    def open_menu(self, row: int) -> QMenu | None:
        """Make the menu of a folder; None for what is no folder."""
        place = self._places.place_at(row)
        if place is None or place.section is not Section.FOLDER:
            return None
        self.setCurrentIndex(self._places.index(row))
        menu = QMenu(self)
        menu.setObjectName("folderMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name, text in (
            ("renameFolderAction", self.tr("Rename")),
            ("newFolderAction", self.tr("New folder")),
            ("deleteFolderAction", self.tr("Delete folder, keep conversations")),
            ("deleteFolderAndConversationsAction", self.tr("Delete folder and conversations")),
        ):
            action = QAction(text, menu)
            action.setObjectName(name)
            menu.addAction(action)
        menu.triggered.connect(self._on_menu_triggered)
        return menu

    def event(self, event: QEvent) -> bool:
        """Keep Escape for the list: in the window, it stops the reply."""
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pick, rename and delete by key."""
        current, key = self.currentIndex(), event.key()
        place = self._places.place_at(current.row())
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in _ENTER_KEYS and place is not None:
            self._choose_row(current.row())
        elif key == Qt.Key.Key_F2 and current.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(current)
        elif key == Qt.Key.Key_Delete and place is not None and place.folder_id is not None:
            self.delete_requested.emit(place.folder_id, False)  # noqa: FBT003 - a signal's argument
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done, at the pointer or at the row that the keyboard is on."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        menu = self.open_menu(index.row())
        if menu is not None:
            centre = self.visualRect(index).center()
            point = event.pos() if by_mouse else QPoint(centre)
            menu.popup(self.viewport().mapToGlobal(point))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit_rows()

    @Slot()
    def fit_rows(self) -> None:
        """Make the rows as high as what is in them, and the list as high as its rows."""
        height = folder_height(self.font())
        self.set_heights(height, height)
        most = sidebar_metrics().folder_rows
        self.setFixedHeight(height * min(self._places.rowCount(), most))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take conversations."""
        if event.mimeData().hasFormat(self._places.mimeTypes()[0]):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where the conversations would go."""
        index = self.indexAt(event.position().toPoint())
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(index, flags.ClearAndSelect)
        if index.isValid():
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Nothing will be dropped here."""
        self.selectionModel().clearSelection()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what is dropped on a folder."""
        index = self.indexAt(event.position().toPoint())
        self.selectionModel().clearSelection()
        if index.isValid():
            self._places.dropMimeData(event.mimeData(), event.dropAction(), -1, -1, index)
            event.acceptProposedAction()

    @Slot(int)
    def _choose_row(self, row: int) -> None:
        self.selectionModel().clearSelection()
        place = self._places.place_at(row)
        if place is not None:
            self.place_chosen.emit(place)

    @Slot(QAction)
    def _on_menu_triggered(self, action: QAction) -> None:
        index: QModelIndex = self.currentIndex()
        place = self._places.place_at(index.row())
        if action.objectName() == "renameFolderAction":
            self.edit(index)
        elif action.objectName() == "newFolderAction":
            self.folder_requested.emit()
        elif place is not None:
            with_conversations = action.objectName() == "deleteFolderAndConversationsAction"
            self.delete_requested.emit(place.folder_id, with_conversations)
