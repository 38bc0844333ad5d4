"""Tells what a model thinks from what it answers, where both come as one text.

Models such as DeepSeek-R1 and Qwen3 write `<think>…</think>` before their answer, and not every
server takes that apart. Only a tag at the very start counts: later it is something that the answer
talks about.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto

from core.events import ReasoningDelta, TextDelta

_OPENING = "<think>"
_CLOSING = "</think>"
_LONGEST_START = 1000
"""Characters of white space after which no tag is waited for any more."""


class _Place(Enum):
    START = auto()
    THOUGHT_START = auto()
    THOUGHT = auto()
    ANSWER_START = auto()
    ANSWER = auto()


class ThinkParser:
    """Turns the pieces of a text, cut anywhere, into thoughts and answer.

    White space around the thoughts is left out.
    """

    def __init__(self) -> None:
        self._place = _Place.START
        self._held = ""

    @property
    def is_passing(self) -> bool:
        """Whether all that still comes is answer, and need not be fed any more."""
        return self._place is _Place.ANSWER

    def feed(self, piece: str) -> Iterator[TextDelta | ReasoningDelta]:
        """Yield what can be told apart once `piece` has come."""
        text, self._held = self._held + piece, ""
        if self._place is _Place.START:
            text = self._read_start(text)
        if self._place is _Place.THOUGHT_START:
            text = text.lstrip()
            if text:
                self._place = _Place.THOUGHT
        if self._place is _Place.THOUGHT:
            thought, text = self._read_thought(text)
            if thought:
                yield ReasoningDelta(thought)
        if self._place is _Place.ANSWER_START:
            text = text.lstrip()
            if text:
                self._place = _Place.ANSWER
        if self._place is _Place.ANSWER and text:
            yield TextDelta(text)

    def finish(self) -> Iterator[TextDelta | ReasoningDelta]:
        """Yield what was held back for a tag that never came."""
        held, self._held = self._held, ""
        if held and self._place is _Place.START:
            yield TextDelta(held)
        elif held:
            yield ReasoningDelta(held)

    def _read_start(self, text: str) -> str:
        """Return what follows the opening tag, or the text where there is none; else hold it."""
        start = text.lstrip()
        if start.startswith(_OPENING):
            self._place = _Place.THOUGHT_START
            return start[len(_OPENING) :]
        if _OPENING.startswith(start) and len(text) < _LONGEST_START:
            self._held = text
            return ""
        self._place = _Place.ANSWER
        return text

    def _read_thought(self, text: str) -> tuple[str, str]:
        """Return the thought in `text`, and what follows it."""
        thought, tag, rest = text.partition(_CLOSING)
        if tag:
            self._place = _Place.ANSWER_START
            return thought.rstrip(), rest
        # White space is held too: it is the thought's only if the thought goes on.
        kept = thought[: len(thought) - _tag_start_length(thought)].rstrip()
        self._held = thought[len(kept) :]
        if len(self._held) > _LONGEST_START:
            kept, self._held = thought, ""
        return kept, ""


def _tag_start_length(text: str) -> int:
    """Return how many of the last characters may be the start of the closing tag."""
    start = text.rfind("<", max(0, len(text) - len(_CLOSING)))
    return len(text) - start if start >= 0 and _CLOSING.startswith(text[start:]) else 0
