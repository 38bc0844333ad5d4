"""Text in columns: how many cells of a terminal it takes, and how it is made to fit."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

ELLIPSIS = "…"
TIME_WIDTH = 16
"""Cells of what `local_time` returns."""


def width_of(text: str) -> int:
    """Return how many cells a terminal needs for `text`, which has no control characters."""
    return sum(map(_cells, text))


def fitted(text: str, width: int) -> str:
    """Return `text`, cut where it would take more than `width` cells."""
    if width_of(text) <= width:
        return text
    kept: list[str] = []
    left = width - width_of(ELLIPSIS)
    for character in text:
        left -= _cells(character)
        if left < 0:
            break
        kept.append(character)
    return "".join(kept).rstrip() + ELLIPSIS


def padded(text: str, width: int) -> str:
    """Return `text` with the spaces that make it take `width` cells."""
    return text + " " * (width - width_of(text))


def local_time(seconds: float) -> str:
    """Return a time since 1970 as a person here reads it, to the minute; empty for none."""
    if seconds <= 0:
        return ""
    try:
        return datetime.fromtimestamp(seconds, UTC).astimezone().strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError, OSError):
        return ""


def _cells(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
