from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, datetime

import pytest

from gui.sidebar.day_groups import Calendar, Group, GroupKind, local_day

TODAY = date(2026, 5, 20)


def at(*when: int) -> float:
    return datetime(*when).timestamp()  # noqa: DTZ001 - the clock on the wall is meant


@pytest.fixture(params=["UTC", "Europe/Moscow", "America/New_York", "Pacific/Auckland"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize(
    ("when", "kind"),
    [
        ((2026, 5, 20, 23, 59, 59), GroupKind.TODAY),
        ((2026, 5, 20), GroupKind.TODAY),
        ((2026, 5, 19, 23, 59, 59), GroupKind.YESTERDAY),
        ((2026, 5, 19), GroupKind.YESTERDAY),
        ((2026, 5, 18, 23, 59, 59), GroupKind.WEEK),
        ((2026, 5, 13), GroupKind.WEEK),
        ((2026, 5, 12, 23, 59, 59), GroupKind.MONTH),
        ((2026, 4, 20), GroupKind.MONTH),
        ((2026, 4, 19, 23, 59, 59), GroupKind.OLDER),
        ((2030, 1, 1), GroupKind.TODAY),
    ],
)
def test_a_group_ends_at_midnight(when: tuple[int, ...], kind: GroupKind) -> None:
    assert Calendar(TODAY).group_of(at(*when))[0].kind is kind


@pytest.mark.usefixtures("zone")
def test_older_conversations_are_grouped_by_month_and_year() -> None:
    calendar = Calendar(TODAY)
    group, start = calendar.group_of(at(2025, 12, 31, 23, 59, 59))
    assert group == Group(GroupKind.OLDER, date(2025, 12, 1))
    assert start == at(2025, 12, 1)
    assert calendar.group_of(at(2025, 12, 1))[0] == group
    assert calendar.group_of(at(2025, 11, 30, 23, 59))[0] != group


@pytest.mark.usefixtures("zone")
def test_groups_begin_where_the_first_of_their_conversations_stands() -> None:
    times = [
        at(2020, 1, 1),
        at(2026, 5, 20, 9),
        at(2026, 5, 20),
        at(2026, 5, 19, 5),
        at(2026, 3, 31),
        at(2026, 3, 1),
        at(2024, 2, 29),
    ]
    found = Calendar(TODAY).groups(times, pinned=1)
    assert [(group.kind, first) for group, first in found] == [
        (GroupKind.PINNED, 0),
        (GroupKind.TODAY, 1),
        (GroupKind.YESTERDAY, 3),
        (GroupKind.OLDER, 4),
        (GroupKind.OLDER, 6),
    ]


def test_times_out_of_order_do_not_hang_the_window() -> None:
    times = [at(2026, 5, 1), at(2026, 5, 20), at(2020, 1, 1), at(2026, 5, 20)]
    found = Calendar(TODAY).groups(times, pinned=0)
    firsts = [first for _, first in found]
    assert firsts == sorted(set(firsts))


@pytest.mark.usefixtures("zone")
def test_the_day_ends_at_the_next_midnight_also_when_clocks_change() -> None:
    for day in (TODAY, date(2026, 3, 8), date(2026, 11, 1), date(2026, 12, 31)):
        midnight = Calendar(day).next_midnight()
        assert local_day(midnight - 1) == day
        assert local_day(midnight) > day
