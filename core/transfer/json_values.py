"""Reading JSON that somebody else wrote: what is not as it should be is left out, never believed.

A text comes without NUL and lone surrogates, and a time is one that a computer's clock may show.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from core.text import UNREADABLE, without_surrogates

EARLIEST = 946_684_800.0
"""The year 2000: nobody talked to a language model before."""
LATEST = 4_102_444_800.0
"""The year 2100."""
LATEST_OWN = 253_402_300_800.0
"""The year 10000: what our own files may say, where a clock was wrong."""
MAX_ID = 2**63 - 1


def clean(text: str) -> str:
    """Return `text` as it can be kept and encoded: without NUL and lone surrogates."""
    if "\0" in text:
        text = text.replace("\0", UNREADABLE)
    try:
        text.encode()
    except UnicodeEncodeError:
        return without_surrogates(text)
    return text


def text_of(value: object) -> str:
    """Return a text as it can be kept; empty for anything else."""
    return clean(value) if isinstance(value, str) else ""


def line_of(value: object) -> str:
    """Return a text on one line, without surrounding space: a title, a name."""
    return " ".join(text_of(value).split())


def is_given(title: str) -> bool:
    """Whether a title says something, so that the program need not make one of its own."""
    return title.lower() not in {"", "new chat", "untitled", "new conversation"}


def mapping_of(value: object) -> Mapping[str, Any]:
    """Return an object of JSON; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def list_of(value: object) -> list[Any]:
    """Return a list of JSON; an empty one for anything else."""
    return value if isinstance(value, list) else []


def flag_of(value: object) -> bool:
    """Return whether the value is JSON's `true`, and nothing that only looks like it."""
    return value is True


def count_of(value: object) -> int | None:
    """Return a whole number of things that fits a database; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 <= value <= MAX_ID else None


def seconds_of(value: object, *, unit: float = 1.0) -> float:
    """Return a time since 1970 in seconds, of a number or a text of ISO 8601; 0 for an absurd one.

    `unit` is how many seconds the number 1 means.
    """
    if isinstance(value, str):
        value, unit = _iso_seconds(value), 1.0
    seconds = _number(value) * unit
    return seconds if EARLIEST <= seconds < LATEST else 0.0


def own_seconds_of(value: object) -> float:
    """Return a time as our own files hold it: exactly as it is, unless it is no time at all."""
    seconds = _number(value)
    return seconds if 0 <= seconds < LATEST_OWN else 0.0


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0.0
    try:
        number = float(value)
    except OverflowError:
        return 0.0
    return number if math.isfinite(number) else 0.0


def _iso_seconds(text: str) -> float:
    try:
        time = datetime.fromisoformat(text)
        return (time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return 0.0
