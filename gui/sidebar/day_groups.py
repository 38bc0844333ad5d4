"""Days and months that conversations are grouped by, as the clock on the wall counts them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from operator import neg


class GroupKind(StrEnum):
    """The kinds of groups, in the order in which they stand."""

    PINNED = "pinned"
    TODAY = "today"
    YESTERDAY = "yesterday"
    WEEK = "week"
    MONTH = "month"
    OLDER = "older"


@dataclass(frozen=True, slots=True)
class Group:
    """A group of conversations. It is the same group when kind and month are."""

    kind: GroupKind
    month: date | None = None
    """The first day of the month of an older group."""


PINNED = Group(GroupKind.PINNED)
_RECENT = (
    (Group(GroupKind.TODAY), 0),
    (Group(GroupKind.YESTERDAY), 1),
    (Group(GroupKind.WEEK), 7),
    (Group(GroupKind.MONTH), 30),
)
"""Each with the number of days before today that it goes back."""


class Calendar:
    """Sorts times into groups, seen from one day."""

    def __init__(self, today: date) -> None:
        self.today = today
        self._recent = [(group, _midnight(today - timedelta(days))) for group, days in _RECENT]

    def group_of(self, moment: float) -> tuple[Group, float]:
        """Return the group of a time, and the first second of that group."""
        for group, start in self._recent:
            if moment >= start:
                return group, start
        month = local_day(moment).replace(day=1)
        return Group(GroupKind.OLDER, month), _midnight(month)

    def groups(self, times: Sequence[float], *, pinned: int) -> list[tuple[Group, int]]:
        """Return each group with its first place, for `times` from the newest to the oldest.

        The first `pinned` of them are in no order. Takes as many steps as there are groups.
        """
        found = [(PINNED, 0)] if pinned else []
        place = pinned
        while place < len(times):
            group, start = self.group_of(times[place])
            found.append((group, place))
            # A clock that was set back leaves a time out of order: never stand still.
            place = max(place + 1, bisect_right(times, -start, lo=place, key=neg))
        return found

    def next_midnight(self) -> float:
        """Return when all this changes, in seconds since 1970."""
        return _midnight(self.today + timedelta(1))


def local_day(moment: float) -> date:
    """Return the day of a time, here."""
    return datetime.fromtimestamp(max(moment, 0.0)).astimezone().date()


def _midnight(day: date) -> float:
    return datetime.combine(day, time()).astimezone().timestamp()
