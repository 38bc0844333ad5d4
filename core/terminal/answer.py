"""One answer on standard output, as text or as JSON lines, and the exit code it stands for."""

from __future__ import annotations

import asyncio
import json
import math
from collections.abc import Callable
from typing import Protocol, TypeVar

from core.errors import (
    ChatError,
    ConnectionFailedError,
    Fault,
    InvalidPromptError,
    ModelNotSupportedError,
    SettingsError,
)
from core.events import (
    Finished,
    FinishReason,
    ProviderChanged,
    ReasoningDelta,
    RetryScheduled,
    StageReached,
    StreamEvent,
    TextDelta,
    Usage,
)
from core.models import Profile
from core.reply import Reply
from core.sentences import sentence
from core.terminal.clock import Waiting, WaitingClock
from core.terminal.output import Output, note

ANSWERED, FAILED, WRONG_USAGE, CUT_OFF = range(4)
"""Exit codes; see the epilog of `beseda ask --help`."""

CUT_NOTE = "The answer was cut off: the service ended it before it was complete."
LENGTH_NOTE = "The answer has reached the length that the model allows."
RETRY_NOTE = "{sentence} Trying again in {seconds} s, {number} of {of}."
CHANGE_NOTE = "{sentence} {name} answers instead."


class Answer(Waiting, Protocol):
    """A reply in flight, whether it is kept or not."""

    @property
    def text(self) -> str:
        """What has come of it."""

    @property
    def error(self) -> ChatError | None:
        """Why it failed."""

    @property
    def finish_reason(self) -> FinishReason | None:
        """What the service says of its end."""

    async def run(self, sink: Callable[[StreamEvent], None]) -> None:
        """Ask, and hand on what comes."""

    def abandon(self) -> None:
        """End, unless it has ended."""


A_contra = TypeVar("A_contra", bound=Answer, contravariant=True)
A = TypeVar("A", bound=Answer)


class Printer(Protocol[A_contra]):
    """What shows a reply."""

    def begin(self, reply: A_contra) -> None:
        """Get ready for the events of `reply`; on its loop."""

    def take(self, event: StreamEvent) -> None:
        """Show one event."""

    def finish(self, reply: A_contra) -> None:
        """Show how it ended; in every case the last call."""


class TextPrinter:
    """The answer's text, and nothing else."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self._clock = WaitingClock()
        self._reply: Answer | None = None

    def begin(self, reply: Answer) -> None:
        """Start the clock of the first word."""
        self._reply = reply
        self._clock.start(reply)

    def take(self, event: StreamEvent) -> None:
        """Add a piece of text; on standard error, say why the answer takes another way."""
        if isinstance(event, TextDelta):
            self._clock.stop()
            self._output.write(event.text)
        elif isinstance(event, RetryScheduled | ProviderChanged):
            self._clock.stop()
            tell_detour(event)
            if self._reply is not None:
                self._clock.start(self._reply)

    def finish(self, reply: Answer) -> None:
        """End the line."""
        self._clock.stop()
        if reply.text:
            self._output.end_line()


class JsonPrinter:
    """One JSON object a line for each event, and one at the end with everything."""

    def __init__(self, output: Output, profile: Profile) -> None:
        self._output = output
        self._profile = profile

    def begin(self, reply: Reply) -> None:
        """Nothing: the events speak."""

    def take(self, event: StreamEvent) -> None:
        """Write the line of one event."""
        match event:
            case TextDelta(text):
                self._write(event="text", text=text)
            case ReasoningDelta(text):
                self._write(event="reasoning", text=text)
            case StageReached(stage):
                self._write(event="stage", stage=stage)
            case Usage():
                self._write(event="usage", **_usage(event))
            case RetryScheduled(seconds, number, of, error):
                self._write(
                    event="retry",
                    seconds=round(seconds, 1),
                    number=number,
                    of=of,
                    error=_error(error),
                )
            case ProviderChanged(profile, _, error):
                self._write(event="provider", provider=profile.name, error=_error(error))
            case Finished():
                pass  # told by the last line, once it is known how the connection ended

    def finish(self, reply: Reply) -> None:
        """Write the last line."""
        self._write(
            event="end",
            state=reply.state,
            text=reply.text,
            model=reply.request.model,
            provider=(reply.profile or self._profile).name,
            finish_reason=reply.finish_reason,
            usage=None if reply.usage is None else _usage(reply.usage),
            seconds=round(reply.elapsed, 3),
            error=None if reply.error is None else _error(reply.error),
        )
        self._output.flush()

    def _write(self, **values: object) -> None:
        self._output.write(json.dumps(values, ensure_ascii=False) + "\n")


async def show(reply: A, output: Output, printer: Printer[A]) -> int:
    """Run `reply`, print it, say on standard error what went wrong; return the exit code.

    Raises:
        asyncio.CancelledError: it was interrupted; what had arrived is printed.
    """
    printer.begin(reply)
    task = asyncio.create_task(reply.run(printer.take), name="reply")
    output.on_failure = task.cancel
    try:
        await task
    except ChatError:
        pass  # kept in the reply, and told below the part that is printed first
    except asyncio.CancelledError:
        if output.failure is None:
            raise
    finally:
        output.on_failure = None
        reply.abandon()
        printer.finish(reply)
    return _told_exit_code(reply, output)


def tell_detour(event: RetryScheduled | ProviderChanged) -> None:
    """Say on standard error, in one line, that an answer takes another way, and why."""
    why = sentence(event.error)
    if isinstance(event, ProviderChanged):
        note(CHANGE_NOTE.format(sentence=why, name=event.profile.name), dim=True)
        return
    seconds = math.ceil(event.seconds)
    note(
        RETRY_NOTE.format(sentence=why, seconds=seconds, number=event.number, of=event.of),
        dim=True,
    )


def tell(error: ChatError) -> int:
    """Say what went wrong; return the exit code."""
    note(sentence(error))
    is_usage = isinstance(error, (InvalidPromptError, ModelNotSupportedError, SettingsError))
    return WRONG_USAGE if is_usage or error.fault is Fault.BAD_ADDRESS else FAILED


def _told_exit_code(reply: Answer, output: Output) -> int:
    if output.failure is not None:
        return output.failure_code()
    if reply.error is not None:
        code = tell(reply.error)
        is_broken_off = isinstance(reply.error, ConnectionFailedError) and bool(reply.text)
        return CUT_OFF if is_broken_off else code
    if reply.finish_reason is FinishReason.CUT:
        note(CUT_NOTE)
        return CUT_OFF
    if reply.finish_reason is FinishReason.LENGTH:
        note(LENGTH_NOTE)
    return ANSWERED


def _usage(usage: Usage) -> dict[str, object]:
    return {
        "prompt_tokens": usage.prompt_tokens,
        "completion_tokens": usage.completion_tokens,
    }


def _error(error: ChatError) -> dict[str, object]:
    return {
        "class": type(error).__name__,
        "fault": error.fault,
        "sentence": sentence(error),
        "message": error.message,
        "status": getattr(error, "status", None),
        "retryable": error.retryable,
    }
