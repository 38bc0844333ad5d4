from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from helpers.markdown_texts import documents
from hypothesis import given, settings
from hypothesis import strategies as st

from gui.transcript import find as find_module
from gui.transcript.engine import parse
from gui.transcript.find import Find, Match, Query

if TYPE_CHECKING:
    from gui.transcript.segments import Segment


@dataclass
class Texts:
    """A conversation that notes which of its texts were parsed."""

    sources: list[str]
    parsed: list[int] = field(default_factory=list)

    def segments(self, index: int) -> Sequence[Segment]:
        self.parsed.append(index)
        return parse(self.sources[index])

    def find(self, words: str, *, start: int = 0, case: bool = False, whole: bool = False) -> Find:
        return Find(
            Query(words, match_case=case, whole_words=whole),
            count=len(self.sources),
            source=self.sources.__getitem__,
            segments=self.segments,
            start=start,
        )


def found(words: str, *sources: str, case: bool = False, whole: bool = False) -> list[str]:
    texts = Texts(list(sources))
    search = texts.find(words, case=case, whole=whole)
    search.advance()
    return [
        parse(sources[match.text])[match.segment].text[match.start : match.end]
        for index in range(len(sources))
        for match in search.matches_in(index)
    ]


def test_words_are_found_in_every_kind_of_segment() -> None:
    text = "# word\n\nword\n\n- word\n\n> word\n\n```\nword\n```\n\n"
    text += "| word |\n|---|\n| word |\n\n<p>word</p>"
    assert found("word", text) == ["word"] * 8


def test_words_are_found_as_they_are_shown() -> None:
    assert found("a bold word", "a **bold**\nword") == ["a bold word"]
    assert found("bold", "**bo**ld") == ["bold"]
    assert found("a & b", "a &amp; b") == ["a & b"]
    assert found("link on", "[link](http://x.y) on") == ["link on"]
    assert found("x.y", "[link](http://x.y)") == []
    assert found("**", "**a**") == []
    assert found("snake_case", "`snake_case` and snake\\_case") == ["snake_case"] * 2


@pytest.mark.parametrize(
    ("words", "case", "whole", "expected"),
    [
        ("слово", False, False, ["Слово", "слово", "слово", "СЛОВО"]),
        ("слово", True, False, ["слово", "слово"]),
        ("слово", False, True, ["Слово", "СЛОВО"]),
        ("Слово", True, True, ["Слово"]),
    ],
)
def test_case_and_whole_words_count_if_asked(
    words: str, case: bool, whole: bool, expected: list[str]
) -> None:
    assert found(words, "Слово, словом и ещёслово. СЛОВО!", case=case, whole=whole) == expected


def test_signs_are_looked_for_as_they_are() -> None:
    assert found("a.c (x)", "abc (x) a.c (x)") == ["a.c (x)"]
    assert found("c++", "C++ and c+", whole=False) == ["C++"]


@pytest.mark.parametrize("words", ["", "   ", "\n"])
def test_nothing_is_found_of_nothing(words: str) -> None:
    search = Texts(["a b"]).find(words)
    assert search.is_done
    assert search.count == 0
    assert search.following(None) is None
    assert search.preceding(None) is None


def test_only_texts_that_may_hold_the_words_are_parsed() -> None:
    texts = Texts([f"message {number}" for number in range(10_000)])
    search = texts.find("message 4711")
    assert search.advance()
    assert texts.parsed == [4711]
    assert search.count == 1


def test_a_search_begins_where_the_reader_is_and_can_be_taken_in_slices() -> None:
    texts = Texts(["needle"] * 10)
    search = texts.find("needle", start=7)
    assert not search.advance(0)
    assert texts.parsed == [7]
    assert search.following(None) == Match(7, 0, 0, 6)
    while not search.advance(0):
        pass
    assert texts.parsed == [7, 8, 9, 0, 1, 2, 3, 4, 5, 6]
    assert [search.number(Match(index, 0, 0, 6)) for index in range(10)] == list(range(1, 11))


def test_next_and_previous_go_round() -> None:
    search = Texts(["a b a", "x", "a"]).find("a")
    search.advance()
    places = [Match(0, 0, 0, 1), Match(0, 0, 4, 5), Match(2, 0, 0, 1)]
    assert search.following(None) == places[0]
    assert [search.following(place) for place in places] == [*places[1:], places[0]]
    assert [search.preceding(place) for place in places] == [places[2], *places[:2]]
    assert search.following(Match(1, 0, 0, 0)) == places[2]
    assert search.preceding(Match(1, 0, 0, 0)) == places[1]
    assert search.number(places[1]) == 2
    assert search.number(Match(1, 0, 0, 1)) == 0


def test_a_text_that_grows_is_searched_again() -> None:
    texts = Texts(["a", "b"])
    search = texts.find("a")
    search.advance()
    texts.sources[1] = "b a"
    search.text_changed(1)
    texts.sources.append("a a")
    search.text_changed(2)
    assert [len(search.matches_in(index)) for index in range(3)] == [1, 1, 2]
    texts.sources[0] = ""
    search.text_changed(0)
    assert search.count == 3


def test_matches_behind_a_removed_text_move_up() -> None:
    search = Texts(["a", "a", "a"]).find("a")
    search.advance()
    search.text_removed(1)
    assert search.matches_in(1) == [Match(1, 0, 0, 1)]
    assert search.count == 2


def test_a_removed_text_is_not_searched_any_more() -> None:
    texts = Texts(["a", "b", "a"])
    search = texts.find("a")
    del texts.sources[0]
    search.text_removed(0)
    search.advance()
    assert search.matches_in(1) == [Match(1, 0, 0, 1)]
    assert search.count == 1


def test_matches_of_one_segment_are_told_apart() -> None:
    search = Texts(["a\n\na a"]).find("a")
    search.advance()
    assert search.matches_in(0, 1) == [Match(0, 1, 0, 1), Match(0, 1, 2, 3)]


def test_there_is_an_end_to_what_is_found() -> None:
    search = Texts(["a " * 30_000]).find("a")
    search.advance()
    assert search.is_capped
    assert search.count == find_module.MAX_MATCHES


@settings(max_examples=80, deadline=None)
@given(documents(), st.data())
def test_what_a_text_shows_is_always_found(text: str, data: st.DataObject) -> None:
    segments = [segment for segment in parse(text) if segment.text.strip("\n\ufffc ")]
    if not segments:
        return
    shown = data.draw(st.sampled_from(segments)).text
    words = [word for word in shown.split() if "\ufffc" not in word]
    if not words:
        return
    word = data.draw(st.sampled_from(words))
    search = Texts([text]).find(word)
    search.advance()
    assert search.count > 0
