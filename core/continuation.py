"""Joins an answer that broke off with what a service writes when it is asked to go on."""

from __future__ import annotations

import re
from typing import NamedTuple

CONTINUE_QUESTION = (
    "Your last answer broke off. Go on exactly where it stopped: repeat nothing,"
    " add no introduction and no comment."
)
"""What the service is asked; it is not kept in the conversation."""

_WINDOW = 4_000
"""Characters at the end of an answer that its continuation may say again."""
_LONGEST_HELD = 2 * _WINDOW
"""Characters that are held back at most, white space and fence included."""
_SHORTEST_OVERLAP = 4
"""Fewer characters that are the same may be chance, unless they are all of a line."""
_SHORTEST_AFTER_SPACE = 12
"""Who says something again begins without a space; who goes on in a sentence does not."""
_STRIDE = 64
"""Characters that are looked at together as long as they are the same."""
_FENCE_LINE = re.compile(r" {0,3}(`{3,}|~{3,})([^\n]*)")


class _Start(NamedTuple):
    """How a continuation begins."""

    space: str
    """White space before everything else."""
    opening: str
    """The line that opens the code block again which is open already."""
    words: str
    """What comes then, without white space before it."""


class ContinuationJoiner:
    """Turns the pieces of a continuation into what can be added to the text before it.

    Models like to say the last words, the last line or the last paragraph again, to open the code
    block again in which they were, and to leave out the space between two words. As long as
    the continuation may still turn out to be such a repetition it is held back: at most 8,000
    characters, mostly a few. How the continuation is cut into pieces makes no difference.
    """

    def __init__(self, previous: str) -> None:
        end = previous[-_WINDOW:]
        self._tail = end.rstrip()
        self._trailing = end[len(self._tail) :]
        self._fence = open_fence(previous)
        self._held = ""
        self._is_joined = not self._tail

    def feed(self, piece: str) -> str:
        """Return what can be added once `piece` has come."""
        if self._is_joined:
            return piece
        index = 0
        while index < len(piece):
            stride = piece[index : index + _STRIDE]
            # As long as all of it is in the answer, nothing was decided on the way.
            taken = stride if self._is_repeated(self._held + stride) else piece[index]
            self._held += taken
            index += len(taken)
            if self._is_decided():
                return self._join() + piece[index:]
        return ""

    def finish(self) -> str:
        """Return what was held back, at the end of the continuation."""
        return "" if self._is_joined else self._join()

    def _is_decided(self) -> bool:
        """Whether more cannot change how the continuation is joined."""
        if len(self._held) >= _LONGEST_HELD:
            return True
        start = self._start(self._held)
        if not start.words or (not start.opening and self._may_be_opening(start.words)):
            return False
        if start.words in self._tail[:-1]:
            return False
        overlap = self._overlap(start)
        return not overlap or bool(start.words[overlap:].strip())

    def _is_repeated(self, text: str) -> bool:
        words = self._start(text).words
        return len(text) < _LONGEST_HELD and bool(words) and words in self._tail[:-1]

    def _join(self) -> str:
        self._is_joined = True
        start, held, self._held = self._start(self._held), self._held, ""
        overlap = self._overlap(start)
        if overlap:
            return self._after_repetition(start.words[overlap:])
        if start.opening:
            rest = held[held.index(start.opening) + len(start.opening) :]
            begun_line = self._trailing.rpartition("\n")[2]
            return rest.removeprefix(begun_line) if "\n" in self._trailing else f"\n{rest}"
        return held if self._fence else self._after_break(start, held)

    def _start(self, text: str) -> _Start:
        words = text.lstrip()
        space = text[: len(text) - len(words)]
        line, newline, rest = words.partition("\n")
        # A bare fence closes the block; one with the name of a language can only open it again.
        if newline and self._may_be_opening(line) and line.strip(self._fence[0]).strip():
            return _Start(space, line + newline, rest.lstrip())
        return _Start(space, "", words)

    def _may_be_opening(self, line: str) -> bool:
        """Whether this is, or may become, the first line of a code block like the open one."""
        if not self._fence or "\n" in line:
            return False
        mark = self._fence[0]
        info = line.lstrip(mark)
        count = len(line) - len(info)
        return count > 0 and (not info or (count >= 3 and "`" not in info))

    def _overlap(self, start: _Start) -> int:
        """Return how many characters of the words say the end of the answer again."""
        tail, words = self._tail, start.words
        begins_anew = not start.space or "\n" in start.space or bool(self._fence)
        shortest = _SHORTEST_OVERLAP if begins_anew else _SHORTEST_AFTER_SPACE
        for index in range(len(tail) - min(len(tail), len(words)), len(tail)):
            if not words.startswith(tail[index:]) or not tail[index:].strip("`~"):
                continue  # marks alone may as well open another block
            is_line = begins_anew and tail[index - 1 : index] in {"", "\n"}
            is_inside_word = index > 0 and tail[index - 1].isalnum() and tail[index].isalnum()
            if is_line or (len(tail) - index >= shortest and not is_inside_word):
                return len(tail) - index
        return 0

    def _after_repetition(self, text: str) -> str:
        """Return what follows the words said again, without white space that is there already."""
        words = text.lstrip()
        space = text[: len(text) - len(words)]
        # In code, what is more than that is indentation.
        return (space[len(self._trailing) :] if space.startswith(self._trailing) else "") + words

    def _after_break(self, start: _Start, held: str) -> str:
        """Return the continuation with the white space that it needs where the answer broke off."""
        space, words = start.space, start.words
        if "\n" in space:
            # A paragraph ends with two line breaks, wherever they stand; indentation is a list's.
            missing = max(0, 2 - self._trailing.count("\n"))
            return "\n" * min(space.count("\n"), missing) + space.rpartition("\n")[2] + words
        if "\n" in self._trailing:
            return held
        if self._trailing:
            return words
        # Services send a word with the space before it, and strip the first space of all.
        return f" {held}" if self._tail[-1].isalnum() and held[:1].isalnum() else held


def open_fence(text: str) -> str:
    """Return the marks of the code block that is open at the end of a text; empty for none."""
    fence = ""
    for line in text.splitlines():
        match = _FENCE_LINE.match(line)
        if match is None:
            continue
        marks, info = match[1], match[2].strip()
        if not fence:
            if marks[0] == "~" or "`" not in info:
                fence = marks
        elif marks[0] == fence[0] and len(marks) >= len(fence) and not info:
            fence = ""
    return fence
