"""What can be done with conversations: the menu of the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from core.models import Folder
from gui.sidebar.place import Place, Section

_LONGEST_NAME = 40


class Wish(StrEnum):
    """What somebody may want of conversations; also the object names of the menu's actions."""

    OPEN = "openAction"
    RENAME = "renameAction"
    PIN = "pinAction"
    UNPIN = "unpinAction"
    ARCHIVE = "archiveAction"
    UNARCHIVE = "unarchiveAction"
    MOVE = "moveAction"
    MOVE_TO_NEW = "moveToNewFolderAction"
    EXPORT = "exportAction"
    DELETE = "deleteAction"
    RESTORE = "restoreAction"
    PURGE = "purgeAction"


@dataclass(frozen=True, slots=True)
class MenuTopic:
    """What a menu is about."""

    place: Place
    count: int
    """How many conversations are chosen."""
    are_pinned: bool = False
    """Whether all of them are."""
    folders: Sequence[Folder] = ()


class ConversationMenu(QMenu):
    """What can be done with the chosen conversations.

    Signals:
        chosen: a `Wish`, and for `MOVE` the id of a folder or None.
    """

    chosen = Signal(object, object)

    def __init__(self, topic: MenuTopic, parent: QWidget) -> None:
        super().__init__(parent)
        self._topic = topic
        self.setObjectName("conversationMenu")
        if topic.place.section is Section.TRASH:
            self._add(self.tr("Restore"), Wish.RESTORE)
            self._add(self.tr("Delete for good…"), Wish.PURGE)
        else:
            self._add_usual()
        self.triggered.connect(self._on_triggered)

    def _add_usual(self) -> None:
        topic = self._topic
        if topic.count == 1:
            self._add(self.tr("Open"), Wish.OPEN)
            self._add(self.tr("Rename"), Wish.RENAME)
        if topic.are_pinned:
            self._add(self.tr("Unpin"), Wish.UNPIN)
        else:
            self._add(self.tr("Pin"), Wish.PIN)
        self._add_folders()
        if topic.place.section is Section.ARCHIVE:
            self._add(self.tr("Take out of the archive"), Wish.UNARCHIVE)
        else:
            self._add(self.tr("Archive"), Wish.ARCHIVE)
        self.addSeparator()
        self._add(self.tr("Export…"), Wish.EXPORT)
        self.addSeparator()
        self._add(self.tr("Delete"), Wish.DELETE)

    def _add_folders(self) -> None:
        menu = self.addMenu(self.tr("Move to folder"))
        menu.setObjectName("moveMenu")
        here = self._topic.place.folder_id
        for folder in self._topic.folders:
            if folder.id != here:
                name = folder.name
                short = name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
                self._add(short.replace("&", "&&"), Wish.MOVE, folder_id=folder.id, menu=menu)
        if self._topic.folders:
            self._add(self.tr("No folder"), Wish.MOVE, menu=menu)
            menu.addSeparator()
        self._add(self.tr("New folder…"), Wish.MOVE_TO_NEW, menu=menu)

    def _add(
        self, text: str, wish: Wish, *, folder_id: int | None = None, menu: QMenu | None = None
    ) -> None:
        action = QAction(text, self)
        action.setObjectName(wish.value)
        action.setData((wish, folder_id))
        (menu or self).addAction(action)

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        wish, folder_id = action.data()
        self.chosen.emit(wish, folder_id)
