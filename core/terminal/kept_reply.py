"""An answer in flight that is kept, in the form in which answers are shown."""

from __future__ import annotations

from collections.abc import Callable

from core.errors import ChatError
from core.events import FinishReason, StreamEvent
from core.recorded_reply import RecordedReply
from core.reply import ReplyState


class KeptReply:
    """What a `RecordedReply` adds to its conversation: without the text that it goes on with."""

    def __init__(self, recorded: RecordedReply) -> None:
        self._recorded = recorded
        self._said_before = len(recorded.text)

    @property
    def text(self) -> str:
        """What has come of it."""
        return self._recorded.text[self._said_before :]

    @property
    def state(self) -> ReplyState:
        """Where it stands."""
        return self._recorded.state

    @property
    def elapsed(self) -> float:
        """Seconds since the service was asked; 0 before."""
        return 0.0 if self._recorded.reply is None else self._recorded.reply.elapsed

    @property
    def error(self) -> ChatError | None:
        """Why it failed."""
        return self._recorded.error

    @property
    def finish_reason(self) -> FinishReason | None:
        """What the service says of its end."""
        return None if self._recorded.reply is None else self._recorded.reply.finish_reason

    async def run(self, sink: Callable[[StreamEvent], None]) -> None:
        """Keep the question, ask, and hand on what comes.

        Raises:
            ChatError: the reply failed.
        """
        await self._recorded.run(sink)

    def abandon(self) -> None:
        """End as stopped, unless it has ended."""
        self._recorded.abandon()
