"""The conversations that are in memory: those that are shown, and those still being written."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from core.chat import new_conversation
from core.errors import StorageError
from core.models import Conversation, ConversationSummary
from core.storage.changes import ChangeKind, StoreChange
from gui.live_conversation import LiveConversation, Sources
from gui.tasks import TaskScope

if TYPE_CHECKING:
    from core.storage.store import Store

_SUMMARIES = 500
"""As many as the store gives at once."""


class OpenConversations(QObject):
    """Gives everybody who shows a conversation the same one, and lets replies end unseen.

    Signals:
        answering_changed: whether any reply is in flight now.
        answered: a reply ended in this `LiveConversation`, whether anybody looks at it or not.
        not_saved: this `StorageError` keeps what is said from the disk.
        removed: the conversation with this id went to the trash; its reply was stopped.
    """

    answering_changed = Signal(bool)
    answered = Signal(object)
    not_saved = Signal(object)
    removed = Signal(object)

    def __init__(
        self, sources: Sources, *, scope: TaskScope, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._sources = replace(sources, open_store=self.store)
        self._open_store = sources.open_store
        self._store: Store | None = None
        self._is_other_store = False
        self._unsubscribe: Callable[[], None] | None = None
        self._scope = scope
        self._live: dict[int, LiveConversation] = {}
        self._viewers: dict[int, int] = {}
        self._unsaved_drafts: set[int] = set()
        self._is_ending = False
        self._is_answering = False

    async def store(self) -> Store | None:
        """Return the store once it is open; None where nothing is kept.

        Raises:
            StorageError: it cannot be opened.
        """
        store = await self._open_store()
        if store is not None and store is not self._store:
            self._is_other_store = self._store is not None
            self._store = store
            self._unsubscribe = store.subscribe(self._on_store_changed)
        return store

    def start(self, *, is_private: bool = False) -> LiveConversation:
        """Return a new conversation, held for one viewer; of a private one nothing is kept."""
        return self._hold(new_conversation(), is_private=is_private)

    async def open(self, conversation_id: int) -> LiveConversation | None:
        """Return a conversation from memory or from the store, held; None when there is none.

        Raises:
            StorageError: it cannot be read.
        """
        if conversation_id not in self._live:
            store = await self.store()
            conversation = None if store is None else await store.load(conversation_id)
            if conversation is None:
                return None
            if conversation_id not in self._live:  # somebody else may have been faster
                return self._hold(conversation)
        self._viewers[conversation_id] += 1
        return self._live[conversation_id]

    def find(self, conversation_id: int) -> LiveConversation | None:
        """Return a conversation that is in memory."""
        return self._live.get(conversation_id)

    def release(self, live: LiveConversation) -> None:
        """Stop holding a conversation; it stays while its reply is being written."""
        identity = live.conversation.id
        self._viewers[identity] -= 1
        self._forget_if_idle(live)

    def stop_all(self) -> None:
        """End all replies, for the program ends; what has arrived of them stays."""
        self._is_ending = True
        if self._unsubscribe is not None:
            self._unsubscribe()
        for live in list(self._live.values()):
            live.stop()

    async def settled(self) -> None:
        """Wait until all that has ended is on the disk, or could not be brought there.

        Nothing is tried again after that: it belongs to the end of the program.
        """
        live = list(self._live.values())
        await asyncio.gather(*(one.settled() for one in live))
        for one in live:
            one.give_up()

    async def save_again(self) -> None:
        """Try at once to save what the disk refused.

        A store that has taken the place of another gets all that is in memory.

        Raises:
            StorageError: it cannot be opened, or refuses that.
        """
        store = await self.store()
        for live in list(self._live.values()):
            await live.settled()
            said = live.conversation
            if live.is_private:
                continue
            if store is not None and self._is_other_store and said.messages:
                await store.save_exchange(said, said.messages)
                await store.update(said.id, draft=said.draft)
            elif said.id in self._unsaved_drafts:
                await self.keep_draft(live, said.draft)
        self._is_other_store = False

    async def keep_draft(self, live: LiveConversation, text: str) -> None:
        """Keep what stands in a conversation's composer; in memory at once.

        Raises:
            StorageError: the disk refuses it. It stays in memory, and is told once.
        """
        live.set_draft(text)
        if live.is_private:
            return
        identity = live.conversation.id
        was_told = identity in self._unsaved_drafts
        self._unsaved_drafts.add(identity)
        try:
            store = await self.store()
            if store is not None:
                await store.update(identity, draft=text)
        except StorageError:
            if not was_told:
                raise
        else:
            # What was not saved yet takes the draft away when it is.
            if not live.is_unsaved:
                self._unsaved_drafts.discard(identity)
            self._forget_if_idle(live)

    async def keep_parameters(self, live: LiveConversation) -> None:
        """Bring to the disk what a conversation alone says of the options.

        Raises:
            StorageError: the disk refuses it. It stays in memory.
        """
        store = await self.store()
        if store is not None:
            said = live.conversation
            await store.update(said.id, parameters=said.parameters)

    def has_unsaved_draft(self, conversation_id: int) -> bool:
        """Whether the disk may not have what stands in a conversation's composer."""
        return conversation_id in self._unsaved_drafts

    async def refresh(self, live: LiveConversation) -> None:
        """Show what the store has of a conversation, once no reply is being written to it.

        What the disk refused is in memory alone: then that stays.

        Raises:
            StorageError: it cannot be read.
        """
        store = await self.store()
        await live.settled()
        if live.is_running:
            live.become_stale()
        if store is None or live.is_running or live.is_unsaved:
            return
        conversation = await store.load(live.conversation.id)
        if conversation is not None:
            live.take(conversation)

    def _hold(self, conversation: Conversation, *, is_private: bool = False) -> LiveConversation:
        sources = replace(self._sources, open_store=_no_store) if is_private else self._sources
        live = LiveConversation(conversation, sources=sources, scope=self._scope, parent=self)
        live.is_private = is_private
        self._live[conversation.id] = live
        self._viewers[conversation.id] = 1
        live.state_changed.connect(self._on_live_state_changed)
        live.reply_finished.connect(partial(self._on_live_reply_finished, live))
        live.not_saved.connect(self.not_saved)
        return live

    @Slot()
    def _on_live_state_changed(self) -> None:
        states = [live.state for live in self._live.values()]
        is_answering = any(state is not None and not state.is_over for state in states)
        if is_answering != self._is_answering:
            self._is_answering = is_answering
            self.answering_changed.emit(is_answering)

    def _on_live_reply_finished(self, live: LiveConversation, _state: object) -> None:
        self.answered.emit(live)
        if live.is_stale and not self._is_ending:
            self._scope.start(self.refresh(live), name="refresh conversation")
        self._forget_if_idle(live)

    def _forget_if_idle(self, live: LiveConversation) -> None:
        if self._is_idle(live) and not self._is_ending:
            self._scope.start(self._forget(live), name="forget conversation")

    async def _forget(self, live: LiveConversation) -> None:
        """Let go of a conversation once it is on the disk, unless somebody came back for it."""
        await live.kept()
        identity = live.conversation.id
        if identity in self._unsaved_drafts:
            await self.keep_draft(live, live.conversation.draft)
        if self._is_idle(live) and identity not in self._unsaved_drafts:
            del self._live[identity], self._viewers[identity]
            live.deleteLater()

    def _is_idle(self, live: LiveConversation) -> bool:
        return self._viewers.get(live.conversation.id) == 0 and not live.is_running

    def _on_store_changed(self, change: StoreChange) -> None:
        identity = change.conversation_id
        if change.kind is ChangeKind.ALL:
            ids = [key for key, live in self._live.items() if live.conversation.messages]
            if ids:
                self._scope.start(self._look(ids, again=True), name="look at conversations")
        elif identity is None or identity not in self._live:
            return
        elif change.kind is ChangeKind.CONVERSATION_REMOVED:
            self._remove(identity)
        elif change.kind is ChangeKind.CONVERSATION_CHANGED:
            self._scope.start(self._look([identity]), name="look at conversation")

    async def _look(self, ids: list[int], *, again: bool = False) -> None:
        """Take what the lists show of some conversations; with `again`, what is said, too."""
        store = await self.store()
        if store is None:
            return
        for start in range(0, len(ids), _SUMMARIES):
            for summary in await store.summaries(ids[start : start + _SUMMARIES]):
                live = self._live.get(summary.id)
                if live is not None and summary.deleted_at:
                    self._remove(summary.id)
                elif live is not None:
                    live.take_details(_with_summary(live.conversation, summary))
                    if again:
                        await self.refresh(live)

    def _remove(self, conversation_id: int) -> None:
        """End what is being said in a conversation that went to the trash: it goes there, too."""
        self._live[conversation_id].stop()
        self.removed.emit(conversation_id)


async def _no_store() -> None:
    """Stand in for the store of a conversation of which nothing is kept."""


def _with_summary(conversation: Conversation, summary: ConversationSummary) -> Conversation:
    return replace(
        conversation,
        title=summary.title,
        is_pinned=summary.is_pinned,
        is_archived=summary.is_archived,
        folder_id=summary.folder_id,
    )
