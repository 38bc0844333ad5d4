"""A snippet shows what was found, in one line of a bearable length."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.storage.folding import folded
from core.storage.search_terms import MOST_TERMS, SearchQuery
from core.storage.snippet import LENGTH, Snippet, snippet_of


def snippet(text: str, search: str) -> Snippet:
    query = SearchQuery.of(search)
    assert query is not None
    return snippet_of(text, query.pattern())


def marked(found: Snippet) -> list[str]:
    return [found.text[start:end] for start, end in found.marks]


def filler(words: int, word: str = "прочее") -> str:
    return " ".join([word] * words)


def test_a_short_text_is_shown_whole_with_all_words_marked() -> None:
    found = snippet("Кот и котёнок, а не окот", "кот")
    assert found.text == "Кот и котёнок, а не окот"
    assert marked(found) == ["Кот", "котёнок"]


def test_a_long_text_is_cut_between_words() -> None:
    found = snippet(f"{filler(100)} иголка {filler(100)}", "иголка")
    assert marked(found) == ["иголка"]
    assert found.text.startswith("…прочее ")
    assert found.text.endswith(" прочее…")
    assert len(found.text) <= LENGTH + 2


def test_the_place_is_chosen_where_most_words_are_together() -> None:
    text = f"как {filler(100)} как настроить прокси {filler(100)}"
    assert marked(snippet(text, "прокси как настроить")) == ["как", "настроить", "прокси"]


def test_what_is_deep_in_a_very_long_text_is_shown() -> None:
    assert marked(snippet(f"{filler(10_000)} иголка", "иголка")) == ["иголка"]


def test_line_breaks_and_runs_of_spaces_become_one_space() -> None:
    found = snippet("\n\n  раз\n\n* два\t\tтри\n", "раз два")
    assert found.text == "раз * два три"
    assert marked(found) == ["раз", "два"]


def test_words_with_marks_of_their_own_are_marked_whole() -> None:
    assert marked(snippet("в за\u0301мке cafe\u0301s", "замк cafe")) == [
        "за\u0301мке",
        "cafe\u0301s",
    ]


def test_a_phrase_is_marked_as_one_and_only_where_it_stands() -> None:
    found = snippet("фраза точная, точная\nфраза, точная фразами", '"точная фраза"')
    assert marked(found) == ["точная фраза"]


def test_an_unfinished_phrase_may_go_on() -> None:
    assert marked(snippet("точная фразами", '"точная фраз')) == ["точная фразами"]


def test_a_text_without_borders_is_cut_all_the_same() -> None:
    found = snippet("語" * 1_000, "語")
    assert len(found.text) == LENGTH + 1
    assert found.marks == ((0, LENGTH),)


def test_a_pasted_page_is_a_question_of_bearable_length() -> None:
    query = SearchQuery.of(" ".join(f"w{number}w" for number in range(150)))
    assert query is not None
    assert len(query.terms) == MOST_TERMS


def test_a_word_that_a_longer_one_begins_with_is_not_asked_for_twice() -> None:
    query = SearchQuery.of('как какой "как"')
    assert query is not None
    assert [(term.written, term.is_prefix) for term in query.terms] == [
        ("какой", True),
        ("как", False),
    ]


@pytest.mark.parametrize("search", ["а", "а б", '"а б"', "и\u0306", "İ", "aa a_a"])
@given(text=st.text(alphabet='аАбйи\u0306\u0301 \n_.,"aAİß🎉語', max_size=400))
def test_every_mark_of_any_text_is_a_word_that_was_looked_for(search: str, text: str) -> None:
    query = SearchQuery.of(search)
    assert query is not None
    found = snippet_of(text, query.pattern())
    ends = [0, *(place for mark in found.marks for place in mark), len(found.text)]
    assert ends == sorted(ends)
    words = [word for term in query.terms for word in term.words]
    assert all(folded(mark).text.startswith(tuple(words)) for mark in marked(found))
    assert "\n" not in found.text
    assert all(start < end for start, end in found.marks)


@given(st.text(max_size=200))
def test_any_text_makes_a_question_or_none(text: str) -> None:
    query = SearchQuery.of(text)
    if query is not None:
        assert all('"' not in term.written for term in query.terms)
        snippet_of(text, query.pattern())
