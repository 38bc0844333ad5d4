"""One reply in flight: runs a provider and keeps what arrives, however it ends."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from core.errors import ChatError, Fault, ResponseFormatError
from core.events import (
    Finished,
    FinishReason,
    ReasoningDelta,
    StageReached,
    StreamEvent,
    TextDelta,
    Usage,
)
from core.text import DeltaCleaner

if TYPE_CHECKING:  # a provider brings aiohttp, which a window imports after its first frame
    from core.models import ChatRequest
    from core.providers.base import AsyncGeneratorProvider

TURN_SECONDS = 0.008
"""How long a stream that is always ready is read before others get their turn."""


class ReplyState(StrEnum):
    """Where a reply stands. The last four are ends; none is ever left."""

    CONNECTING = "connecting"
    WAITING = "waiting"
    STREAMING = "streaming"
    COMPLETE = "complete"
    STOPPED = "stopped"
    CUT = "cut"
    FAILED = "failed"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come."""
        return self in _ENDS


_ENDS = frozenset(
    {ReplyState.COMPLETE, ReplyState.STOPPED, ReplyState.CUT, ReplyState.FAILED},
)


class _Text:
    """Pieces of a text, joined when somebody reads them."""

    def __init__(self) -> None:
        self.cleaner = DeltaCleaner()
        self._parts: list[str] = []

    def append(self, piece: str) -> None:
        self._parts.append(piece)

    def read(self) -> str:
        if len(self._parts) > 1:
            self._parts = ["".join(self._parts)]
        return self._parts[0] if self._parts else ""


class Reply:
    """One answer in flight.

    Whatever arrived before a stop, an error or a cut stays readable in `text`. All times are those
    of `clock`, in seconds; None until it happened.
    """

    def __init__(
        self,
        provider: type[AsyncGeneratorProvider],
        request: ChatRequest,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.provider = provider
        self.request = request
        self.state = ReplyState.CONNECTING
        self.finish_reason: FinishReason | None = None
        self.usage: Usage | None = None
        self.error: ChatError | None = None
        self.started_at: float | None = None
        self.first_text_at: float | None = None
        self.last_activity_at: float | None = None
        self.ended_at: float | None = None
        self._clock = clock
        self._text = _Text()
        self._reasoning = _Text()

    @property
    def text(self) -> str:
        """All of the answer that has arrived."""
        return self._text.read()

    @property
    def reasoning(self) -> str:
        """All that the model thought before its answer, as far as it has arrived."""
        return self._reasoning.read()

    @property
    def elapsed(self) -> float:
        """Seconds from the start to the end, or to now."""
        if self.started_at is None:
            return 0.0
        return (self._clock() if self.ended_at is None else self.ended_at) - self.started_at

    @property
    def silence(self) -> float:
        """Seconds since the service was last heard of; 0 before the start and after the end."""
        if self.last_activity_at is None or self.state.is_over:
            return 0.0
        return self._clock() - self.last_activity_at

    async def run(self, sink: Callable[[StreamEvent], None]) -> None:
        """Ask, and hand every event to `sink` as it comes; the last one is always `Finished`.

        Cancelling hangs up. A task that is cancelled before its first step never gets here: its
        owner calls `abandon` when the task is done.

        Raises:
            ChatError: the reply failed; also when it ended well but without any text.
            RuntimeError: it ran before.
        """
        if self.started_at is not None or self.state.is_over:
            raise RuntimeError("a reply runs once")
        self.started_at = self.last_activity_at = self._clock()
        try:
            async with aclosing(self.provider.stream(self.request)) as events:
                await self._read(events, sink)
            self._end_as_finished()
        except asyncio.CancelledError:
            if self.finish_reason is None:
                self._end(ReplyState.STOPPED)
            else:
                self._end_as_finished()
            raise
        except ChatError as exc:
            exc.data.setdefault("host", self._host())
            self.error = exc
            raise
        finally:
            self._end(ReplyState.FAILED)

    def abandon(self) -> None:
        """End as stopped, unless it has ended: for a task that never took its first step."""
        self._end(ReplyState.STOPPED)

    async def _read(
        self,
        events: AsyncGenerator[StreamEvent, None],
        sink: Callable[[StreamEvent], None],
    ) -> None:
        turn_ends = self._clock() + TURN_SECONDS
        async for event in events:
            self._take(event, sink)
            self.last_activity_at = now = self._clock()
            if now >= turn_ends:
                await asyncio.sleep(0)
                turn_ends = self._clock() + TURN_SECONDS
        if self.finish_reason is None:
            self._take(Finished(FinishReason.CUT), sink)

    def _take(self, event: StreamEvent, sink: Callable[[StreamEvent], None]) -> None:
        match event:
            case TextDelta(piece):
                self._add(self._text, self._text.cleaner.feed(piece), TextDelta, sink)
                return
            case ReasoningDelta(piece):
                self._add(self._reasoning, self._reasoning.cleaner.feed(piece), type(event), sink)
                return
            case StageReached(stage):
                if self.state is not ReplyState.STREAMING:
                    self.state = ReplyState(stage.value)
            case Usage():
                self.usage = event
            case Finished(reason):
                self._finish(reason, sink)
        sink(event)

    def _add(
        self,
        text: _Text,
        piece: str,
        kind: type[TextDelta | ReasoningDelta],
        sink: Callable[[StreamEvent], None],
    ) -> None:
        if not piece:
            return
        self.state = ReplyState.STREAMING
        if self.first_text_at is None:
            self.first_text_at = self._clock()
        text.append(piece)
        sink(kind(piece))

    def _finish(self, reason: FinishReason, sink: Callable[[StreamEvent], None]) -> None:
        self._add(self._reasoning, self._reasoning.cleaner.finish(), ReasoningDelta, sink)
        self._add(self._text, self._text.cleaner.finish(), TextDelta, sink)
        if reason is not FinishReason.CUT and not self.text.strip():
            raise ResponseFormatError(fault=Fault.EMPTY_ANSWER)
        self.finish_reason = reason

    def _end_as_finished(self) -> None:
        is_cut = self.finish_reason is FinishReason.CUT
        self._end(ReplyState.CUT if is_cut else ReplyState.COMPLETE)

    def _end(self, state: ReplyState) -> None:
        if not self.state.is_over:
            self.state = state
            self.ended_at = self._clock()

    def _host(self) -> str:
        return urlsplit(getattr(self.provider, "url", "")).netloc or "The service"
