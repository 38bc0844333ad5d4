"""Does in a store what the user wants of conversations and folders."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from core.storage.changes import ConversationChanges, Deletion
from gui.sidebar.conversation_menu import Wish
from gui.sidebar.delete_question import DeleteQuestion
from gui.sidebar.place import Place, Section
from gui.sidebar.sidebar import Sidebar
from gui.sidebar.sidebar_store import SidebarStore
from gui.tasks import TaskScope

_LONGEST_NAME = 30
"""Characters of a title in a sentence."""


class SidebarWishes(QObject):
    """Grants what `Sidebar` asks for; the sidebar hears of it as the store changes.

    Signals:
        export_requested: the user wants these conversations in a file; a list of ids.
    """

    export_requested = Signal(list)

    def __init__(self, sidebar: Sidebar, store: SidebarStore, *, scope: TaskScope) -> None:
        super().__init__(sidebar)
        self._sidebar = sidebar
        self._store = store
        self._scope = scope
        self._folder_to_name: int | None = None

        sidebar.list.wished.connect(self._on_list_wished)
        sidebar.model.rename_requested.connect(self._on_model_rename_requested)
        sidebar.folder_model.rename_requested.connect(self._on_folder_model_rename_requested)
        sidebar.folder_model.dropped.connect(self._on_folder_model_dropped)
        sidebar.folder_model.rows_shifted.connect(self._name_new_folder)
        sidebar.folders.list.folder_requested.connect(self._on_folder_requested)
        sidebar.folders.list.delete_requested.connect(self._on_folder_delete_requested)
        sidebar.place_bar.empty_requested.connect(self._on_empty_requested)
        sidebar.toast.undo_requested.connect(self._on_undo_requested)

    @Slot(object, list, object)
    def _on_list_wished(self, wish: Wish, ids: list[int], folder_id: int | None) -> None:
        changes: dict[Wish, ConversationChanges] = {
            Wish.PIN: {"is_pinned": True},
            Wish.UNPIN: {"is_pinned": False},
            Wish.ARCHIVE: {"is_archived": True},
            Wish.UNARCHIVE: {"is_archived": False},
            Wish.MOVE: {"folder_id": folder_id},
        }
        if wish in changes:
            self._start(self._update(ids, changes[wish]))
        elif wish is Wish.MOVE_TO_NEW:
            self._start(self._add_folder(ids))
        elif wish is Wish.DELETE:
            self._start(self._delete(ids))
        elif wish is Wish.RESTORE:
            self._start(self._restore_all(ids))
        elif wish is Wish.PURGE:
            self._ask_to_purge(ids)
        elif wish is Wish.EXPORT:
            self.export_requested.emit(ids)

    @Slot(object, str)
    def _on_model_rename_requested(self, conversation_id: int, title: str) -> None:
        self._start(self._update([conversation_id], {"title": title, "has_own_title": True}))

    @Slot(object, str)
    def _on_folder_model_rename_requested(self, folder_id: int, name: str) -> None:
        self._start(self._store.rename_folder(folder_id, name))

    @Slot(list, object)
    def _on_folder_model_dropped(self, ids: list[int], place: Place) -> None:
        from_trash = self._sidebar.place.section is Section.TRASH
        if place.section is Section.TRASH:
            if not from_trash:
                self._start(self._delete(ids))
        else:
            self._start(self._move(ids, place, from_trash=from_trash))

    @Slot()
    def _on_folder_requested(self) -> None:
        self._start(self._add_folder([]))

    @Slot(object, bool)
    def _on_folder_delete_requested(self, folder_id: int, with_conversations: bool) -> None:  # noqa: FBT001 - a signal's slot
        self._start(self._delete_folder(folder_id, with_conversations=with_conversations))

    @Slot()
    def _on_empty_requested(self) -> None:
        count = len(self._sidebar.model.ids)
        text = self.tr("Delete %Ln conversations in the trash for good?", "", count)
        self._ask(text, self._empty_trash)

    @Slot(object)
    def _on_undo_requested(self, deletion: Deletion) -> None:
        self._start(self._store.restore(deletion))

    def _ask_to_purge(self, ids: Sequence[int]) -> None:
        text = self.tr("Delete %Ln conversations for good?", "", len(ids))

        def purge() -> None:
            self._start(self._store.purge_conversations(ids))

        self._ask(text, purge)

    def _ask(self, text: str, then: Callable[[], None]) -> None:
        question = DeleteQuestion(text, self._sidebar.window())
        question.accepted.connect(then)
        question.open()

    def _empty_trash(self) -> None:
        self._start(self._store.empty_trash())

    async def _update(self, ids: Sequence[int], changes: ConversationChanges) -> None:
        for conversation_id in ids:
            await self._store.update(conversation_id, **changes)

    async def _move(self, ids: Sequence[int], place: Place, *, from_trash: bool) -> None:
        if from_trash:
            await self._restore_all(ids)
        changes: ConversationChanges = {"is_archived": place.section is Section.ARCHIVE}
        if place.section is not Section.ARCHIVE:
            changes["folder_id"] = place.folder_id
        await self._update(ids, changes)

    async def _restore_all(self, ids: Sequence[int]) -> None:
        for conversation_id in ids:
            await self._store.restore_conversation(conversation_id)

    async def _add_folder(self, ids: Sequence[int]) -> None:
        folder = await self._store.add_folder(self.tr("New folder"))
        self._folder_to_name = folder.id
        await self._update(ids, {"folder_id": folder.id})

    async def _delete(self, ids: Sequence[int]) -> None:
        text = self.tr("Deleted %Ln conversations", "", len(ids))
        if len(ids) == 1:
            title = self._sidebar.model.title(ids[0])
            text = self.tr("Deleted “{title}”").format(title=_shortened(title))
        self._sidebar.toast.show_deletion(text, await self._store.delete_conversations(ids))

    async def _delete_folder(self, folder_id: int, *, with_conversations: bool) -> None:
        name = _shortened(self._sidebar.folder_model.name(Place(Section.FOLDER, folder_id)))
        if with_conversations:
            text = self.tr("Deleted the folder “{name}” and its conversations").format(name=name)
        else:
            text = self.tr("Deleted the folder “{name}”").format(name=name)
        deletion = await self._store.delete_folder(folder_id, with_conversations=with_conversations)
        self._sidebar.toast.show_deletion(text, deletion)

    @Slot()
    def _name_new_folder(self) -> None:
        """Let the user name a folder that has just been made, once it is in the list."""
        folder_id = self._folder_to_name
        if folder_id is not None and self._sidebar.folder_model.row_of(folder_id) is not None:
            self._folder_to_name = None
            self._sidebar.folders.unfold()
            self._sidebar.folders.list.rename(folder_id)

    def _start(self, coro: Coroutine[Any, Any, Any]) -> None:
        self._scope.start(coro, name="sidebar wish")


def _shortened(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
