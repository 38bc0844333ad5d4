"""What has come of an answer so far, in whichever dialect it comes."""

from __future__ import annotations

from collections.abc import Iterator

from core.errors import ChatError, Fault, ProviderError, ResponseFormatError
from core.events import Finished, FinishReason, ReasoningDelta, StreamEvent, TextDelta, Usage
from core.providers.think import ThinkParser
from core.providers.tool_calls import ToolCalls


class Answer:
    """Keeps what decides how an answer ends.

    Attributes:
        reason: why the service says that the answer has ended; None until it says so.
        is_done: whether nothing more comes.
        usage: the last token count.
        tool_calls: what the model wants tools to do; shown when the answer ends.
        is_plain: whether all text that still comes is answer, so that `say` need not be asked.
        has_text: whether anything but white space has come.
    """

    def __init__(self) -> None:
        self.reason: FinishReason | None = None
        self.is_done = False
        self.usage: Usage | None = None
        self.tool_calls = ToolCalls()
        self.is_plain = False
        self.has_text = False
        self._has_thoughts = False
        self._think = ThinkParser()

    @property
    def has_anything(self) -> bool:
        """Whether there is anything to show."""
        return self.has_text or self._has_thoughts

    def say(self, text: str) -> Iterator[StreamEvent]:
        """Yield what `text` adds, thoughts and answer taken apart."""
        for event in self._think.feed(text):
            self._note(event)
            yield event

    def think(self, thought: str) -> Iterator[StreamEvent]:
        """Yield a thought that the service itself tells from the answer."""
        self._has_thoughts = True
        yield ReasoningDelta(thought)

    def refuse(self, text: str) -> Iterator[StreamEvent]:
        """Yield the words by which a model refuses to answer."""
        self.has_text = True
        self.reason = FinishReason.CONTENT_FILTER
        yield TextDelta(text)

    def end_with(self, reason: FinishReason | None) -> None:
        """Take note of why the answer ends; a refusal that ends well is still a refusal."""
        if reason is not None and self.reason is not FinishReason.CONTENT_FILTER:
            self.reason = reason

    def end(self, *, is_broken: bool = False) -> Iterator[StreamEvent]:
        """Yield what the end of the body means; the last event is `Finished`.

        Raises:
            ChatError: there was no answer. `is_broken` says that something was not understood.
        """
        for event in self._think.finish():
            self._note(event)
            yield event
        if calls := self.tool_calls.text():
            yield TextDelta(f"\n\n{calls}" if self.has_text else calls)
            self.has_text = True
        if self.usage is not None:
            yield self.usage
        reason = self.reason or (FinishReason.STOP if self.is_done else FinishReason.CUT)
        if not self.has_anything:
            raise self._nothing(reason, is_broken=is_broken)
        yield Finished(reason)

    def _note(self, event: TextDelta | ReasoningDelta) -> None:
        if isinstance(event, ReasoningDelta):
            self._has_thoughts = True
        elif not self.has_text:
            self.has_text = not event.text.isspace()
        self.is_plain = self.has_text and self._think.is_passing

    def _nothing(self, reason: FinishReason, *, is_broken: bool) -> ChatError:
        if reason is FinishReason.CONTENT_FILTER:
            return ProviderError(fault=Fault.FLAGGED)
        is_broken = is_broken and self.reason is None
        return ResponseFormatError(
            fault=Fault.UNREADABLE_ANSWER if is_broken else Fault.EMPTY_ANSWER
        )
