"""What the search takes for equal letters; the index and the marking must agree."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from core.storage.folding import folded, mended, words_of


class Index:
    """What FTS5 makes of a text, with the options that the store uses."""

    def __init__(self) -> None:
        self.connection = sqlite3.connect(":memory:")
        self.connection.execute(
            "CREATE VIRTUAL TABLE found"
            " USING fts5 (text, tokenize = 'unicode61 remove_diacritics 2')"
        )
        self.connection.execute("CREATE VIRTUAL TABLE words USING fts5vocab (found, instance)")

    def words(self, text: str) -> tuple[str, ...]:
        self.connection.execute("DELETE FROM found")
        self.connection.execute("INSERT INTO found VALUES (?)", (mended(text),))
        rows = self.connection.execute("SELECT term FROM words ORDER BY offset")
        return tuple(term for (term,) in rows)


@pytest.fixture
def index() -> Iterator[Index]:
    index = Index()
    yield index
    index.connection.close()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ёлка", "елка"),
        ("е\u0308лка", "ЕЛКА"),
        ("café", "CAFE"),
        ("cafe\u0301", "Café"),
        ("за\u0301мок", "замок"),
        ("и\u0306од", "Йод"),
        ("И\u0306ОД", "йод"),
        ("і\u0308жак", "їжак"),
        ("у\u0306сё", "ўсе"),
        ("Việt", "viet"),
        ("ΟΔΟΣ", "οδος"),
        ("ՀԱՅ", "հայ"),
    ],
)
def test_letters_that_are_alike_are_equal_in_the_index_and_in_the_marking(
    index: Index, one: str, other: str
) -> None:
    assert index.words(one) == index.words(other)
    assert folded(one).text == folded(other).text


@pytest.mark.parametrize(
    ("one", "other"),
    [("йод", "иод"), ("и\u0306од", "иод"), ("їх", "іх"), ("у\u0306", "у"), ("ß", "s"), ("ø", "o")],
)
def test_letters_of_their_own_stay_different(index: Index, one: str, other: str) -> None:
    assert index.words(one) != index.words(other)
    assert folded(one).text != folded(other).text


def test_latin_and_cyrillic_letters_are_folded_as_the_index_folds_them(index: Index) -> None:
    letters = [chr(code) for code in (*range(0x41, 0x180), *range(0x400, 0x530))]
    # Letters that were added to Unicode after the tables of FTS5.
    young = set("ԨԪԬԮ")
    different = {
        letter
        for letter in letters
        if letter.isalpha()
        and letter not in young
        and words_of(letter) != tuple(map(mended, index.words(letter)))
    }
    assert not different


@pytest.mark.parametrize(
    "text", ["foo_bar-baz", "C++ 3.14 x²", "don't", "日本語 ภาษา", "a🎉b", "сам(и) «тут»", "हिन्दी"]
)
def test_words_are_separated_as_the_index_separates_them(index: Index, text: str) -> None:
    assert words_of(text) == index.words(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ёлка и café",
        "за\u0301мок",
        "и\u0306 cafe\u0301s",
        "İstanbul",
        "\u0301",
        "",
        "a\u0301\u0302b",
    ],
)
def test_each_folded_character_knows_where_it_stood(text: str) -> None:
    plain = folded(text)
    ends = [plain.origin(number, number + 1) for number in range(len(plain.text))]
    for (start, end), character in zip(ends, plain.text, strict=True):
        assert folded(text[start:end]).text == character
    assert plain.origin(len(plain.text), len(plain.text)) == (len(text), len(text))
