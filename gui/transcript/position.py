"""A place in the text of a conversation."""

from __future__ import annotations

from typing import NamedTuple

REASONING, ANSWER = 0, 1
"""The parts of a message, in the order in which they stand."""


class Position(NamedTuple):
    """Before a character of a segment. Positions compare in the order of reading."""

    message: int
    part: int
    segment: int
    offset: int
    """Characters of the segment's text, as `segments` counts them."""


_BEHIND_ALL = 1 << 60


def end_of_message(message: int) -> Position:
    """Return a position behind all of a message, whether that is read to its end or not."""
    return Position(message, ANSWER, _BEHIND_ALL, 0)


def is_end_of_message(position: Position) -> bool:
    """Whether a position is no more exact than `end_of_message`."""
    return position.segment == _BEHIND_ALL
