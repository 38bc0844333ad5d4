"""Titles of conversations, made without asking anybody."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ids import new_id
from core.models import Conversation, Message, Role
from core.titles import (
    LONGEST_TITLE,
    TITLE_QUESTION,
    title_from,
    title_from_model,
    title_messages,
    title_of_text,
)


def conversation(*texts: str) -> Conversation:
    roles = (Role.USER, Role.ASSISTANT)
    messages = tuple(Message(roles[n % 2], text) for n, text in enumerate(texts))
    return Conversation(new_id(), messages)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("How do I sort a list?", "How do I sort a list?"),
        ("Как отсортировать список?", "Как отсортировать список?"),
        ("\n\n  Привет,   мир  \nи ещё", "Привет, мир"),
        ("# Заголовок\nтекст", "Заголовок"),
        ("- [ ] buy milk\n- bread", "buy milk"),
        ("1. первое\n2. второе", "первое"),
        ("> quoted\nasked", "quoted"),
        ("**Bold** and *slanted* and ~~gone~~", "Bold and slanted and gone"),
        ("_very nice_ thing", "very nice thing"),
        ("What does __init__ do in snake_case_name?", "What does __init__ do in snake_case_name?"),
        ("What is 2*3*4?", "What is 2*3*4?"),
        ("`foo(x)` fails, ``a`b`` does not", "foo(x) fails, a`b does not"),
        ("[this page](https://a.example/b?c) is down", "this page is down"),
        ("![a cat](cat.png) what is it", "a cat what is it"),
        ("https://www.example.com/a/b?c=d explain", "example.com explain"),
        ("```python\nprint(1)\n```\nWhy does it fail?", "Why does it fail?"),
        ("```python\nprint(1)\n```", "print(1)"),
        ("~~~\nnever closed", "never closed"),
        ("---\n***\nafter lines", "after lines"),
        ("", ""),
        ("?!\n…", ""),
        ("```\n```", ""),
        ("a\u202eb\x07c\u2028d\ufeff", "abc"),
        ("👩‍👩‍👧 family", "👩‍👩‍👧 family"),
    ],
)
def test_the_first_line_with_words_is_the_title(text: str, title: str) -> None:
    assert title_of_text(text) == title


def test_a_long_title_ends_with_a_word() -> None:
    title = title_of_text("слово, " * 30)
    assert title == "слово, слово, слово, слово, слово, слово, слово, слово…"
    assert len(title_of_text("x" * 100)) == LONGEST_TITLE


def test_an_accent_is_not_taken_from_its_letter() -> None:
    title = title_of_text("e\u0301" * 100)
    assert title.endswith("e\u0301…")
    assert len(title) <= LONGEST_TITLE


def test_the_answer_gives_the_title_where_the_question_has_no_words() -> None:
    assert title_from(conversation("???", "It is **fine**.\nReally")) == "It is fine."
    assert title_from(conversation("???")) == ""
    assert title_from(conversation()) == ""


@pytest.mark.parametrize(
    ("answer", "title"),
    [
        ('"Sorting Lists"', "Sorting Lists"),
        ("«Сортировка списков».", "Сортировка списков"),
        ("**Sorting Lists.**", "Sorting Lists"),
        ("# Title\nand more", "Title"),
        ("\n\n", ""),
    ],
)
def test_a_model_gives_a_title(answer: str, title: str) -> None:
    assert title_from_model(answer) == title


def test_a_model_is_shown_the_first_exchange_cut_short() -> None:
    messages = title_messages(conversation("a" * 9_000, "", "second", "third"))
    assert [len(message.text) for message in messages] == [4_000, len(TITLE_QUESTION)]
    messages = title_messages(conversation("one", "two", "three"))
    assert [message.text for message in messages] == ["one", "two", TITLE_QUESTION]


PIECES = (
    *("**", "`", "```\n", "[a](b)", "# ", "- ", "__", "~~", "https://x.y/z ", "слово ", "word "),
    *("\u202e", "\u200d", "👩", "e\u0301", "\x00", "\x1b", "\n", "\r", "\u2028", "\t", "\ud800"),
)
WORDS = st.text() | st.lists(st.sampled_from(PIECES)).map("".join)


@given(WORDS | st.text(alphabet="a\u0301\u200d 👩", min_size=60))
def test_a_title_is_one_short_line_that_shows_what_it_is(text: str) -> None:
    for title in (title_of_text(text), title_from_model(text)):
        assert len(title) <= LONGEST_TITLE
        assert title == title.strip()
        assert len(title.splitlines()) <= 1
        assert not [c for c in title if unicodedata.category(c) in {"Cc", "Cs"}]
        assert not set(title) & set(
            "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029\ufeff"
        )
