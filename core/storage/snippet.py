"""A few words of a text around what was found in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import islice
from typing import Final

from core.storage.folding import folded

LENGTH: Final = 160
"""About how many characters a snippet has, without the ellipses."""

_BEFORE = 40
"""Characters before the first word that was found."""
_MOST_PLACES = 64
"""Places among which the best one is looked for."""
_FIRST_LOOK = 8_000
"""Characters at the beginning that are looked at alone, because folding takes time."""
_BORDER = 24
"""How far to look for the border of a word; there may be none, as in Chinese."""
_ELLIPSIS = "…"
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Snippet:
    """One line of text. `marks` are (start, end) of the words found, in characters of Python."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    term: int | None


def snippet_of(text: str, pattern: re.Pattern[str]) -> Snippet:
    """Return the part of `text` where most terms are near each other, or else the first one.

    `pattern` finds terms in a folded text, as `SearchQuery.pattern` does. Line breaks and runs of
    spaces become one space. Where nothing is found, it is the beginning of the text.
    """
    places = _places(text, pattern)
    start, end = _window(text, _best(places))
    line = [_ELLIPSIS] if text[:start].strip() else []
    length, done = len(line), start
    marks: list[tuple[int, int]] = []
    for place in places:
        if place.start < start or place.start >= end:
            continue
        before = _SPACES.sub(" ", text[done : place.start])
        done = min(place.end, end)
        word = _SPACES.sub(" ", text[place.start : done])
        line += before, word
        length += len(before) + len(word)
        marks.append((length - len(word), length))
    line += _SPACES.sub(" ", text[done:end]), _ELLIPSIS if text[end:].strip() else ""
    return Snippet("".join(line), tuple(marks))


def _places(text: str, pattern: re.Pattern[str]) -> list[_Place]:
    """Return where the first terms are found, in the text as it was written."""
    places: list[_Place] = []
    for part in (text[:_FIRST_LOOK], text):
        plain = folded(part)
        places = [
            _Place(*plain.origin(*found.span()), found.lastindex)
            for found in islice(pattern.finditer(plain.text), _MOST_PLACES)
        ]
        if places or len(part) == len(text):
            break
    return places


def _best(places: list[_Place]) -> _Place | None:
    """Return the place after which most terms follow within a snippet; the first of equal ones."""
    if len({place.term for place in places}) < 2:
        return places[0] if places else None
    starts = [place.start for place in places]

    def count(number: int) -> int:
        last = bisect_left(starts, starts[number] + LENGTH - _BEFORE)
        return len({place.term for place in places[number:last]})

    return places[max(range(len(places)), key=count)]


def _window(text: str, place: _Place | None) -> tuple[int, int]:
    """Return from where to where the snippet goes: between words, where they have borders."""
    start = 0 if place is None else max(place.start - _BEFORE, 0)
    if start <= _BORDER:
        start = 0
    elif place is not None and (space := _SPACES.search(text, start - 1, place.start)):
        start = space.end()
    if len(text) - start <= LENGTH + _BORDER:
        return _stripped(text, start, len(text))
    end = start + LENGTH
    if not text[end].isspace():
        borders = [space.start() for space in _SPACES.finditer(text, end - _BORDER, end)]
        if borders and (place is None or borders[-1] >= place.end):
            end = borders[-1]
    return _stripped(text, start, end)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return end - len(part.lstrip()) if part.strip() else start, start + len(part.rstrip())
