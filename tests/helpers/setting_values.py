"""Settings of every kind, for tests that try many."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from core.models import Parameters, Profile, Trust
from core.profile_fields import PROVIDERS
from core.settings import OPTIONS, Kind, Option, Settings
from core.settings_file import SettingsFile

LINES = st.text(max_size=20)
TEXTS = st.one_of(st.text(max_size=40), st.text(alphabet="\n\r\t\"\\'# a\0\x7f", max_size=20))
IDS = st.from_regex(r"[A-Za-z0-9_-]{1,12}", fullmatch=True)
KEYS = st.sampled_from(
    ["", "Ctrl+N", "Ctrl+Shift+PgDown", "F5", "Esc", "Alt++", "Ctrl+,", "Meta+Я"]
)
PROXIES = st.sampled_from(["system", "none", "http://proxy.example:8080", "socks5h://me@[::1]:9"])
ADDRESSES = st.sampled_from(
    ["", "https://чат.example/v1", "http://127.0.0.1:11434/v1?api-version=1"]
)


def values_of(option: Option[Any]) -> st.SearchStrategy[Any]:
    """Return what a user may choose for `option`."""
    if option.kind is Kind.NUMBER:
        return st.integers(int(option.smallest or 0), int(option.largest or 2**31))
    if option.kind is Kind.DECIMAL:
        return st.floats(option.smallest, option.largest)
    if option.kind is Kind.CHOICE:
        return st.sampled_from([choice.value for choice in option.choices])
    return _PLAIN_VALUES[option.kind]


_PLAIN_VALUES: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.SWITCH: st.booleans(),
    Kind.TEXT: LINES.filter(str.isprintable),
    Kind.LONG_TEXT: TEXTS,
    Kind.PROXY: PROXIES,
    Kind.PROFILE: st.just("") | IDS,
    Kind.KEYS: KEYS,
    Kind.LIST: st.lists(TEXTS, max_size=3).map(tuple),
}


def profiles() -> st.SearchStrategy[Profile]:
    """Return profiles that can be saved."""
    parameters = st.builds(
        Parameters,
        temperature=st.none() | st.floats(0, 2),
        top_p=st.none() | st.floats(0, 1),
        max_tokens=st.none() | st.integers(1, 10_000_000),
        stop=st.lists(TEXTS.filter(bool), max_size=2).map(tuple),
        seed=st.none() | st.integers(-(2**63), 2**63 - 1),
    )
    trust = st.builds(
        Trust,
        ca_file=st.sampled_from(["", "/etc/ssl/own.pem", "C:\\own\\ca.pem"]),
        fingerprint=st.sampled_from(["", "0f" * 32]),
    )
    return st.builds(
        Profile,
        st.sampled_from(["Work", "Дом", 'a "quoted" name', "x # y"]),
        st.sampled_from(PROVIDERS),
        ADDRESSES,
        st.sampled_from(["", "gpt-5", "meta/llama:free"]),
        TEXTS,
        proxy=st.none() | PROXIES,
        id=IDS,
        preset=st.sampled_from(["", "groq", "of-a-newer-version"]),
        parameters=parameters,
        trust=trust,
        key_variable=st.sampled_from(["", "OPENAI_API_KEY"]),
        needs_key=st.booleans(),
        context_window=st.none() | st.integers(1, 1_000_000),
        fallback=st.just("") | IDS,
        connect_seconds=st.none() | st.floats(0.1, 600),
        silence_seconds=st.none() | st.floats(0.1, 86_400),
        when_too_long=st.sampled_from(["", "oldest", "middle", "nothing"]),
    )


@st.composite
def settings(draw: st.DrawFn) -> Settings:
    """Return settings in which some options are set and there are a few profiles."""
    result = Settings()
    for option in draw(st.lists(st.sampled_from(OPTIONS), max_size=8)):
        result = result.with_value(option, draw(values_of(option)))
    unique = {one.id: one for one in draw(st.lists(profiles(), max_size=4))}
    return result.with_profiles(unique.values())


@st.composite
def changed(draw: st.DrawFn, start: Settings) -> Settings:
    """Return settings that differ from `start` in values, fields, profiles and their order."""
    other = draw(settings())
    result = start
    for option in draw(st.lists(st.sampled_from(OPTIONS), max_size=4)):
        result = result.with_value(option, other.value(option))
    kept = [one for one in start.profiles if draw(st.booleans())]
    kept = [replace(one, name="Renamed") if draw(st.booleans()) else one for one in kept]
    ids = {one.id for one in kept}
    mixed = [*kept, *(one for one in other.profiles if one.id not in ids)]
    return result.with_profiles(draw(st.permutations(mixed)))


def written(file: SettingsFile, text: str | bytes) -> SettingsFile:
    """Put `text` in the place of the file, and return a new object for it."""
    file.path.parent.mkdir(exist_ok=True)
    file.path.write_bytes(text.encode() if isinstance(text, str) else text)
    return SettingsFile(file.path)
