"""Thoughts and answer in one text, cut anywhere."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.events import TextDelta
from core.providers.think import ThinkParser


def parsed(*pieces: str) -> tuple[str, str]:
    """Return thoughts and answer."""
    parser = ThinkParser()
    events = [event for piece in pieces for event in parser.feed(piece)]
    events += parser.finish()
    assert all(event.text for event in events)
    thoughts = "".join(event.text for event in events if not isinstance(event, TextDelta))
    return thoughts, "".join(event.text for event in events if isinstance(event, TextDelta))


@pytest.mark.parametrize(
    ("text", "thoughts", "answer"),
    [
        ("Hello", "", "Hello"),
        ("<think>Hm</think>Hello", "Hm", "Hello"),
        ("\n <think>\nHm\n\nha\n</think>\n\nHello\n", "Hm\n\nha", "Hello\n"),
        ("<think></think>Hello", "", "Hello"),
        ("<think>\n\n</think>\n\nHello", "", "Hello"),
        ("<think>a < b </thin k></think>x</think>", "a < b </thin k>", "x</think>"),
        ("<think>Hm", "Hm", ""),
        ("<think>Hm </thi", "Hm </thi", ""),
        ("<think>Hm</think>", "Hm", ""),
        ("<think", "", "<think"),
        ("<thinking>Hm</thinking>", "", "<thinking>Hm</thinking>"),
        ("<b>Hello</b>", "", "<b>Hello</b>"),
        ("A <think>b</think>", "", "A <think>b</think>"),
        ("<think>a</think>b<think>c</think>", "a", "b<think>c</think>"),
        ("  \n Hello", "", "  \n Hello"),
        ("  \n ", "", "  \n "),
        ("", "", ""),
    ],
)
def test_thoughts_are_told_from_the_answer_however_the_text_is_cut(
    text: str, thoughts: str, answer: str
) -> None:
    assert parsed(text) == (thoughts, answer)
    assert parsed(*text) == (thoughts, answer)
    for first in range(len(text) + 1):
        assert parsed(text[:first], text[first:]) == (thoughts, answer)


@given(st.text(alphabet="<>/think \na", max_size=60), st.lists(st.integers(0, 60), max_size=8))
def test_the_cuts_never_matter(rest: str, cuts: list[int]) -> None:
    text = f"<think>{rest}"
    places = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    assert parsed(*(text[a:b] for a, b in pairwise(places))) == parsed(text)


def test_white_space_without_end_is_not_held_back_for_ever() -> None:
    parser = ThinkParser()
    events = [event for _ in range(2000) for event in parser.feed(" ")]
    assert parser.is_passing
    assert len("".join(event.text for event in events)) == 2000


def test_an_endless_thought_is_told_as_it_comes() -> None:
    parser = ThinkParser()
    events = [event for _ in range(2000) for event in parser.feed("<think>" + " " * 100)]
    assert len("".join(event.text for event in events)) > 200_000


def test_once_the_answer_has_begun_nothing_is_looked_for() -> None:
    parser = ThinkParser()
    list(parser.feed("<think>Hm"))
    assert not parser.is_passing
    list(parser.feed("</think>\n"))
    assert not parser.is_passing
    list(parser.feed("Hello"))
    assert parser.is_passing
