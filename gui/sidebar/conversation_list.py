"""The list of conversations: opens, renames, chooses many, drags."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QWidget

from core.models import Folder
from gui.sidebar.conversation_delegate import ConversationDelegate, row_height
from gui.sidebar.conversation_menu import ConversationMenu, MenuTopic, Wish
from gui.sidebar.conversation_model import ConversationListModel
from gui.sidebar.painting import header_height
from gui.sidebar.place import Section
from gui.sidebar.row_model import AnyIndex
from gui.sidebar.row_view import RowView

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

_TYPING_PAUSE = 1_000
"""Milliseconds after which the next letter begins another word."""
_ENTER_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_DELETE_KEYS = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace})


class ConversationList(RowView):
    """Conversations under days; a click opens, Shift and Ctrl choose many.

    Signals:
        opened: the user wants this conversation; its id.
        wished: a `Wish`, the ids that it is about, and for `MOVE` a folder's id or None.
        undo_requested: the user wants the last deletion undone.
        left: the user wants to go back to writing.
    """

    opened = Signal(object)
    wished = Signal(object, list, object)
    undo_requested = Signal()
    left = Signal()

    def __init__(self, model: ConversationListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._conversations = model
        self._folders: Sequence[Folder] = ()
        self._typed = ""
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_PAUSE)

        self.setObjectName("conversationList")
        self.setAccessibleName(self.tr("Conversations"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setItemDelegate(ConversationDelegate(model, self))
        self.setModel(model)

        self._pause.timeout.connect(self._forget_typed)
        self.activated_by_user.connect(self._open_row)
        model.modelReset.connect(self.fit_rows)
        self.fit_rows()

    def set_folders(self, folders: Sequence[Folder]) -> None:
        """Offer these in the menu."""
        self._folders = tuple(folders)

    def rename(self, conversation_id: int) -> None:
        """Let the user write another title."""
        row = self._conversations.row_of(conversation_id)
        if row is not None:
            index = self._conversations.index(row)
            self.scrollTo(index)
            self.setCurrentIndex(index)
            self.edit(index)

    def show_conversation(self, conversation_id: int | None) -> None:
        """Mark what the window shows; a choice of several stays."""
        self._conversations.set_open(conversation_id)
        row = self._conversations.row_of(conversation_id)
        flags = QItemSelectionModel.SelectionFlag
        if row is None:
            self.selectionModel().clear()
        elif conversation_id not in self.chosen_ids():
            index = self._conversations.index(row)
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect)

    def neighbour(self, conversation_id: int | None, step: int) -> int | None:
        """Return the conversation `step` below; the first one for one that is not here."""
        row = self._conversations.row_of(conversation_id)
        goal = 0 if row is None else row + step
        while 0 <= goal < self._conversations.rowCount():
            found = self._conversations.id_at(goal)
            if found is not None:
                return found
            goal += step if row is not None else 1
        return None

    def open_menu(self) -> ConversationMenu | None:
        """Make the menu for what is chosen; None when nothing is."""
        ids = self.chosen_ids()
        if not ids:
            return None
        known = [self._conversations.summary(one) for one in ids]
        are_pinned = all(one is not None and one.is_pinned for one in known)
        place = self._conversations.place
        topic = MenuTopic(place, len(ids), are_pinned=are_pinned, folders=self._folders)
        menu = ConversationMenu(topic, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.chosen.connect(self._on_menu_chosen)
        return menu

    def event(self, event: QEvent) -> bool:
        """Keep keys for the list that mean something else in the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_undo = event.matches(QKeySequence.StandardKey.Undo)
            if event.key() == Qt.Key.Key_Escape or is_undo:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, rename, delete, undo and leave by key."""
        is_plain = event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        }
        key, current = event.key(), self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo_requested.emit()
        elif not is_plain:
            super().keyPressEvent(event)
        elif key in _ENTER_KEYS and current.isValid():
            self._open_row(current.row())
        elif key == Qt.Key.Key_F2 and current.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(current)
        elif key in _DELETE_KEYS:
            in_trash = self._conversations.place.section is Section.TRASH
            self._wish(Wish.PURGE if in_trash else Wish.DELETE)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, text: str) -> None:
        """Go to the next title that begins with what is typed, of those that have been seen."""
        is_first = not self._typed
        self._typed += text
        self._pause.start()
        after = self.currentIndex().row()
        row = self._conversations.find_title(self._typed, after=after if is_first else after - 1)
        if row is not None:
            self.setCurrentIndex(self._conversations.index(row))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Rename what was clicked twice."""
        index = self.indexAt(event.position().toPoint())
        is_left = event.button() == Qt.MouseButton.LeftButton
        if is_left and index == self.currentIndex() and index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done, at the pointer or at the row that the keyboard is on."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            if not self.indexAt(event.pos()).flags() & Qt.ItemFlag.ItemIsSelectable:
                return
            point = event.globalPos()
        else:
            rect = self.visualRect(self.currentIndex())
            point = self.viewport().mapToGlobal(rect.center())
        menu = self.open_menu()
        if menu is not None:
            menu.popup(point)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit_rows()

    @Slot()
    def fit_rows(self) -> None:
        """Make the rows as high as what is in them."""
        in_trash = self._conversations.place.section is Section.TRASH
        self.set_heights(row_height(self.font(), has_note=in_trash), header_height(self.font()))

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """Paint both rows anew, and keep the current one in view."""
        super().currentChanged(current, previous)
        if current.isValid() and self.hasFocus():
            self.scrollTo(current)

    @Slot(int)
    def _open_row(self, row: int) -> None:
        conversation_id = self._conversations.id_at(row)
        if conversation_id is not None:
            self.opened.emit(conversation_id)

    @Slot(object, object)
    def _on_menu_chosen(self, wish: Wish, folder_id: int | None) -> None:
        if wish is Wish.OPEN:
            self._open_row(self.currentIndex().row())
        elif wish is Wish.RENAME:
            self.edit(self.currentIndex())
        else:
            self._wish(wish, folder_id)

    def _wish(self, wish: Wish, folder_id: int | None = None) -> None:
        ids = self.chosen_ids()
        if ids:
            self.wished.emit(wish, ids, folder_id)

    @Slot()
    def _forget_typed(self) -> None:
        self._typed = ""
