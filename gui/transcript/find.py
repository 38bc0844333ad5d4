"""Finding words in a conversation, laid out or not: over the texts that the segments show.

Texts that cannot hold the words are passed over by their Markdown source, without being parsed; so
10,000 messages are searched in slices of a few milliseconds.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from gui.transcript.segments import Segment

MAX_MATCHES = 20_000
_MARKUP = r"(?:[*_~`\\\[\]]|\]\([^)\n]*\)|\]\[[^\]\n]*\])*+"
_BROKEN_WORD = re.compile(r"\w[*_~`\\\[\]]+\w|&#?\w+;")
_ENTITY = re.compile(r"&#?\w+;")


class Match(NamedTuple):
    """A place where the words stand. Matches compare in the order of reading."""

    text: int
    """Index of the text: of a message, or of one of its parts."""
    segment: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for. Blanks in it stand for any blanks."""

    words: str
    match_case: bool = False
    whole_words: bool = False
    _pattern: re.Pattern[str] = field(init=False, repr=False, compare=False)
    _parts: tuple[tuple[str, re.Pattern[str]], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        parts = self.words.split()
        pattern = r"\s+".join([re.escape(part) for part in parts])
        if self.words[:1].isspace() and parts:
            pattern = r"\s" + pattern
        if self.words[-1:].isspace() and parts:
            pattern += r"\s"
        if self.whole_words:
            pattern = rf"(?<!\w){pattern}(?!\w)"
        flags = re.NOFLAG if self.match_case else re.IGNORECASE
        loose = [re.compile(_MARKUP.join(map(re.escape, part)), flags) for part in parts]
        plain = parts if self.match_case else [part.lower() for part in parts]
        object.__setattr__(self, "_pattern", re.compile(pattern, flags))
        object.__setattr__(self, "_parts", tuple(zip(plain, loose, strict=True)))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not self._parts

    def may_be_in(self, source: str) -> bool:
        """Whether a text with this Markdown source may show the words. Quick; yes if in doubt."""
        text = source if self.match_case else source.lower()
        missing = [loose for part, loose in self._parts if part not in text]
        if not missing:
            return True
        if not _BROKEN_WORD.search(source):
            return False
        return _ENTITY.search(source) is not None or all(
            loose.search(source) is not None for loose in missing
        )

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where the words stand in a segment's text."""
        for found in self._pattern.finditer(text):
            yield found.span()


class Find:
    """One search through a conversation, which may go on growing.

    Args:
        query: what to look for.
        count: how many texts there are.
        source: the Markdown of a text.
        segments: the segments of a text; asked for texts that may hold the words.
        start: the text to begin with, the one on the screen.
    """

    def __init__(
        self,
        query: Query,
        *,
        count: int,
        source: Callable[[int], str],
        segments: Callable[[int], Sequence[Segment]],
        start: int = 0,
    ) -> None:
        self.query = query
        self._source = source
        self._segments = segments
        self._total = count
        self._matches: list[Match] = []
        self._todo: list[int] = []
        if not query.is_empty:
            start = min(max(start, 0), count)
            self._todo = [*range(start, count), *range(start)][::-1]

    @property
    def is_done(self) -> bool:
        """Whether every text was searched, or enough was found."""
        return not self._todo

    @property
    def count(self) -> int:
        """How many matches were found so far."""
        return len(self._matches)

    @property
    def is_capped(self) -> bool:
        """Whether there may be more than `MAX_MATCHES`."""
        return len(self._matches) >= MAX_MATCHES

    def advance(self, seconds: float | None = None) -> bool:
        """Search on, for about so long; return whether it is done."""
        end = None if seconds is None else perf_counter() + seconds
        while self._todo:
            self._search(self._todo.pop())
            if self.is_capped:
                self._todo.clear()
            if end is not None and perf_counter() >= end:
                break
        return self.is_done

    def text_changed(self, text: int) -> None:
        """Search a text again that grew or was added at the end."""
        self._total = max(self._total, text + 1)
        if text in self._todo or self.query.is_empty:
            return
        first, last = self._range_of(text)
        del self._matches[first:last]
        self._search(text)

    def text_removed(self, text: int) -> None:
        """Forget a text; those behind it move up."""
        first, last = self._range_of(text)
        del self._matches[first:last]
        self._matches[first:] = [
            match._replace(text=match.text - 1) for match in self._matches[first:]
        ]
        self._todo = [other - (other > text) for other in self._todo if other != text]
        self._total -= 1

    def matches_in(self, text: int, segment: int | None = None) -> list[Match]:
        """Return the matches in a text, or in one of its segments."""
        first, last = self._range_of(text)
        found = self._matches[first:last]
        return found if segment is None else [match for match in found if match.segment == segment]

    def number(self, match: Match) -> int:
        """Return the how manieth a match is, from 1 on; 0 if it is none (any more)."""
        index = bisect_left(self._matches, match)
        is_there = index < len(self._matches) and self._matches[index] == match
        return index + 1 if is_there else 0

    def following(self, place: Match | None) -> Match | None:
        """Return the first match behind a place, or the very first one after the last."""
        if not self._matches:
            return None
        if place is None:
            return self._matches[0]
        index = bisect_left(self._matches, place)
        if index < len(self._matches) and self._matches[index] == place:
            index += 1
        return self._matches[index % len(self._matches)]

    def preceding(self, place: Match | None) -> Match | None:
        """Return the last match before a place, or the very last one before the first."""
        if not self._matches:
            return None
        return self._matches[-1 if place is None else bisect_left(self._matches, place) - 1]

    def _range_of(self, text: int) -> tuple[int, int]:
        first = bisect_left(self._matches, Match(text, 0, 0, 0))
        return first, bisect_left(self._matches, Match(text + 1, 0, 0, 0))

    def _search(self, text: int) -> None:
        if not self.query.may_be_in(self._source(text)):
            return
        found = [
            Match(text, index, start, end)
            for index, segment in enumerate(self._segments(text))
            for start, end in self.query.spans(segment.text)
        ][: MAX_MATCHES - len(self._matches)]
        if not self._matches or (found and found[0] > self._matches[-1]):
            self._matches += found
            return
        first, _ = self._range_of(text)
        self._matches[first:first] = found
