from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gui.transcript.lines import LONGEST_LINE, folded


@given(
    st.lists(st.tuples(st.sampled_from(["x", "word ", "слово ", "\n"]), st.integers(0, 9000))),
    st.integers(0, LONGEST_LINE),
)
def test_no_line_becomes_too_long_and_nothing_is_lost(
    parts: list[tuple[str, int]], room: int
) -> None:
    text = "".join(unit * count for unit, count in parts[:4])
    result = folded(text, room=room)

    lines = result.split("\n")
    assert len(lines[0]) <= max(room, 0)
    assert all(len(line) <= LONGEST_LINE for line in lines)
    assert result.replace("\n", "") == text.replace("\n", "")


def test_a_short_text_stays_as_it_is() -> None:
    assert folded("one\ntwo") == "one\ntwo"


def test_lines_break_between_words() -> None:
    lines = folded("word " * 2000).split("\n")
    assert all(line.endswith("word ") for line in lines if line)
