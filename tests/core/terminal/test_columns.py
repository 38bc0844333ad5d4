"""Text that is to fit a number of cells."""

from __future__ import annotations

import pytest

from core.terminal.columns import fitted, local_time, padded, width_of


@pytest.mark.parametrize(
    ("text", "width"),
    [("", 0), ("abc", 3), ("漢字", 4), ("е\u0308", 1), ("🙂", 2), ("a\u200db", 2)],
)
def test_a_text_takes_the_cells_of_its_signs(text: str, width: int) -> None:
    assert width_of(text) == width
    assert width_of(padded(text, 9)) == 9


def test_a_text_is_cut_between_signs_to_what_fits() -> None:
    assert fitted("abc", 3) == "abc"
    assert fitted("abcd", 3) == "ab…"
    assert fitted("漢字漢字", 6) == "漢字…"
    assert fitted("ab cd", 4) == "ab…"


@pytest.mark.parametrize("seconds", [0, -1, 1e300])
def test_a_time_that_nobody_knows_is_empty(seconds: float) -> None:
    assert local_time(seconds) == ""
