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
