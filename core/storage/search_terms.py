"""What somebody typed into the search, made into a question to the index."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Self

from core.storage.folding import mended, words_of
from core.storage.values import storable

MOST_TERMS: Final = 16
"""Further words are passed over; nobody types so many, but somebody may paste a page."""
LONGEST_TEXT: Final = 1_000
"""Characters of the search that are looked at."""

_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))


@dataclass(frozen=True, slots=True)
class Term:
    """One word, or words that must follow each other."""

    written: str
    """Without quotation marks, so that it can stand between two of them."""
    words: tuple[str, ...]
    """Folded; there is at least one."""
    is_prefix: bool = True
    """Whether the last word may go on."""

    @property
    def pattern(self) -> str:
        """A regular expression without groups that finds the term in a folded text."""
        return r"\W+".join(self.words) + (r"\w*" if self.is_prefix else r"\b")

    def implies(self, other: Term) -> bool:
        """Return whether what has this term has the other one anyway."""
        if self.is_prefix and other.is_prefix and len(self.words) == len(other.words) == 1:
            return self.words[0].startswith(other.words[0])
        return (self.words, self.is_prefix) == (other.words, other.is_prefix)


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What is looked for: all of its terms, in any order."""

    terms: tuple[Term, ...]

    @classmethod
    def of(cls, text: str) -> Self | None:
        """Return what `text` asks for; None when it holds no word.

        Words between quotation marks, also those of books, must follow each other and be
        complete; where the second mark is missing, the last of them may go on. A word with signs
        in it (`core.models`, `из-за`) is a term of words that follow each other. Nothing else
        has a meaning: `AND`, `*`, `title:` and the like are words and signs as any other.
        """
        parts = mended(storable(text[:LONGEST_TEXT])).translate(_QUOTES).split('"')
        terms: list[Term] = []
        for number, part in enumerate(parts):
            is_phrase, is_open = number % 2 == 1, number == len(parts) - 1
            found = map(words_of, pieces := [part] if is_phrase else part.split())
            terms += (
                Term(written, words, is_prefix=is_open or not is_phrase)
                for written, words in zip(pieces, found, strict=True)
                if words
            )
        return cls(_needed(terms)) if terms else None

    def expression(self, *, with_prefixes: bool) -> str:
        """Return the question as FTS5 takes it: with words that may go on, or complete ones."""
        return " AND ".join(
            f'"{term.written}"' + ("*" if with_prefixes and term.is_prefix else "")
            for term in self.terms
        )

    def pattern(self) -> re.Pattern[str]:
        """Return what finds the terms in a folded text; the last group tells which one it is."""
        return re.compile(rf"\b(?:{'|'.join(f'({term.pattern})' for term in self.terms)})")


def _needed(terms: list[Term]) -> tuple[Term, ...]:
    """Return the terms that no other one implies, phrases first."""
    needed: list[Term] = []
    for term in sorted(terms, key=lambda term: -len(term.words)):
        if any(other.implies(term) for other in needed):
            continue
        needed = [other for other in needed if not term.implies(other)]
        if len(needed) < MOST_TERMS:
            needed.append(term)
    return tuple(needed)
