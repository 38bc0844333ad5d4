"""Heights of the messages of a conversation: from a message to its place and back.

A Fenwick tree: every question and every change costs the logarithm of the number of messages,
and there may be 10,000.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Place(NamedTuple):
    """A point of the conversation that survives changes of the heights above it."""

    message: int
    offset: int
    """Pixels below the message's top."""


class Heights:
    """Heights in whole pixels, in order. Unlaid messages have estimated ones."""

    def __init__(self, heights: Iterable[int] = ()) -> None:
        self._heights: list[int] = []
        self._sums: list[int] = [0]
        self._top_bit = 0
        self._total = 0
        self.set_all(heights)

    def __len__(self) -> int:
        return len(self._heights)

    @property
    def total(self) -> int:
        """Height of everything."""
        return self._total

    def set_all(self, heights: Iterable[int]) -> None:
        """Begin anew with these heights."""
        self._heights = list(heights)
        count = len(self._heights)
        sums = [0, *self._heights]
        for index in range(1, count + 1):
            above = index + (index & -index)
            if above <= count:
                sums[above] += sums[index]
        self._sums = sums
        self._total = sum(self._heights)
        self._top_bit = 1 << max(0, count.bit_length() - 1)

    def append(self, height: int) -> None:
        """Add a message at the end."""
        self._heights.append(height)
        index = len(self._heights)
        below, value = index - 1, height
        floor = index - (index & -index)
        while below > floor:
            value += self._sums[below]
            below -= below & -below
        self._sums.append(value)
        self._total += height
        self._top_bit = 1 << max(0, index.bit_length() - 1)

    def insert(self, index: int, height: int) -> None:
        """Add a message before the one at `index`. Costs as much as there are messages."""
        self.set_all([*self._heights[:index], height, *self._heights[index:]])

    def remove(self, index: int) -> None:
        """Take a message out. Costs as much as there are messages, unless it is the last."""
        if index == len(self._heights) - 1:
            self._total -= self._heights.pop()
            self._sums.pop()
            self._top_bit = 1 << max(0, len(self._heights).bit_length() - 1)
            return
        self.set_all(self._heights[:index] + self._heights[index + 1 :])

    def height(self, index: int) -> int:
        """Return the height of a message."""
        return self._heights[index]

    def set(self, index: int, height: int) -> int:
        """Change the height of a message; return by how much."""
        change = height - self._heights[index]
        if change:
            self._heights[index] = height
            self._total += change
            place, count = index + 1, len(self._heights)
            while place <= count:
                self._sums[place] += change
                place += place & -place
        return change

    def top(self, index: int) -> int:
        """Return where a message begins; for `len` the end of everything."""
        total = 0
        while index > 0:
            total += self._sums[index]
            index -= index & -index
        return total

    def index_at(self, y: int) -> int:
        """Return the message at a height; the first or last one for what is outside; 0 if empty.

        Of messages without height the one below is meant.
        """
        if y < 0:
            return 0
        index, bit, count = 0, self._top_bit, len(self._heights)
        while bit:
            if index + bit <= count and self._sums[index + bit] <= y:
                index += bit
                y -= self._sums[index]
            bit >>= 1
        return max(0, min(index, count - 1))

    def place_at(self, y: int) -> Place:
        """Return the message at a height, and how far below its top that is."""
        index = self.index_at(y)
        return Place(index, y - self.top(index))

    def y_of(self, place: Place) -> int:
        """Return where a place is now. An offset beyond its message ends with it."""
        if not self._heights:
            return 0
        index = min(place.message, len(self._heights) - 1)
        return self.top(index) + min(place.offset, self._heights[index])


def estimated_lines(text: str, columns: int) -> int:
    """Return about how many lines a message takes that is `columns` characters wide.

    Counts newlines and the room of the text alone: 10,000 messages take milliseconds.
    """
    return text.count("\n") * 3 // 4 + len(text) // max(1, columns) + 1
