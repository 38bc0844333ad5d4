"""A provider that says what a test tells it, when it tells it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable

from core.attempts import NEVER_AGAIN, OpenAttempt
from core.errors import ChatError, ConnectionFailedError
from core.events import Finished, FinishReason, StreamEvent, TextDelta
from core.models import ChatRequest, Conversation, Limits, Profile
from core.patience import Patience
from core.providers.base import AsyncGeneratorProvider
from core.reply import Reply


class Told:
    """Makes replies whose words come from `say`, `finish` and `fail`; they may be told before.

    One after the other: what is told goes to the reply that runs, or to the next that does.
    """

    def __init__(self, on_asked: Callable[[], None] | None = None) -> None:
        self.requests: list[ChatRequest] = []
        self.hung_up = 0
        self.policy = NEVER_AGAIN
        self.patience: Patience | None = None
        self.fallbacks: list[OpenAttempt] = []
        """Who answers where this provider fails."""
        self._on_asked = on_asked
        self._words: asyncio.Queue[StreamEvent | ChatError | None] = asyncio.Queue()
        self.provider = self._make_provider()

    def say(self, *pieces: str) -> None:
        """Let these pieces of text come."""
        for piece in pieces:
            self._words.put_nowait(TextDelta(piece))

    def tell(self, event: StreamEvent) -> None:
        """Let this event come."""
        self._words.put_nowait(event)

    def finish(self, reason: FinishReason = FinishReason.STOP) -> None:
        """Let the answer end."""
        self._words.put_nowait(Finished(reason))
        self._words.put_nowait(None)

    def break_off(self) -> None:
        """Let the stream end without saying so."""
        self._words.put_nowait(None)

    def fail(self, error: ChatError | None = None) -> None:
        """Let the connection fail."""
        self._words.put_nowait(error or ConnectionFailedError(host="told.invalid"))

    async def asked(self, times: int = 1) -> None:
        """Wait until it was asked so many times."""
        while len(self.requests) < times:  # noqa: ASYNC110 - the loop has nothing else to tell it
            await asyncio.sleep(0.002)

    async def open(self, conversation: Conversation, profile: Profile | None = None) -> Reply:
        """Return the reply to a conversation."""
        return Reply(
            self.provider,
            ChatRequest("told", conversation.messages, limits=Limits(patience=self.patience)),
            profile=profile,
            fallbacks=self.fallbacks,
            policy=self.policy,
        )

    def _make_provider(self) -> type[AsyncGeneratorProvider]:
        told = self

        class Provider(AsyncGeneratorProvider):
            url = "http://told.invalid"

            @classmethod
            async def stream(cls, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:
                if told._on_asked is not None:
                    told._on_asked()
                told.requests.append(request)
                try:
                    async for event in told._events():
                        yield event
                finally:
                    told.hung_up += 1

        return Provider

    async def _events(self) -> AsyncGenerator[StreamEvent, None]:
        while (event := await self._words.get()) is not None:
            if isinstance(event, ChatError):
                raise event
            yield event
