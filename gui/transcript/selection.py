"""What the user has marked: from one position to another, over any number of messages."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gui.transcript.position import Position


class Unit(Enum):
    """By what a selection grows while the mouse is dragged."""

    CHARACTER = "character"
    WORD = "word"
    BLOCK = "block"


class Selection:
    """An anchor, which stays, and a caret, which moves.

    Positions name segments, which text that arrives later never changes: it only adds to them.
    """

    def __init__(self) -> None:
        self.anchor: Position | None = None
        self.caret: Position | None = None
        self.unit = Unit.CHARACTER
        self.origin: tuple[Position, Position] | None = None
        """The word or block that a double or triple click began with."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is marked."""
        return self.anchor is None or self.caret is None or self.anchor == self.caret

    def clear(self) -> None:
        """Mark nothing."""
        self.anchor = self.caret = self.origin = None
        self.unit = Unit.CHARACTER

    def set(self, anchor: Position, caret: Position) -> None:
        """Mark from one position to another, in either direction."""
        self.anchor, self.caret = anchor, caret

    def begin(self, start: Position, end: Position, unit: Unit) -> None:
        """Begin to mark by characters, words or blocks."""
        self.unit = unit
        self.origin = (start, end)
        self.set(start, end)

    def drag(self, start: Position, end: Position) -> None:
        """Grow to a word or block (or character) under the pointer; what it began with stays."""
        if self.origin is None:
            self.begin(start, end, Unit.CHARACTER)
            return
        first, last = self.origin
        if start < first:
            self.set(last, start)
        else:
            self.set(first, max(end, last))

    def bounds(self) -> tuple[Position, Position] | None:
        """Return the first and the last position, in the order of reading."""
        if self.anchor is None or self.caret is None or self.anchor == self.caret:
            return None
        return min(self.anchor, self.caret), max(self.anchor, self.caret)

    def within(self, message: int, part: int, segment: int, length: int) -> tuple[int, int] | None:
        """Return which characters of a segment are marked."""
        bounds = self.bounds()
        return None if bounds is None else marked_within(bounds, (message, part, segment), length)

    def message_removed(self, index: int) -> None:
        """Follow the removal of a message."""
        for position in (self.anchor, self.caret):
            if position is not None and position.message == index:
                self.clear()
                return
        if self.anchor is not None and self.caret is not None:
            self.set(_moved(self.anchor, index), _moved(self.caret, index))


def marked_within(
    bounds: tuple[Position, Position], here: tuple[int, int, int], length: int
) -> tuple[int, int] | None:
    """Return which characters of a segment are between two positions.

    `here` is its message, part and number.
    """
    first, last = bounds
    if here < first[:3] or here > last[:3]:
        return None
    start = first.offset if here == first[:3] else 0
    end = last.offset if here == last[:3] else length
    return (start, end) if start < end or (start == end == length == 0) else None


def _moved(position: Position, removed: int) -> Position:
    if position.message < removed:
        return position
    return position._replace(message=position.message - 1)
