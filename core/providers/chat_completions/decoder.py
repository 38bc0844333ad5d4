"""From the bytes of an answer to events, without I/O."""

from __future__ import annotations

from collections.abc import Iterator

from core.errors import ChatError
from core.events import FinishReason, StreamEvent, TextDelta
from core.providers.answer import Answer
from core.providers.chat_completions.events import (
    Choice,
    Delta,
    Event,
    finish_reason_of,
    parts_of,
    read_event,
    usage_of,
)
from core.providers.data_lines import DataLines
from core.providers.refusals import NOTHING_ASKED, Asked, refusal_from_object, unreadable

_DONE = "[DONE]"
_LONGEST_BROKEN = 64 * 1024
_MOST_LINES = 1000


class ChatCompletionsDecoder:
    """Turns the body of an answer, cut anywhere, into events; see `reading.StreamDecoder`.

    Takes a stream of events, one JSON object, and one JSON object a line. A line that cannot be
    read is skipped.
    """

    def __init__(self, asked: Asked = NOTHING_ASKED) -> None:
        """`asked` tells what an error in the stream is about."""
        self._asked = asked
        self._lines = DataLines()
        self._answer = Answer()
        self._broken: list[str] = []
        self._broken_length = 0
        self._has_broken = False

    @property
    def is_finished(self) -> bool:
        """Whether the service said that nothing more comes."""
        return self._answer.is_done

    @property
    def is_complete(self) -> bool:
        """Whether the service gave a reason why the answer ended."""
        return self._answer.reason is not None

    def feed(self, chunk: bytes) -> Iterator[StreamEvent]:
        """Yield what `chunk` completes.

        Raises:
            ChatError: the service reports an error, or sends too much in one piece.
        """
        for data in self._lines.feed(chunk):
            yield from self._read(data)

    def finish(self) -> Iterator[StreamEvent]:
        """Yield what the end of the body means; the last event is `Finished`.

        Raises:
            ChatError: there was no answer.
        """
        answer = self._answer
        for data in self._lines.finish():
            yield from self._read(data)
        if not answer.has_anything and answer.reason is None and not answer.is_done:
            yield from self._read_plain(self._lines.plain_text())
        yield from answer.end(is_broken=self._has_broken)

    def _read(self, data: str) -> Iterator[StreamEvent]:
        """Yield what a `data:` line adds."""
        if self._answer.is_done:
            return
        event = read_event(data)
        if event is None:
            event = self._read_odd(data)
            if event is None:
                return
        elif self._broken:
            self._forget_broken()
        choices = event.choices
        if choices and self._answer.is_plain and (delta := choices[0].delta) is not None:
            content = delta.content
            # Nearly every event is this: the hot path.
            if (
                content.__class__ is str
                and content
                and self._answer.reason is None
                and not (delta.reasoning_content or delta.reasoning or delta.refusal)
            ):
                yield TextDelta(content)
                if (
                    choices[0].finish_reason is None
                    and event.usage is None
                    and event.error is None
                    and delta.tool_calls is None
                    and delta.function_call is None
                ):
                    return
                delta.content = None
        yield from self._take(event)

    def _read_odd(self, data: str) -> Event | None:
        """Read what is no JSON by itself: the end, or a piece of JSON in several lines."""
        data = data.strip()
        if data == _DONE:
            self._answer.is_done = True
            return None
        if not data:
            return None
        self._has_broken = True
        if not self._broken and data[0] != "{":
            return None
        self._broken.append(data)
        self._broken_length += len(data)
        if len(self._broken) > _MOST_LINES or self._broken_length > _LONGEST_BROKEN:
            self._forget_broken()
            return None
        event = read_event("\n".join(self._broken)) if data[-1] == "}" else None
        if event is not None:
            self._forget_broken()
        return event

    def _forget_broken(self) -> None:
        self._broken, self._broken_length = [], 0

    def _take(self, event: Event) -> Iterator[StreamEvent]:
        """Yield what an event adds, and take note of the rest of it."""
        if error := _error_in(event, self._asked):
            raise error
        if event.choices:
            yield from self._take_choice(event.choices[0])
        self._answer.usage = usage_of(event) or self._answer.usage

    def _take_choice(self, choice: Choice) -> Iterator[StreamEvent]:
        delta = choice.delta or choice.message
        if delta is not None:
            yield from self._take_delta(delta)
        elif isinstance(choice.text, str):
            yield from self._add_text(choice.text)
        reason = finish_reason_of(choice.finish_reason)
        self._answer.end_with(reason or finish_reason_of(choice.native_finish_reason))

    def _take_delta(self, delta: Delta) -> Iterator[StreamEvent]:
        text, thoughts = parts_of(delta.content)
        for thought in (delta.reasoning_content, delta.reasoning, thoughts):
            if thought and isinstance(thought, str):
                yield from self._answer.think(thought)
                break
        if text:
            yield from self._add_text(text)
        if delta.refusal and isinstance(delta.refusal, str):
            yield from self._answer.refuse(delta.refusal)
        if delta.tool_calls or delta.function_call:
            self._answer.tool_calls.add(delta.tool_calls or delta.function_call)

    def _add_text(self, text: str) -> Iterator[StreamEvent]:
        if self._answer.reason is not FinishReason.CONTENT_FILTER:
            self._answer.reason = None  # some services give a reason with each piece
        yield from self._answer.say(text)

    def _read_plain(self, text: str) -> Iterator[StreamEvent]:
        """Read a body that was no stream: one JSON object, one a line, or something else."""
        if not text:
            return
        event = read_event(text)
        if event is not None:
            yield from self._take(event)
            return
        for line in text.split("\n") if text[0] == "{" else ():
            if (event := read_event(line)) is not None:
                yield from self._take(event)
        if not self._answer.has_anything and self._answer.reason is None:
            raise unreadable(text, self._asked)


def _error_in(event: Event, asked: Asked) -> ChatError | None:
    """Return the error that an event reports instead of text, if it does."""
    if event.error:
        fields = {"error": event.error, "code": event.code}
        return refusal_from_object(fields, asked)
    for choice in event.choices or ():
        if choice.error:
            return refusal_from_object({"error": choice.error}, asked)
    if isinstance(event.x_groq, dict) and event.x_groq.get("error"):
        return refusal_from_object({"error": event.x_groq["error"]}, asked)
    if event.choices is None:
        if event.object == "error" or event.type == "error":
            fields = {"message": event.message, "type": event.type, "code": event.code}
            return refusal_from_object(fields, asked)
        if event.detail:
            return refusal_from_object({"detail": event.detail}, asked)
    return None
