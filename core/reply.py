"""One reply in flight: runs a provider and keeps what arrives, however it ends."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import aclosing
from enum import StrEnum
from typing import TYPE_CHECKING

from core.attempts import NEVER_AGAIN, Attempt, OpenAttempt, RetryPolicy, is_left_to_another
from core.errors import ChatError, Fault, ResponseFormatError
from core.events import (
    Finished,
    FinishReason,
    ProviderChanged,
    ReasoningDelta,
    RetryScheduled,
    Stage,
    StageReached,
    StreamEvent,
    TextDelta,
    Usage,
)
from core.sentences import sentence
from core.text import DeltaCleaner

if TYPE_CHECKING:  # a provider brings aiohttp, which a window imports after its first frame
    from core.models import ChatRequest, Profile
    from core.providers.base import AsyncGeneratorProvider

_log = logging.getLogger(__name__)

TURN_SECONDS = 0.008
"""How long a stream that is always ready is read before others get their turn."""


class ReplyState(StrEnum):
    """Where a reply stands. The last four are ends; none is ever left."""

    CONNECTING = "connecting"
    LOADING = "loading"
    """The service brings its model into memory first."""
    RETRYING = "retrying"
    """It did not answer, and will be asked again."""
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

    Whatever arrived before a stop, an error or a cut stays readable in `text`. Before its first
    text, what goes wrong is tried again as `policy` says, and then with each of `fallbacks`. All
    times are those of `clock`, in seconds; None until it happened.
    """

    def __init__(
        self,
        provider: type[AsyncGeneratorProvider],
        request: ChatRequest,
        *,
        profile: Profile | None = None,
        fallbacks: Iterable[OpenAttempt] = (),
        policy: RetryPolicy = NEVER_AGAIN,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.attempt = Attempt(provider, request, profile)
        """Who is asked now, or answered."""
        self.state = ReplyState.CONNECTING
        self.finish_reason: FinishReason | None = None
        self.usage: Usage | None = None
        self.error: ChatError | None = None
        self.started_at: float | None = None
        self.first_text_at: float | None = None
        self.last_activity_at: float | None = None
        self.ended_at: float | None = None
        self._fallbacks = iter(fallbacks)
        self._policy = policy
        self._clock = clock
        self._now = asyncio.Event()
        """Set when the user does not want to wait for the next attempt."""
        self._text = _Text()
        self._reasoning = _Text()

    @property
    def provider(self) -> type[AsyncGeneratorProvider]:
        """Who is asked now, or answered."""
        return self.attempt.provider

    @property
    def request(self) -> ChatRequest:
        """What it is asked."""
        return self.attempt.request

    @property
    def profile(self) -> Profile | None:
        """Whose answer this is; None where nobody said."""
        return self.attempt.profile

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
            await self._ask_until_answered(sink)
            self._end_as_finished()
        except asyncio.CancelledError:
            if self.finish_reason is None:
                self._end(ReplyState.STOPPED)
            else:
                self._end_as_finished()
            raise
        except ChatError as exc:
            self.error = exc
            raise
        finally:
            self._end(ReplyState.FAILED)

    def keep_waiting(self) -> None:
        """Bear the service's silence from now on, however long it lasts."""
        patience = self.request.limits.patience
        if patience is not None:
            patience.lift()

    def retry_now(self) -> None:
        """Ask again at once, if that is what is waited for."""
        self._now.set()

    def abandon(self) -> None:
        """End as stopped, unless it has ended: for a task that never took its first step."""
        self._end(ReplyState.STOPPED)

    async def _ask_until_answered(self, sink: Callable[[StreamEvent], None]) -> None:
        """Ask, again and elsewhere as long as that is of use and nothing has come.

        Raises:
            ChatError: the last one.
        """
        retried = 0
        while True:
            try:
                async with aclosing(self.provider.stream(self.request)) as events:
                    await self._read(events, sink)
            except ChatError as exc:
                if host := self.attempt.host:
                    exc.data.setdefault("host", host)
                if self.first_text_at is not None or self.finish_reason is not None:
                    raise
                wait = self._policy.wait_after(exc, retried)
                if wait is not None:
                    retried += 1
                    _log.info("asking %s again: %s", host, exc.fault)
                    planned = RetryScheduled(wait, retried, self._policy.retries, exc)
                elif await self._go_elsewhere(exc, sink):
                    retried = 0
                    planned = None
                else:
                    raise
            else:
                return
            # Not while the error is handled: it would become the context of all that follow.
            if planned is not None:
                await self._pause(planned, sink)
            self._begin_anew(sink)

    async def _go_elsewhere(self, error: ChatError, sink: Callable[[StreamEvent], None]) -> bool:
        """Take the next way to an answer; False when there is none."""
        if not is_left_to_another(error):
            return False
        for open_attempt in self._fallbacks:
            try:
                attempt = await open_attempt()
            except ChatError as exc:
                # Why the first did not answer matters more than why the next cannot be asked.
                error.data["fallback"] = sentence(exc)
                continue
            former, self.attempt = self.profile, attempt
            if attempt.profile is not None:
                sink(ProviderChanged(attempt.profile, former, error))
            return True
        return False

    async def _pause(self, planned: RetryScheduled, sink: Callable[[StreamEvent], None]) -> None:
        self._now.clear()
        self.state = ReplyState.RETRYING
        self.last_activity_at = self._clock()
        sink(planned)
        try:
            async with asyncio.timeout(planned.seconds):
                await self._now.wait()
        except TimeoutError:
            pass

    def _begin_anew(self, sink: Callable[[StreamEvent], None]) -> None:
        self._text, self._reasoning = _Text(), _Text()
        self.usage = None
        self.last_activity_at = self._clock()
        self._take(StageReached(Stage.CONNECTING), sink)

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
        # A model that has thought up to its limit may go on.
        has_thoughts = reason is FinishReason.LENGTH and self.reasoning.strip()
        if reason is not FinishReason.CUT and not self.text.strip() and not has_thoughts:
            raise ResponseFormatError(fault=Fault.EMPTY_ANSWER)
        self.finish_reason = reason

    def _end_as_finished(self) -> None:
        is_cut = self.finish_reason is FinishReason.CUT
        self._end(ReplyState.CUT if is_cut else ReplyState.COMPLETE)

    def _end(self, state: ReplyState) -> None:
        if not self.state.is_over:
            self.state = state
            self.ended_at = self._clock()
