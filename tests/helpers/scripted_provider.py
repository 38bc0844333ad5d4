"""Providers that answer what a test has written down, one script for each time they are asked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from typing import ClassVar

from core.errors import ChatError
from core.events import Finished, FinishReason, StreamEvent
from core.models import ChatRequest, Message, Role
from core.providers.base import AsyncGeneratorProvider

STOP = Finished(FinishReason.STOP)
Step = StreamEvent | ChatError | asyncio.Event
"""What is yielded, raised, or waited for."""


class Scripted(AsyncGeneratorProvider):
    """The base of what `scripted` makes."""

    asked: ClassVar[list[ChatRequest]]
    """What it was asked, oldest first."""


def scripted(*scripts: Sequence[Step], url: str = "https://scripted.invalid") -> type[Scripted]:
    """Return a provider; the last script is good for all times after it."""

    class Provider(Scripted):
        asked: ClassVar[list[ChatRequest]] = []

        @classmethod
        async def stream(cls, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:
            cls.asked.append(request)
            for step in scripts[min(len(cls.asked), len(scripts)) - 1]:
                if isinstance(step, ChatError):
                    raise step
                if isinstance(step, asyncio.Event):
                    await step.wait()
                else:
                    yield step

    Provider.url = url
    return Provider


def request(model: str = "m") -> ChatRequest:
    """Return a request that asks something."""
    return ChatRequest(model=model, messages=(Message(Role.USER, "hi"),))
