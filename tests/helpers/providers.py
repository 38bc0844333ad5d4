"""Small providers that do what no server can be made to do in time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from typing import ClassVar

from core.errors import ConnectionFailedError
from core.events import Finished, FinishReason, Stage, StageReached, StreamEvent, TextDelta
from core.models import ChatRequest, Conversation, Message, Role
from core.providers.base import AsyncGeneratorProvider
from core.reply import Reply


class AlwaysReady(AsyncGeneratorProvider):
    """Yields 100,000 deltas without ever waiting."""

    url = "http://always.invalid"
    deltas: ClassVar[int] = 100_000

    @classmethod
    async def stream(cls, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:  # noqa: ARG003
        for _ in range(cls.deltas):
            yield TextDelta("word ")
        yield Finished(FinishReason.STOP)


class Waiting(AsyncGeneratorProvider):
    """Says one word, and then nothing until it is hung up."""

    url = "http://waiting.invalid"
    hung_up: ClassVar[int] = 0

    @classmethod
    async def stream(cls, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:  # noqa: ARG003
        try:
            yield StageReached(Stage.WAITING)
            yield TextDelta("Word")
            await asyncio.Event().wait()
        finally:
            cls.hung_up += 1


class Breaking(AsyncGeneratorProvider):
    """Says one word and breaks off; the second time it answers."""

    url = "http://breaking.invalid"
    asked: ClassVar[int] = 0

    @classmethod
    async def stream(cls, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:
        cls.asked += 1
        yield TextDelta(f"{request.messages[-1].text}: part")
        if cls.asked == 1:
            raise ConnectionFailedError(host="breaking.invalid")
        yield TextDelta(" and whole")
        yield Finished(FinishReason.STOP)


class Broken(AsyncGeneratorProvider):
    """Has a bug."""

    url = "http://broken.invalid"

    @classmethod
    async def stream(cls, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:  # noqa: ARG003
        yield TextDelta("Word")
        raise ZeroDivisionError


def reply_of(provider: type[AsyncGeneratorProvider], conversation: Conversation) -> Reply:
    """Return a reply of a provider to a conversation."""
    messages = conversation.messages or (Message(Role.USER, "?"),)
    return Reply(provider, ChatRequest("", messages))
