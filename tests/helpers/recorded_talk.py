"""Questions and answers that are kept, as a front end has them."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

from helpers.stores import loaded, opened
from helpers.told_provider import Told

from core.chat import new_conversation, with_pending_answer, with_question
from core.errors import ChatError, Fault
from core.models import Conversation, Profile
from core.recorded_reply import RecordedReply
from core.reply_keeper import Pace
from core.storage.store import FILE_NAME, Store

PROFILE = Profile(name="Told", provider="demo")
NEVER = Pace(checkpoint_seconds=3600, checkpoint_bytes=1 << 30, retry_seconds=3600)
AT_ONCE = Pace(checkpoint_seconds=0.01, checkpoint_bytes=1 << 30, retry_seconds=0.01)


class RecordedTalk:
    """Asks the told provider, as a front end does, and notes what it hears."""

    def __init__(self, store: Store | None, told: Told, *, pace: Pace = NEVER) -> None:
        self.store = store
        self.told = told
        self.pace = pace
        self.attempts = 0
        """How often something was brought to the disk, or tried to be."""
        self.troubles: list[Fault] = []
        self.conversation = new_conversation()
        self.recorded: RecordedReply | None = None
        self.task: asyncio.Task[None] | None = None

    async def open_store(self) -> Store | None:
        self.attempts += 1
        return self.store

    def ask(self, text: str) -> RecordedReply:
        self.conversation = with_question(self.conversation, text)
        return self.begin(with_pending_answer(self.conversation, PROFILE))

    def begin(self, conversation: Conversation, **options: Any) -> RecordedReply:
        before = self.recorded
        self.recorded = recorded = RecordedReply(
            conversation,
            open_store=self.open_store,
            open_reply=self.told.open,
            on_unsaved=lambda error: self.troubles.append(error.fault),
            after=None if before is None else before.keeper,
            pace=self.pace,
            **options,
        )
        self.task = asyncio.create_task(recorded.run(lambda _event: None))
        return recorded

    async def end(self) -> Conversation:
        """Wait for the end of the answer, and for the disk."""
        assert self.task is not None
        assert self.recorded is not None
        with contextlib.suppress(ChatError, asyncio.CancelledError):
            await self.task
        self.recorded.abandon()
        await self.recorded.settled()
        self.conversation = self.recorded.conversation
        return self.conversation

    async def stop(self) -> Conversation:
        assert self.task is not None
        assert self.recorded is not None
        self.task.cancel()
        self.recorded.abandon()
        return await self.end()

    async def answered(self, *pairs: tuple[str, str]) -> Conversation:
        """Let questions be asked and answered, and kept."""
        for question, answer in pairs:
            self.told.say(answer)
            self.told.finish()
            self.ask(question)
            await self.end()
        return self.conversation

    async def kept(self) -> Conversation:
        """Return the conversation as the store has it."""
        assert self.store is not None
        return await loaded(self.store, self.conversation.id)


@contextlib.asynccontextmanager
async def talking(
    folder: Path | None, told: Told | None = None, **options: Any
) -> AsyncIterator[RecordedTalk]:
    async with opened(folder, **options) as store:
        yield RecordedTalk(store, told or Told())


async def until(condition: Callable[[], bool]) -> None:
    while not condition():  # noqa: ASYNC110 - the file tells nobody that it has changed
        await asyncio.sleep(0.002)


def rows(folder: Path, statement: str) -> list[tuple[Any, ...]]:
    """Return what another program reads in the file."""
    with contextlib.closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        return connection.execute(statement).fetchall()


def checkpointed(folder: Path) -> str:
    parts = rows(folder, "SELECT text FROM message_part WHERE kind = 'text' ORDER BY number")
    return "".join(text for (text,) in parts)


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Write to the file as another process does that takes its time."""
    with contextlib.closing(
        sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    ) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")
