"""Conversations that are kept, without a window: the service says what the test tells it."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

from helpers.conversation import until
from helpers.stores import loaded
from helpers.told_provider import Told

from core.models import Conversation, Profile
from core.storage.store import FILE_NAME, Store
from gui.conversation_controller import ConversationController
from gui.live_conversation import LiveConversation, Sources
from gui.open_conversations import OpenConversations
from gui.profiles import profile_of
from gui.store_source import StoreSource
from gui.tasks import TaskScope


class Kept:
    """All that stands between the windows, the service and the disk."""

    def __init__(
        self, folder: Path | None, *, open_store: Callable[[], Awaitable[Store]] | None = None
    ) -> None:
        self.told = Told()
        self.source = StoreSource(folder)
        self.replies = TaskScope()
        self.keeping = TaskScope()
        self.conversations = OpenConversations(
            Sources(self.told.open, open_store or self.source.open), scope=self.replies
        )
        self.profile = profile_of("demo")

    def controller(self) -> ConversationController:
        """Return what one window has."""
        return ConversationController(
            self.conversations, self.profile, scope=self.keeping, profile_for=self._profile_for
        )

    def _profile_for(self, choice: str, model: str) -> Profile:
        return profile_of(choice, model=model)

    async def store(self) -> Store:
        """Return the store."""
        store = await self.conversations.store()
        assert store is not None
        return store

    async def on_disk(self, shown: LiveConversation | ConversationController) -> Conversation:
        """Return a conversation as the store has it."""
        return await loaded(await self.store(), shown.conversation.id)

    async def answered(
        self, shown: LiveConversation | ConversationController, *pairs: tuple[str, str]
    ) -> None:
        """Let questions be asked and answered, and kept."""
        for question, answer in pairs:
            self.told.say(answer)
            self.told.finish()
            if isinstance(shown, LiveConversation):
                assert shown.send(question, self.profile)
            else:
                assert shown.send(question)
            await self.ended(shown)

    async def ended(self, shown: LiveConversation | ConversationController) -> None:
        """Wait until no answer is being written, and what came of it is on the disk."""
        await until(lambda: not shown.is_running)
        live = self.conversations.find(shown.conversation.id)
        if live is not None:
            await live.settled()

    async def at_rest(self) -> None:
        """Wait until what windows asked of the store is done."""
        await until(lambda: len(self.keeping) == 0)

    async def close(self) -> None:
        """End as the program does."""
        self.conversations.stop_all()
        await self.conversations.settled()
        await self.replies.close()
        await self.keeping.finish()
        await self.source.close()


@contextlib.asynccontextmanager
async def keeping(
    folder: Path | None = None, *, open_store: Callable[[], Awaitable[Store]] | None = None
) -> AsyncIterator[Kept]:
    """Give conversations that are kept in a folder, or in memory."""
    kept = Kept(folder, open_store=open_store)
    try:
        yield kept
    finally:
        await kept.close()


@contextlib.asynccontextmanager
async def impatient(folder: Path) -> AsyncIterator[Kept]:
    """Give conversations in a store that does not wait for other programs."""
    store = await Store.open(folder / FILE_NAME, busy_timeout=0.01)

    async def open_store() -> Store:
        return store

    try:
        async with keeping(open_store=open_store) as kept:
            yield kept
    finally:
        await store.close()


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Write to the file as another program does that takes its time."""
    path = folder / FILE_NAME
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")
