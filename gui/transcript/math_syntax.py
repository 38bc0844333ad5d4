r"""Which dollars and brackets are mathematics: ``$…$``, ``$$…$$``, ``\(…\)``, ``\[…\]``.

Answers are full of prices, so a single dollar has to look like a formula: no digit or letter just
before it, no blank behind the opening one or before the closing one, no digit behind the closing
one, no price (``$5 and``) and no running prose inside.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from gui.transcript.references import Unfinished
from gui.transcript.segments import RunKind

MAX_FORMULA = 1000
MAX_DOLLAR_FORMULA = 300
_PRICE = re.compile(
    r"\$\d+(?:[.,]\d+)*(?:[kKmMbB]\b)?\+?"
    r"(?:[.,;:!?)]*\s+(?:[^\W\d_]{2,}|[–—])|[.,;:!?)]*[–—/]\d|[-–—/][^\W\d_]{2,})"
)
_PROSE = re.compile(r"(?:(?:^|\s)[^\W\d_]{3,}[,;:]?(?=\s)){2}\s+[^\W\d_]{3}")
_CLOSE_DOLLAR = re.compile(r"(?:[^\\$]|\\.)*?\$", re.DOTALL)
_CLOSE_DOLLARS = re.compile(r"(?:[^\\$]|\\.|\$(?!\$))*?\$\$", re.DOTALL)
_CLOSE_ROUND = re.compile(r"(?:[^\\]|\\[^)])*?\\\)", re.DOTALL)
_CLOSE_SQUARE = re.compile(r"(?:[^\\]|\\[^\]])*?\\\]", re.DOTALL)


class Formula(NamedTuple):
    """A formula found in running text."""

    tex: str
    source: str
    kind: RunKind
    end: int


def formula(text: str, pos: int, before: str, *, final: bool) -> Formula | None:
    """Return the formula that begins at `pos` (a dollar or backslash), or None.

    Args:
        text: the paragraph as far as it is known.
        pos: where the opening delimiter would begin.
        before: the character before it, or nothing.
        final: nothing will follow.

    Raises:
        Unfinished: what follows decides.
    """
    if text[pos] == "\\":
        return _bracketed(text, pos, final=final)
    if pos + 1 >= len(text):
        if final:
            return None
        raise Unfinished
    if text[pos + 1] == "$":
        found = _closed(_CLOSE_DOLLARS, text, pos + 2, MAX_FORMULA, final=final)
        return _made(text, pos, 2, found, RunKind.DISPLAY_MATH)
    return _dollar(text, pos, before, final=final)


def _closed(
    pattern: re.Pattern[str], text: str, pos: int, limit: int, *, final: bool
) -> int | None:
    """Return where the closing delimiter ends, looking `limit` characters far."""
    found = pattern.match(text, pos, pos + limit)
    if found:
        return found.end()
    if not final and len(text) < pos + limit:
        raise Unfinished
    return None


def _made(text: str, pos: int, width: int, end: int | None, kind: RunKind) -> Formula | None:
    if end is None:
        return None
    tex = text[pos + width : end - width].strip()
    if not tex:
        return None
    return Formula(tex.replace("\n", " "), text[pos:end].replace("\n", " "), kind, end)


def _dollar(  # noqa: PLR0911 - one a reason
    text: str, pos: int, before: str, *, final: bool
) -> Formula | None:
    if text[pos + 1].isspace() or before.isalnum() or before == "$":
        return None
    if _PRICE.match(text, pos):
        return None
    start, limit = pos + 1, pos + 1 + MAX_DOLLAR_FORMULA
    found = _CLOSE_DOLLAR.match(text, start, limit)
    inside = found.end() if found else min(len(text), limit)
    prose = _PROSE.search(text, start, inside)
    if prose and "\\" not in text[start : prose.end()]:
        return None
    if found is None:
        if not final and len(text) < limit:
            raise Unfinished
        return None
    if text[found.end() - 2].isspace():
        return None
    if found.end() >= len(text) and not final:
        raise Unfinished
    if text[found.end() : found.end() + 1].isdigit():
        return None
    return _made(text, pos, 1, found.end(), RunKind.MATH)


def _bracketed(text: str, pos: int, *, final: bool) -> Formula | None:
    if text.startswith("(", pos + 1):
        found = _closed(_CLOSE_ROUND, text, pos + 2, MAX_FORMULA, final=final)
        return _made(text, pos, 2, found, RunKind.MATH)
    found = _closed(_CLOSE_SQUARE, text, pos + 2, MAX_FORMULA, final=final)
    if found is None:
        return None
    if found >= len(text) and not final:
        raise Unfinished
    if text.startswith("(", found):  # \[an escaped link\](…)
        return None
    return _made(text, pos, 2, found, RunKind.DISPLAY_MATH)
