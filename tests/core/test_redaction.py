"""Secrets in every form that a library may give them, and what must stay readable."""

from __future__ import annotations

import base64
import html
import json
import time
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from core.errors import ChatError, ProviderError
from core.redaction import HIDDEN, redacted, register
from core.sentences import sentence

SECRET = "Zx9/+ü&\"'\\ =ключ%?_q7"
KEY = "Kq7RvB2nXw0LpT4s"
register(SECRET)
register(KEY)


@pytest.mark.parametrize(
    "text",
    [
        SECRET,
        quote(SECRET),
        quote(SECRET, safe=""),
        quote(SECRET, safe="").lower().replace("zx9", "Zx9"),
        quote_plus(SECRET),
        json.dumps(SECRET)[1:-1],
        json.dumps(SECRET, ensure_ascii=False)[1:-1],
        json.dumps({"error": json.dumps({"message": SECRET})}),
        repr(SECRET)[1:-1],
        repr(SECRET.encode())[2:-1],
        ascii(SECRET)[1:-1],
        html.escape(SECRET),
        str(URL.build(scheme="http", user="me", password=SECRET, host="h")),
        str(URL("http://h/").with_query(a=SECRET)),
    ],
)
def test_a_secret_is_hidden_however_it_is_escaped(text: str) -> None:
    shown = redacted(f"before {text} after")
    assert HIDDEN in shown
    for piece in ("Zx9", "q7", "ключ", "0%BA%D0%BB%D1", "u043a"):
        assert piece not in shown
    assert shown.startswith("before ")
    assert shown.endswith(" after")


@given(before=st.binary(max_size=7), after=st.binary(max_size=7))
def test_a_secret_is_hidden_in_base64_wherever_it_begins(before: bytes, after: bytes) -> None:
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        for secret in (SECRET, KEY):
            shown = redacted(encode(before + secret.encode() + after).decode())
            assert HIDDEN in shown
            # At most the letters that it shares with what stands around it are left.
            assert len(shown.replace(HIDDEN, "")) <= 4 * (len(before) + len(after)) / 3 + 8


@given(text=st.text(max_size=50), more=st.text(max_size=50))
def test_no_text_around_it_protects_a_secret(text: str, more: str) -> None:
    assert KEY not in redacted(f"{text}{KEY}{more}")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Authorization: Bearer abcdef", "Authorization: Bearer ***"),
        ("authorization: Basic dTpw", "authorization: Basic ***"),
        ("{'Proxy-Authorization': 'Basic dTpw'}", "{'Proxy-Authorization': 'Basic ***'}"),
        ('{"x-api-key": "some", "a": "b"}', '{"x-api-key": "***", "a": "b"}'),
        ("(b'api-key', b'some')", "(b'api-key', b'***')"),
        ("api_key=some&x=1", "api_key=***&x=1"),
        ("it sent Bearer eyJhbGciOi.5", "it sent Bearer ***"),
        ("http://me:p@ss:w@proxy.example:3128/x", "http://me:***@proxy.example:3128/x"),
        ("socks5h://me:secret@[::1]:1080", "socks5h://me:***@[::1]:1080"),
        ("https://g.example/v1?key=AIzaShort&alt=sse", "https://g.example/v1?key=***&alt=sse"),
        ("Incorrect API key: sk-proj-Ab3_cDeFgHiJkLmN.", "Incorrect API key: ***."),
        ("gsk_0123456789abcdefghijklmn", "***"),
        ("AIzaSyD-0123456789abcdefghijklmnop", "***"),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl", "***"),
    ],
)
def test_what_looks_like_a_secret_is_hidden(text: str, shown: str) -> None:
    assert redacted(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Use Bearer authentication, with an API key: ask your administrator.",
        "basic questions are answered",
        "https://host.example:8080/v1/chat/completions?model=a@b",
        "task-force-alpha-12345678901234567890",
        "scikit: sk-learn-contrib-extensions",
        "The model “gpt-4o-mini-2024-07-18” is not offered here.",
        "Неверный ключ; проверьте его.",
        "",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert redacted(text) == text


def test_a_short_secret_is_hidden_where_it_stands_alone() -> None:
    register("p4ssw")
    assert redacted("user:p4ssw p4sswords (p4ssw)") == "user:*** p4sswords (***)"


def test_what_is_too_short_is_not_hidden() -> None:
    for text in ("", " ", "a", "abc", "abc\n"):
        register(text)
    assert redacted("a b abc") == "a b abc"


def test_a_secret_within_another_leaves_nothing_of_it() -> None:
    register("inner-word-5b")
    register("outer-inner-word-5b-outer")
    assert redacted("outer-inner-word-5b-outer inner-word-5b") == "*** ***"


def test_an_expected_error_never_holds_a_secret() -> None:
    error = ProviderError(f"Incorrect key {KEY}", status=401, target=f"https://h/?a={KEY}")
    told = (str(error), repr(error), error.message, sentence(error), str(error.data))
    assert not [text for text in told if KEY in text]
    assert error.data["status"] == 401


def test_a_sentence_that_is_cut_has_no_half_of_a_key() -> None:
    for length in range(470, 510):
        told = sentence(ProviderError(f"{'x ' * (length // 2)}{KEY}"))
        assert KEY[:6] not in told


@pytest.mark.parametrize(
    "piece",
    ["://", "Bearer ", "api-key ", "sk-", "eyJ-", "?key", "Zx9/", "\\", "Zx9\\\\\\", "://a:", "9"],
)
def test_a_hostile_text_takes_no_longer_than_any_other(piece: str) -> None:
    # Not a measurement: what grows with the square would take minutes.
    text = piece * (300_000 // len(piece))
    begin = time.perf_counter()
    redacted(text)
    assert time.perf_counter() - begin < 30


def test_errors_are_as_they_were_for_everybody_else() -> None:
    class OddError(ChatError):
        default_fault = ProviderError.default_fault

    assert OddError("a message", count=3).message == "a message"
    assert OddError().args == ("refused_request",)
