"""The guess at tokens stands between the published tokenizers, and behaves like a size."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.tokens import estimate

ENGLISH = (
    "The town lies where two rivers meet, and for six hundred years people have crossed there on"
    " their way to the sea. Nobody remembers who built the first bridge. "
)
RUSSIAN = (
    "Город стоит там, где встречаются две реки, и шестьсот лет люди переправлялись здесь по дороге"
    " к морю. Никто не помнит, кто построил первый мост. "
)
CHINESE = "这座城市坐落在两条河流交汇的地方，六百年来人们都从这里渡河前往大海。"
KOREAN = "이 도시는 두 강이 만나는 곳에 있으며 육백 년 동안 사람들이 이곳을 건넜습니다. "
CODE = """\
def first_index(values, wanted):
    for index, value in enumerate(values):
        if value == wanted and index > 10:
            return index
    return -1
"""


@pytest.mark.parametrize(
    ("text", "fewest", "most"),
    [
        # Characters to the token, from the most to the least frugal of cl100k, o200k, Llama 3,
        # Qwen 2.5 and Mistral on such a text.
        (ENGLISH, 4.0, 5.2),
        (RUSSIAN, 2.3, 3.9),
        (CHINESE, 0.8, 1.7),
        (KOREAN, 1.0, 2.3),
        (CODE, 2.8, 4.6),
        ("1234567890" * 20, 1.0, 3.0),
    ],
)
def test_a_script_has_as_many_characters_to_the_token_as_tokenizers_have(
    text: str, fewest: float, most: float
) -> None:
    assert fewest <= len(text) / estimate(text) <= most


def test_nothing_is_no_token_and_anything_is_at_least_one() -> None:
    assert estimate("") == 0
    assert estimate("a") == 1
    assert estimate("\ud83d") >= 1


def test_a_word_costs_as_much_at_the_start_as_after_a_space() -> None:
    for word in ("да", "internationally", "1234"):
        assert estimate(word) == estimate(f" {word}")


def test_an_indent_costs_about_one_token_however_deep_it_is() -> None:
    assert estimate("x" + " " * 40 + "y") <= estimate("x y") + 2


@given(st.text(), st.text())
def test_a_part_is_never_more_than_the_whole(one: str, other: str) -> None:
    assert max(estimate(one), estimate(other)) <= estimate(one + other)


@given(st.text(), st.text())
def test_two_texts_together_are_hardly_more_than_each_for_itself(one: str, other: str) -> None:
    # What comes together may be an inner capital or an indent.
    assert estimate(one + other) <= estimate(one) + estimate(other) + 2


@given(st.text(min_size=1), st.integers(min_value=2, max_value=20))
def test_a_text_said_often_grows_in_proportion(text: str, times: int) -> None:
    assert estimate(text * times) <= (estimate(text) + 2) * times
