"""The lexers of Pygments, made in steps: the first of a language takes 40 ms or more at once.

Nearly all of that time goes into compiling the patterns of its table. `re` keeps what it has
compiled, so that compiling them one by one beforehand leaves little to do for Pygments.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, TypeGuard

from pygments.lexer import Lexer, RegexLexer
from pygments.lexers import find_lexer_class_by_name
from pygments.lexers.special import TextLexer
from pygments.util import ClassNotFound, Future

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST_NAME = 40
_under_way: dict[str, Iterator[None]] = {}
_ready: set[str] = set()


def prepare(language: str) -> bool:
    """Take a short step towards the lexer of a language; return whether another one is needed."""
    if language in _ready or len(language) > _LONGEST_NAME:
        return False
    steps = _under_way.get(language)
    if steps is None:
        steps = _under_way[language] = _steps(language)
    for _ in steps:
        return True
    del _under_way[language]
    _ready.add(language)
    return False


@lru_cache(maxsize=64)
def lexer_of(language: str) -> Lexer | None:
    """Return the lexer of a language, or None for plain text and unknown ones.

    Takes long unless `prepare` went before.
    """
    found = _class_of(language)
    return None if found is None else found()


def _class_of(language: str) -> type[Lexer] | None:
    if not language or len(language) > _LONGEST_NAME:
        return None
    try:
        found: type[Lexer] = find_lexer_class_by_name(language)
    except ClassNotFound:
        return None
    return None if issubclass(found, TextLexer) else found


def _steps(language: str) -> Iterator[None]:
    found = _class_of(language)
    yield
    if found is not None and _has_plain_table(found):
        for pattern in _patterns(found):
            try:
                re.compile(pattern, found.flags)
            except (re.error, OverflowError):
                return  # Pygments meets it, too, and then there are no colours
            yield
    lexer_of(language)


def _has_plain_table(kind: type[Lexer]) -> TypeGuard[type[RegexLexer]]:
    """Whether the lexer has one table of states; a few choose among several."""
    tables = [base.__dict__.get("tokens", {}) for base in kind.__mro__]
    return issubclass(kind, RegexLexer) and all(
        isinstance(rules, list) for table in tables for rules in table.values()
    )


def _patterns(kind: type[RegexLexer]) -> Iterator[str]:
    """Yield the patterns of a lexer's table, as Pygments compiles them."""
    for rules in kind.get_tokendefs().values():
        for rule in rules:
            if type(rule) is not tuple:
                continue  # a reference to another state's rules
            pattern = rule[0]
            yield pattern.get() if isinstance(pattern, Future) else pattern
