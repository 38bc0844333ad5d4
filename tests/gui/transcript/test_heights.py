from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.transcript.heights import Heights, Place, estimated_lines

some_heights = st.lists(st.integers(0, 900), max_size=70)


def assert_like(heights: Heights, expected: list[int]) -> None:
    tops = [0, *accumulate(expected)]
    assert len(heights) == len(expected)
    assert heights.total == tops[-1]
    assert [heights.top(index) for index in range(len(tops))] == tops
    assert [heights.height(index) for index in range(len(expected))] == expected
    for index, height in enumerate(expected):
        if height:
            assert heights.index_at(tops[index]) == index
            assert heights.index_at(tops[index + 1] - 1) == index


@given(some_heights)
def test_every_message_is_found_where_the_heights_before_it_end(expected: list[int]) -> None:
    assert_like(Heights(expected), expected)


@given(some_heights, st.data())
def test_changes_in_any_order_leave_the_same_as_beginning_anew(
    expected: list[int], data: st.DataObject
) -> None:
    heights = Heights(expected)
    expected = list(expected)
    for _ in range(data.draw(st.integers(0, 12))):
        height = data.draw(st.integers(0, 900))
        what = data.draw(st.sampled_from(["append", "set", "remove", "insert"]))
        if what == "append" or not expected:
            heights.append(height)
            expected.append(height)
            continue
        index = data.draw(st.integers(0, len(expected) - 1))
        if what == "set":
            assert heights.set(index, height) == height - expected[index]
            expected[index] = height
        elif what == "insert":
            heights.insert(index, height)
            expected.insert(index, height)
        else:
            heights.remove(index)
            del expected[index]
    assert_like(heights, expected)


def test_a_point_outside_belongs_to_the_first_or_last_message() -> None:
    heights = Heights([10, 20, 30])
    assert heights.index_at(-5) == 0
    assert heights.index_at(60) == 2
    assert heights.index_at(10_000) == 2
    assert Heights().index_at(7) == 0


def test_a_place_stays_while_heights_above_it_change() -> None:
    heights = Heights([100] * 50)
    place = heights.place_at(3_042)
    assert place == Place(30, 42)
    for index in range(30):
        heights.set(index, 37)
    assert heights.y_of(place) == 30 * 37 + 42
    assert heights.place_at(heights.y_of(place)) == place


def test_a_place_in_a_message_that_shrank_is_its_end() -> None:
    heights = Heights([100, 100])
    heights.set(1, 30)
    assert heights.y_of(Place(1, 80)) == 130
    assert heights.y_of(Place(9, 80)) == 130
    assert Heights().y_of(Place(3, 4)) == 0


def test_ten_thousand_messages_are_placed_like_a_running_sum() -> None:
    expected = [(index * 7919) % 1201 + 20 for index in range(10_000)]
    heights = Heights()
    for height in expected:
        heights.append(height)
    tops = [0, *accumulate(expected)]
    for index in range(0, 10_000, 37):
        assert heights.top(index) == tops[index]
        assert heights.index_at(tops[index] + 3) == index


@pytest.mark.parametrize(
    ("text", "lines"), [("", 1), ("x" * 79, 1), ("x" * 800, 11), ("a\n\nb\n\nc", 4)]
)
def test_lines_are_estimated_from_length_and_newlines(text: str, lines: int) -> None:
    assert estimated_lines(text, 80) == lines
