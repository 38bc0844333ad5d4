"""What starts of the program say to each other, and what nobody should."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.instance_messages import (
    LARGEST,
    Action,
    InstanceError,
    LineDecoder,
    Why,
    Wish,
    answer,
    check_answer,
    decoded,
    encoded,
)


def why_refused(line: bytes) -> Why:
    with pytest.raises(InstanceError) as caught:
        decoded(line)
    return caught.value.why


@pytest.mark.parametrize("action", Action)
def test_what_is_said_is_understood(action: Action) -> None:
    wish = Wish(action, "Как дела?\n“Fine”\t\U0001f600", "token_TIME123")
    line = encoded(wish)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert decoded(line) == wish


def test_arguments_that_are_no_text_can_be_said() -> None:
    assert decoded(encoded(Wish(Action.QUICK, "caf\udce9"))).text == "caf?"


def test_more_than_can_be_taken_is_not_sent() -> None:
    with pytest.raises(InstanceError) as caught:
        encoded(Wish(Action.ASK, "x" * LARGEST))
    assert caught.value.why is Why.TOO_LARGE


@pytest.mark.parametrize("size", range(1, 40))
def test_a_line_is_found_at_every_size_of_pieces(size: int) -> None:
    stream = b'{"v": 1, "do": "show"}\nmore'
    decoder = LineDecoder(100)
    lines = [decoder.feed(stream[at : at + size]) for at in range(0, len(stream), size)]
    assert next(line for line in lines if line is not None) == stream.split(b"\n")[0]


def test_a_line_without_end_is_dropped_at_the_limit() -> None:
    decoder = LineDecoder(10)
    assert decoder.feed(b"x" * 10) is None
    with pytest.raises(InstanceError) as caught:
        decoder.feed(b"x")
    assert caught.value.why is Why.TOO_LARGE


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\xff\xfe",
        b"null",
        b"[]",
        b"{}",
        b'{"v": true, "do": "show"}',
        b'{"v": "1", "do": "show"}',
        b'{"v": 0, "do": "show"}',
        b'{"v": 1}',
        b'{"v": 1, "do": "dance"}',
        b'{"v": 1, "do": ["show"]}',
        b'{"v": 1, "do": "ask", "text": 5}',
        b'{"v": 1, "do": "ask", "token": {}}',
        b'{"v": ' + b"9" * 10_000 + b"}",
        b"[" * 100_000,
    ],
)
def test_nonsense_is_not_understood(line: bytes) -> None:
    assert why_refused(line) is Why.NOT_UNDERSTOOD


def test_a_newer_version_is_told_apart_from_nonsense() -> None:
    assert why_refused(b'{"v": 2, "do": {"new": "form"}}') is Why.OTHER_VERSION


def test_fields_of_a_newer_version_are_left_alone() -> None:
    line = b'{"v": 1, "do": "show", "screen": [1, 2]}'
    assert decoded(line) == Wish(Action.SHOW)


def test_text_is_made_harmless() -> None:
    line = json.dumps({"v": 1, "do": "ask", "text": "a\0b\ud800c"}).encode()
    assert decoded(line).text == "a\ufffdb\ufffdc"


@pytest.mark.parametrize("token", ["x" * 2000, "a\0b", "a\nb", "ключ"])
def test_a_token_that_no_desktop_makes_is_dropped(token: str) -> None:
    line = json.dumps({"v": 1, "do": "show", "token": token}).encode()
    assert decoded(line) == Wish(Action.SHOW)


def test_answers_say_why() -> None:
    check_answer(answer())
    for why in Why:
        with pytest.raises(InstanceError) as caught:
            check_answer(answer(why))
        assert caught.value.why is why


@given(st.binary())
def test_any_bytes_are_a_wish_or_refused(line: bytes) -> None:
    for take in (decoded, check_answer):
        try:
            take(line)
        except InstanceError:
            continue


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "v": st.just(1) | JSON,
            "do": st.sampled_from(list(Action)) | JSON,
            "text": JSON,
            "token": JSON,
        },
    )
)
def test_any_object_is_a_wish_or_refused(fields: dict[str, object]) -> None:
    try:
        wish = decoded(json.dumps(fields).encode())
    except InstanceError:
        return
    assert wish.text.encode().decode() == wish.text
    assert wish.token.isascii()
