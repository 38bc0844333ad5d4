from __future__ import annotations

import pytest

from core.key_shapes import cleaned_key, likely_preset
from core.profiles import presets


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("sk-ant-api03-abc", "anthropic"),
        ("sk-or-v1-abc", "openrouter"),
        ("sk-proj-abc_DEF", "openai"),
        ("sk-" + "0123456789abcdef" * 2, "deepseek"),
        ("gsk_abc", "groq"),
        ("xai-abc", "xai"),
        ("AIzaSyAbc", "gemini"),
        ("0123456789abcdef" * 4, "together"),
        ("AbCd0123456789EfGhIjKlMnOpQrStUv", "mistral"),
    ],
)
def test_a_key_shows_whose_it_is(key: str, name: str) -> None:
    likely = likely_preset(key, presets())
    assert likely is not None
    assert likely.id == name


@pytest.mark.parametrize("key", ["", "hello", "0123"])
def test_other_keys_could_be_anybodys(key: str) -> None:
    assert likely_preset(key, presets()) is None


def test_only_what_is_offered_is_named() -> None:
    assert likely_preset("sk-ant-abc", ()) is None
    assert likely_preset("0123456789abcdef" * 4, ()) is None


@pytest.mark.parametrize(
    "text",
    [
        "sk-abc",
        "  sk-abc\n",
        '"sk-abc"',
        "Bearer sk-abc",
        "OPENAI_API_KEY=sk-abc",
        "export OPENAI_API_KEY='sk-abc'",
        "api-key: sk-abc",
    ],
)
def test_what_stands_around_a_key_is_left_out(text: str) -> None:
    assert cleaned_key(text) == "sk-abc"


@pytest.mark.parametrize("text", ["", "two words", "ключ", "a\nb", "a\x00b", "x" * 2000])
def test_what_can_be_no_key_is_none(text: str) -> None:
    assert not cleaned_key(text)
