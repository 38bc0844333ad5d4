"""How an answer that broke off and what a service writes then become one text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.continuation import ContinuationJoiner, open_fence


def joined(previous: str, *pieces: str) -> str:
    joiner = ContinuationJoiner(previous)
    return previous + "".join(map(joiner.feed, pieces)) + joiner.finish()


@pytest.mark.parametrize(
    ("previous", "continuation", "whole"),
    [
        ("The quick brown fox", "brown fox jumps", "The quick brown fox jumps"),
        ("The quick", "brown fox", "The quick brown fox"),
        ("The quick", " brown fox", "The quick brown fox"),
        ("The quick ", " brown fox", "The quick brown fox"),
        ("Это первая стро", "строка", "Это первая строка"),
        ("Это первая строка,", "первая строка, и ещё", "Это первая строка, и ещё"),
        ("A concatenation", "nation by nation", "A concatenation nation by nation"),
        ("I know that", " that is so", "I know that that is so"),
        ("in the end of it", " in the end of it, he", "in the end of it, he"),
        ("One.\n\nTwo is", "Two is more", "One.\n\nTwo is more"),
        ("One.", "\n\nTwo.", "One.\n\nTwo."),
        ("One.\n\n", "\n\nTwo.", "One.\n\nTwo."),
        ("One.\n", "\n\nTwo.", "One.\n\nTwo."),
        ("- one\n- t", "- two\n- three", "- one\n- two\n- three"),
        ("- one\n- two", "- two\n- three", "- one\n- two\n- three"),
        ("1. one\n2.", "2. two", "1. one\n2. two"),
        ("- one\n", "  - inner", "- one\n  - inner"),
        ("abcd ", "abcd efg", "abcd efg"),
        ("", "all of it", "all of it"),
        ("One", "", "One"),
        ("One", "One", "One"),
        ("end", "\n", "end\n"),
    ],
)
def test_prose_goes_on(previous: str, continuation: str, whole: str) -> None:
    assert joined(previous, continuation) == whole


@pytest.mark.parametrize(
    ("previous", "continuation", "whole"),
    [
        ("```python\ndef f():\n", "    return 1\n```", "```python\ndef f():\n    return 1\n```"),
        (
            "```python\ndef f():\n",
            "```python\ndef f():\n    return 1\n```",
            "```python\ndef f():\n    return 1\n```",
        ),
        (
            "```python\ndef f():\n    ",
            "```python\n    return 1",
            "```python\ndef f():\n    return 1",
        ),
        ("```python\ndef f():", "```python\n    return 1", "```python\ndef f():\n    return 1"),
        ("```py\n    x = foo", "    x = foo(1)", "```py\n    x = foo(1)"),
        ("```py\nx = 1", "\n```\nThat is all.", "```py\nx = 1\n```\nThat is all."),
        ("```py\nx = 1\n", "```\nThat is all.", "```py\nx = 1\n```\nThat is all."),
        ("~~~\na", "~~~text\nb", "~~~\na\nb"),
        ("```\nprint(`", "`x`)", "```\nprint(``x`)"),
        ("```py\nx = 1\n```\n", "```py\ny = 2\n```", "```py\nx = 1\n```\n```py\ny = 2\n```"),
    ],
)
def test_code_goes_on_in_its_block(previous: str, continuation: str, whole: str) -> None:
    assert joined(previous, continuation) == whole


def test_a_long_paragraph_that_is_said_again_stands_there_once() -> None:
    paragraph = " ".join(f"word{number}" for number in range(400))
    assert joined(f"Before.\n\n{paragraph}", f"{paragraph} and more") == (
        f"Before.\n\n{paragraph} and more"
    )


def test_what_is_new_is_not_held_back() -> None:
    joiner = ContinuationJoiner("The quick brown fox")
    assert joiner.feed("jumps") == " jumps"
    assert joiner.feed(" over") == " over"


def test_endless_white_space_is_given_at_last() -> None:
    joiner = ContinuationJoiner("The quick")
    assert joiner.feed(" " * 8_000).isspace()


@pytest.mark.parametrize(
    ("text", "fence"),
    [
        ("", ""),
        ("```", "```"),
        ("```py\nx\n```", ""),
        ("````\n```\n", "````"),
        ("```\n~~~\n", "```"),
        ("```\n```py\n", "```"),
        ("``` a`b\n", ""),
        ("    ```\n", ""),
        ("a\n  ~~~ x\nb", "~~~"),
    ],
)
def test_a_block_that_is_open_is_found(text: str, fence: str) -> None:
    assert open_fence(text) == fence


ALPHABET = st.sampled_from(
    ["a", "b", "the ", "я", " ", "\n", "\n\n", "    ", "```", "```py\n", "~", "- ", "."]
)
SAID = st.lists(ALPHABET, max_size=14).map("".join)


@st.composite
def continued(draw: st.DrawFn) -> tuple[str, str]:
    """Give an answer and a continuation, which often says the end of it again."""
    previous = draw(SAID)
    start = draw(st.integers(0, len(previous)))
    opening = draw(st.sampled_from(["", "", "```py\n", "\n", " "]))
    return previous, opening + draw(st.sampled_from([previous[start:], ""])) + draw(SAID)


@given(continued(), st.data())
def test_how_it_is_cut_into_pieces_makes_no_difference(
    texts: tuple[str, str], data: st.DataObject
) -> None:
    previous, continuation = texts
    cuts = data.draw(st.lists(st.integers(0, len(continuation)), max_size=6).map(sorted))
    bounds = [0, *cuts, len(continuation)]
    pieces = [continuation[a:b] for a, b in pairwise(bounds)]
    whole = joined(previous, continuation)
    assert joined(previous, *pieces) == whole
    assert joined(previous, *continuation) == whole


@given(st.text("ab ", min_size=60, max_size=300), st.integers(0, 250), st.text("ab ", max_size=90))
def test_long_repetitions_are_cut_anywhere(previous: str, start: int, rest: str) -> None:
    continuation = previous[start:] + rest
    assert joined(previous, *continuation) == joined(previous, continuation)


@given(continued())
def test_nothing_is_lost_but_what_stands_there(texts: tuple[str, str]) -> None:
    previous, continuation = texts
    added = "".join(joined(previous, continuation)[len(previous) :].split())
    said = "".join(continuation.split())
    assert said.endswith(added)
    lost = said[: len(said) - len(added)]
    before = "".join(previous.split())
    openings = {"", *(f"{open_fence(previous)}{name}" for name in ("py", "pya", "pyb"))}
    assert not lost or any(
        lost.startswith(opening) and before.endswith(lost[len(opening) :])
        for opening in openings | {_first_word(continuation)}
    )


def _first_word(text: str) -> str:
    """Return the first line without white space: it may open a block again."""
    line = "".join(text.lstrip().partition("\n")[0].split())
    return line if line.startswith(("```", "~~~")) else ""


@given(SAID, SAID)
def test_the_text_before_stays_as_it_is(previous: str, continuation: str) -> None:
    assume(previous.strip())
    assert joined(previous, continuation).startswith(previous)


@given(SAID)
def test_after_nothing_all_is_added_as_it_is(continuation: str) -> None:
    assert joined("", continuation) == continuation
