"""Lets the sidebar show what is in a store, as it changes."""

from __future__ import annotations

import asyncio
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from core.models import ConversationSummary
from core.storage.changes import ALL as ANY_FOLDER
from core.storage.changes import ChangeKind, ConversationIndex, StoreChange
from core.storage.changes import Section as StoreSection
from gui.sidebar.place import ALL, Place, Section
from gui.sidebar.sidebar import Sidebar
from gui.sidebar.sidebar_store import SidebarStore
from gui.sidebar.sidebar_wishes import SidebarWishes
from gui.tasks import TaskScope

_PATIENCE = 30
"""Milliseconds that changes are collected before they are shown together."""
_MOST_AT_ONCE = 200
"""From so many changed conversations on it is cheaper to read the whole order again."""
_LONGEST_RESULTS = 50
_SECTIONS = {
    Section.ALL: StoreSection.ACTIVE,
    Section.FOLDER: StoreSection.ACTIVE,
    Section.ARCHIVE: StoreSection.ARCHIVED,
    Section.TRASH: StoreSection.TRASH,
}


class SidebarLink(QObject):
    """Joins a sidebar with a store, which know nothing of each other.

    Two things run at most: one task that catches up with the store, and one that fetches titles.

    Signals:
        export_requested: the user wants these conversations in a file; a list of ids.
        filled: the list shows what is in the store, for the first time.
    """

    export_requested = Signal(list)
    filled = Signal()

    def __init__(self, sidebar: Sidebar, store: SidebarStore, *, scope: TaskScope) -> None:
        super().__init__(sidebar)
        self._sidebar = sidebar
        self._store = store
        self._scope = scope
        self._place = ALL
        self._needs_index = True
        self._needs_folders = True
        self._changed: set[int] = set()
        self._has_more = False
        self._is_filled = False
        self._is_closed = False
        self._catching_up: asyncio.Task[Any] | None = None
        self._fetching: asyncio.Task[Any] | None = None
        self._searching: asyncio.Task[Any] | None = None
        self._wishes = SidebarWishes(sidebar, store, scope=scope)
        self._timer = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._unsubscribe = store.subscribe(self._on_store_changed)

        self._timer.timeout.connect(self._catch_up)
        sidebar.model.summaries_wanted.connect(self._fetch)
        sidebar.place_chosen.connect(self.show_place)
        sidebar.query_changed.connect(self._on_sidebar_query_changed)
        self._wishes.export_requested.connect(self.export_requested)

    @property
    def is_behind(self) -> bool:
        """Whether something is in the store that the sidebar does not show yet."""
        is_needed = self._needs_index or self._needs_folders or bool(self._changed)
        return is_needed or self._timer.isActive() or self._catching_up is not None

    @Slot()
    def start(self) -> None:
        """Show what is in the store; on the loop."""
        self._catch_up()

    @Slot(object)
    def show_place(self, place: Place) -> None:
        """Show the conversations of a place."""
        if place != self._place:
            self._place = place
            self._needs_index = True
            self._catch_up()

    def close(self) -> None:
        """Listen no more, and end what is under way: the lists are about to go."""
        self._is_closed = True
        self._timer.stop()
        for task in (self._catching_up, self._fetching, self._searching):
            if task is not None:
                task.cancel()
        self._unsubscribe()

    def _on_store_changed(self, change: StoreChange) -> None:
        if change.kind is ChangeKind.ALL:
            self._needs_index = self._needs_folders = True
        elif change.kind is ChangeKind.FOLDERS_CHANGED:
            self._needs_folders = True
        elif change.conversation_id is not None and change.kind is not ChangeKind.MESSAGES_CHANGED:
            self._changed.add(change.conversation_id)
        else:
            return
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _catch_up(self) -> None:
        if self._catching_up is None and not self._is_closed:
            self._catching_up = self._scope.start(
                self._follow(), name="sidebar", on_done=self._on_catching_up_done
            )

    async def _follow(self) -> None:
        while self._needs_folders or self._needs_index or len(self._changed) > _MOST_AT_ONCE:
            if self._needs_folders:
                await self._read_folders()
            else:
                await self._read_index()
        if self._changed:
            # What changes meanwhile is collected again: `_on_catching_up_done` sees to it.
            await self._read_changed()

    async def _read_folders(self) -> None:
        self._needs_folders = False
        folders = await self._store.folders()
        archived = await self._store.index(section=StoreSection.ARCHIVED)
        trash = await self._store.index(section=StoreSection.TRASH)
        self._has_more = bool(archived.ids or trash.ids)
        self._sidebar.show_folders(folders, has_more=self._has_more)
        is_gone = self._place.folder_id not in {None, *(folder.id for folder in folders)}
        if is_gone:
            self.show_place(ALL)

    async def _read_index(self) -> None:
        place = self._place
        self._needs_index = False
        self._changed.clear()
        index = await self._index_of(place)
        # What can be seen must not flicker.
        first = [*self._visible_ids(index), *index.ids[:1]]
        summaries = await self._store.summaries(list(dict.fromkeys(first)))
        if place != self._place:
            return
        model = self._sidebar.model
        model.forget_summaries()
        model.add_summaries(summaries, asked=[])
        model.fill(place, index.ids, index.times, pinned=index.pinned_count)
        self._sidebar.show_place(place)
        self._sidebar.mark_open()
        if not self._is_filled:
            self._is_filled = True
            self.filled.emit()

    async def _read_changed(self) -> None:
        ids, self._changed = list(self._changed), set()
        found = {summary.id: summary for summary in await self._store.summaries(ids)}
        changes: dict[int, ConversationSummary | None] = {one: found.get(one) for one in ids}
        self._sidebar.model.apply(changes)
        if self._sidebar.open_id in changes:
            self._sidebar.mark_open()
        has_more = any(one.is_archived or one.deleted_at for one in found.values())
        if has_more and not self._has_more:
            self._needs_folders = True

    async def _index_of(self, place: Place) -> ConversationIndex:
        folder = place.folder_id if place.section is Section.FOLDER else ANY_FOLDER
        return await self._store.index(section=_SECTIONS[place.section], folder_id=folder)

    def _visible_ids(self, index: ConversationIndex) -> list[int]:
        """Return the ids that will be on the screen, about."""
        shown = self._sidebar.list.visible_rows()
        first = max(0, shown.start - len(shown)) if self._place == self._sidebar.place else 0
        return list(index.ids[first : first + max(50, 3 * len(shown))])[:_MOST_AT_ONCE]

    def _on_catching_up_done(self, task: asyncio.Task[Any]) -> None:
        self._catching_up = None
        if self._is_closed or task.cancelled():
            return
        if task.exception() is not None:
            # Nobody knows what is shown now. The next change is the next attempt.
            self._needs_index = self._needs_folders = True
        elif self._needs_folders or self._needs_index or self._changed:
            self._timer.start()

    @Slot()
    def _fetch(self) -> None:
        if self._fetching is None and not self._is_closed:
            self._fetching = self._scope.start(
                self._fetch_summaries(), name="titles", on_done=self._on_fetching_done
            )

    async def _fetch_summaries(self) -> None:
        model = self._sidebar.model
        while ids := model.next_wanted():
            model.add_summaries(await self._store.summaries(ids), asked=ids)

    def _on_fetching_done(self, _task: asyncio.Task[Any]) -> None:
        self._fetching = None

    @Slot(str)
    def _on_sidebar_query_changed(self, query: str) -> None:
        if self._searching is not None:
            self._searching.cancel()
            self._searching = None
        if query and not self._is_closed:
            self._searching = self._scope.start(self._search(query), name="search")

    async def _search(self, query: str) -> None:
        hits = await self._store.search(query, limit=_LONGEST_RESULTS)
        self._sidebar.show_hits(query, hits)
