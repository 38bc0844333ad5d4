"""Which letters are alike to somebody who searches, and where they stand in a text.

The index folds case and the marks of Latin letters by itself (FTS5's `unicode61` with
`remove_diacritics 2`). What it leaves apart or throws together wrongly is mended by `REPLACED`
before it sees a text. All together:

* capital and small letters are alike, in every script that has them;
* marks of Latin letters do not matter (`café` = `cafe`), letters of their own do (`ß`, `ø`, `æ`);
* `ё` = `е`, and the accent that shows the stress (`за́мок`) does not matter;
* `й` is not `и`, `ї` is not `і` and `ў` is not `у`, whether written as one character or as two;
* marks on letters of other scripts matter (`ά` is not `α`), unless they are characters of their
  own, which the index drops.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final

REPLACED: Final = (
    ("ё", "е"),
    ("Ё", "Е"),
    # A letter and a mark after it that are one letter together; the index would drop the mark.
    ("и\u0306", "й"),
    ("И\u0306", "Й"),
    ("і\u0308", "ї"),
    ("І\u0308", "Ї"),
    ("у\u0306", "ў"),
    ("У\u0306", "Ў"),
)
"""What is put in the place of what before a text is indexed. A change needs a migration."""

_ONE_FOR_TWO = {old: new for old, new in REPLACED if len(old) == 2}
_MARK = re.compile("[\u0300-\u036f]")
_NOT_JUST_LOWER = re.compile("[_ё\xb5\xe0-\u024f\u03c2\u03d0-\u03f5\u1e00-\u1eff]")
"""Small letters that something else than `str.lower` leads to; and the underline, which separates
words in the index, but not in regular expressions."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in which letters that are alike are equal, and words stand apart."""

    text: str
    """Its words are what `\\w+` finds."""
    origins: tuple[int, ...] | None = None
    """Where each character stood, and the length at the end; None when none was dropped."""

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Return where the part from `start` to `end` stands in the text as it was written."""
        return (start, end) if self.origins is None else (self.origins[start], self.origins[end])


def folded(text: str) -> Folded:
    """Return `text` folded; about 20 ns for a character unless it has marks of their own."""
    lower = text.lower()
    if len(lower) == len(text) and not _MARK.search(lower):
        return Folded(_NOT_JUST_LOWER.sub(_folded_match, lower))
    characters: list[str] = []
    origins: list[int] = []
    for number, character in enumerate(text):
        if not _MARK.match(character):
            characters.append(_folded(character))
            origins.append(number)
        elif characters:
            pair = characters[-1] + character
            characters[-1] = _ONE_FOR_TWO.get(pair, characters[-1])
    return Folded("".join(characters), (*origins, len(text)))


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of `text`, folded, in order; letters and digits make words."""
    return tuple(_WORD.findall(folded(text).text))


def mended(text: str) -> str:
    """Return `text` as the index sees it: with what is in `REPLACED` replaced."""
    for old, new in REPLACED:
        text = text.replace(old, new)
    return text


def _folded_match(match: re.Match[str]) -> str:
    return _folded(match[0])


@cache
def _folded(character: str) -> str:
    """Return the one character that stands for `character` and all that are like it."""
    if character in "_ёЁ":
        return " " if character == "_" else "е"
    base = unicodedata.normalize("NFD", character)[0]
    if base.isascii():
        return base.lower()
    forms = (character.casefold(), character.lower(), character)
    return next(form for form in forms if len(form) == 1)
