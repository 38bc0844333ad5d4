"""Conversations to put into a store, and a clock that goes as it is told."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from core.ids import new_id
from core.models import Conversation, Message, MessageState, Role
from core.storage.store import FILE_NAME, Store

DAY = 24 * 60 * 60
NOON = 1_800_000_000.0
"""A moment in 2027."""


class Clock:
    """Seconds since 1970, as a test wants them."""

    def __init__(self, now: float = NOON) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


def question(text: str = "Why?", *, after: Message | None = None, **fields: Any) -> Message:
    """Return a message of the user."""
    parent = None if after is None else after.id
    return Message(Role.USER, text, id=new_id(), parent_id=parent, **fields)


def answer(text: str, *, after: Message, **fields: Any) -> Message:
    """Return a complete message of the model."""
    return Message(Role.ASSISTANT, text, id=new_id(), parent_id=after.id, **fields)


def beginning(*, after: Message, **fields: Any) -> Message:
    """Return a reply of which nothing has come yet."""
    return answer("", after=after, state=MessageState.STREAMING, **fields)


def ended(message: Message, text: str, **fields: Any) -> Message:
    """Return a reply as it is in the end."""
    return replace(message, text=text, **{"state": MessageState.COMPLETE, **fields})


def conversation(title: str = "", **fields: Any) -> Conversation:
    """Return a conversation that is kept nowhere yet."""
    return Conversation(new_id(), title=title, **fields)


async def said(store: Store, *texts: str, title: str = "", **fields: Any) -> Conversation:
    """Save a conversation of questions and answers in turn, and return it as it is read."""
    new = conversation(title, **fields)
    messages: list[Message] = []
    for number, text in enumerate(texts):
        if number % 2:
            messages.append(answer(text, after=messages[-1]))
        else:
            messages.append(question(text, after=messages[-1] if messages else None))
    await store.save_exchange(new, messages)
    return await loaded(store, new.id)


async def loaded(store: Store, conversation_id: int) -> Conversation:
    """Return a conversation that is there."""
    found = await store.load(conversation_id)
    assert found is not None
    return found


def texts(conversation: Conversation) -> list[str]:
    """Return what is shown, in order."""
    return [message.text for message in conversation.messages]


def names_in(folder: Path) -> set[str]:
    """Return the names of what is in a folder."""
    return {path.name for path in folder.iterdir()}


def log_of(file: Path) -> Path:
    """Return the log that SQLite keeps beside a file while it is open."""
    return file.with_name(f"{file.name}-wal")


@contextlib.asynccontextmanager
async def opened(folder: Path | None, **options: Any) -> AsyncIterator[Store]:
    """Open the store in a folder; None: in memory."""
    store = await Store.open(None if folder is None else folder / FILE_NAME, **options)
    try:
        yield store
    finally:
        await store.close()
