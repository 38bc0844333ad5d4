"""Ids in groups, and the rows of a list in which each group has a header of its own."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from operator import neg

from gui.sidebar.day_groups import PINNED, Calendar, Group


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a conversation stands, or would stand."""

    place: int
    """Counted without headers."""
    group: int
    """The number of its group; -1 where there are no groups."""

    @property
    def row(self) -> int:
        """The row in a list with headers."""
        return self.place + self.group + 1


class GroupedRows:
    """Ids and times in order: pinned ones first, then from the newest to the oldest.

    All questions take logarithmic time, but `find`, which looks through the ids.
    """

    def __init__(self) -> None:
        self.ids = array("q")
        self.times = array("d")
        self.groups: list[Group] = []
        self.firsts: list[int] = []
        self.header_rows: list[int] = []
        self.is_grouped = True
        self._pinned = 0

    def __len__(self) -> int:
        return len(self.ids) + len(self.groups)

    @property
    def pinned(self) -> int:
        """How many are pinned."""
        return self._pinned

    def fill(self, ids: array[int], times: array[float], *, pinned: int) -> None:
        """Take what is shown; `regroup` makes the groups of it."""
        self.ids, self.times, self._pinned = ids, times, pinned

    def regroup(self, calendar: Calendar) -> None:
        """Make the groups anew."""
        found = calendar.groups(self.times, pinned=self._pinned) if self.is_grouped else []
        self.groups = [group for group, _ in found]
        self.firsts = [first for _, first in found]
        self._number_headers()

    def spot(self, row: int) -> Spot | None:
        """Return what stands in a row; None for a header."""
        group = bisect_right(self.header_rows, row) - 1
        if group >= 0 and self.header_rows[group] == row:
            return None
        return Spot(row - group - 1, group)

    def spot_of(self, place: int) -> Spot:
        """Return the spot of the conversation at `place`."""
        return Spot(place, bisect_right(self.firsts, place) - 1)

    def header(self, row: int) -> Group:
        """Return the group whose header stands in a row."""
        return self.groups[bisect_left(self.header_rows, row)]

    def find(self, wanted: int, *, near: int = 0) -> int | None:
        """Return the place of an id; quick when it is at `near`."""
        if 0 <= near < len(self.ids) and self.ids[near] == wanted:
            return near
        try:
            return self.ids.index(wanted)
        except ValueError:
            return None

    def place_for(self, moment: float, *, is_pinned: bool, without: int | None = None) -> int:
        """Return where a time belongs, once the conversation at `without` has been taken out."""
        low, high = (0, self._pinned) if is_pinned else (self._pinned, len(self.ids))
        times = self.times
        if without is not None:
            low, high = low - (without < low), high - (without < high)
            times = times[:]
            del times[without]
        return bisect_left(times, -moment, lo=low, hi=high, key=neg)

    def group_for(self, moment: float, calendar: Calendar, *, is_pinned: bool) -> tuple[int, bool]:
        """Return the number of the group of a time, and whether it is there already."""
        if not self.is_grouped:
            return -1, True
        group = PINNED if is_pinned else calendar.group_of(moment)[0]
        if group in self.groups:
            return self.groups.index(group), True
        if is_pinned:
            return 0, False
        starts = [
            calendar.group_of(self.times[first])[1]
            for known, first in zip(self.groups, self.firsts, strict=True)
            if known != PINNED
        ]
        number = sum(start > moment for start in starts) + (PINNED in self.groups)
        return number, False

    def is_pinned_at(self, place: int) -> bool:
        """Whether the conversation at `place` is pinned."""
        return place < self._pinned

    def size_of(self, group: int) -> int:
        """Return how many conversations are in a group."""
        end = self.firsts[group + 1] if group + 1 < len(self.firsts) else len(self.ids)
        return end - self.firsts[group]

    def header_row_before(self, number: int) -> int:
        """Return the row of a header that is put before the group with this number."""
        first = self.firsts[number] if number < len(self.firsts) else len(self.ids)
        return first + number

    def insert_group(self, number: int, group: Group) -> None:
        """Put an empty group before the one with this number."""
        first = self.firsts[number] if number < len(self.firsts) else len(self.ids)
        self.groups.insert(number, group)
        self.firsts.insert(number, first)
        self._number_headers()

    def remove_group(self, number: int) -> None:
        """Take an empty group out."""
        del self.groups[number], self.firsts[number]
        self._number_headers()

    def insert(self, spot: Spot, conversation_id: int, moment: float, *, is_pinned: bool) -> None:
        """Put a conversation in."""
        self.ids.insert(spot.place, conversation_id)
        self.times.insert(spot.place, moment)
        self._pinned += is_pinned
        self._shift(spot.group, 1)

    def remove(self, spot: Spot) -> None:
        """Take a conversation out."""
        self._pinned -= self.is_pinned_at(spot.place)
        del self.ids[spot.place], self.times[spot.place]
        self._shift(spot.group, -1)

    def _shift(self, group: int, count: int) -> None:
        for number in range(group + 1, len(self.firsts)):
            self.firsts[number] += count
        self._number_headers()

    def _number_headers(self) -> None:
        self.header_rows = [first + number for number, first in enumerate(self.firsts)]
