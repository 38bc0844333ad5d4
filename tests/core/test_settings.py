"""Options, their values, and what the user has set."""

from __future__ import annotations

import contextlib
import re
from dataclasses import replace
from typing import Any

import pytest
from helpers.setting_values import settings, values_of
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from core.errors import SettingsError
from core.models import Limits, Profile
from core.providers import registry
from core.settings import (
    CHECKS,
    LANGUAGE,
    MAX_TOKENS,
    OPTIONS,
    PAGES,
    PROXY,
    SHORTCUTS,
    STOP,
    TEMPERATURE,
    THEME,
    ZOOM,
    Option,
    Scope,
    Settings,
    check_sentence,
    option_by_key,
)

WORK = Profile("Work", "openai", "https://api.example/v1", id="work")


def test_every_option_has_a_key_of_its_own_and_stands_on_a_page() -> None:
    keys = [option.key for option in OPTIONS]
    pages = {page.value for page in PAGES}
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch(r"[a-z]+\.[a-z_]+", key) for key in keys)
    assert {option.page for option in OPTIONS} <= pages | {"model"}
    assert all(option.label for option in OPTIONS)
    assert option_by_key("appearance.theme") is THEME
    assert option_by_key("appearance.nothing") is None


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.key)
def test_every_default_is_a_value_that_the_option_can_have(option: Option[Any]) -> None:
    assert option.checked(option.default) == option.default


def test_no_two_shortcuts_are_alike_at_first() -> None:
    keys = [option.default for option in SHORTCUTS if option.default]
    assert len(set(keys)) == len(keys)


def test_what_is_not_set_has_its_default() -> None:
    empty = Settings()
    assert empty.value(THEME) == "system"
    assert not empty.is_set(THEME)
    dark = empty.with_value(THEME, "dark")
    assert (dark.value(THEME), dark.is_set(THEME)) == ("dark", True)
    assert (empty.value(THEME), dark.without(THEME)) == ("system", empty)
    assert dark.with_value(THEME, "system") == empty


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        (THEME, "pink", "system, light, dark"),
        (THEME, ["dark"], "one of these"),
        (ZOOM, 49, "from 50 to 300"),
        (ZOOM, 301, "from 50 to 300"),
        (ZOOM, 100.5, "whole number"),
        (ZOOM, True, "whole number"),
        (ZOOM, "100", "whole number"),
        (TEMPERATURE, float("nan"), "a number"),
        (TEMPERATURE, float("inf"), "from 0 to 2"),
        pytest.param(TEMPERATURE, 10**400, "from 0 to 2", id="huge"),
        (MAX_TOKENS, 0, "from 1 to"),
        (STOP, "text", "a list of texts"),
        (STOP, ["text", 1], "a list of texts"),
        (STOP, {"text": 1}, "a list of texts"),
        (PROXY, "proxy.example:8080", "http://"),
        (PROXY, "ftp://proxy.example", "http://"),
        (PROXY, "http://[::1", "http://"),
        (PROXY, "http://proxy.example:port", "http://"),
        (PROXY, "http://me:secret@proxy.example", "password must not stand here"),
        (PROXY, "", "http://"),
        (SHORTCUTS[0], "N", "Ctrl+Shift+N"),
        (SHORTCUTS[0], "Ctrl+", "Ctrl+Shift+N"),
        (SHORTCUTS[0], "Ctrl+n", "Ctrl+Shift+N"),
        (SHORTCUTS[0], 7, "a text"),
        (LANGUAGE, None, "one of these"),
    ],
)
def test_a_wrong_value_is_refused_in_words(option: Option[Any], value: object, words: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(words)) as caught:
        Settings().with_value(option, value)
    assert caught.value.option == option.key
    assert check_sentence(caught.value) == caught.value.message
    assert "secret" not in str(caught.value)


def test_a_refusal_can_be_told_in_another_language() -> None:
    with pytest.raises(SettingsError) as caught:
        ZOOM.checked(7)
    template = CHECKS["range"]
    told = check_sentence(caught.value, translate={template: "{smallest} … {largest}"}.__getitem__)
    assert told == "50 … 300"


@pytest.mark.parametrize(
    ("option", "text", "value"),
    [
        (TEMPERATURE, "0,5", 0.5),
        (TEMPERATURE, " 1 ", 1.0),
        (TEMPERATURE, "", None),
        (MAX_TOKENS, "4096", 4096),
        (ZOOM, "125", 125),
        (STOP, "one\n\ntwo", ("one", "two")),
        (THEME, " dark ", "dark"),
        (PROXY, "socks5h://me@proxy.example:1080", "socks5h://me@proxy.example:1080"),
        (PROXY, "none", "none"),
        (SHORTCUTS[0], "Ctrl++", "Ctrl++"),
        (SHORTCUTS[0], "", ""),
        (option_by_key("privacy.keep_conversations"), "No", False),
    ],
)
def test_what_a_person_types_becomes_a_value(option: Option[Any], text: str, value: object) -> None:
    assert option.parsed(text) == value
    assert isinstance(option.parsed(text), type(value))


@pytest.mark.parametrize(
    ("option", "text"), [(TEMPERATURE, "warm"), (ZOOM, ""), (ZOOM, "1e2.5"), (ZOOM, "nan")]
)
def test_what_stands_for_no_value_is_refused(option: Option[Any], text: str) -> None:
    with pytest.raises(SettingsError):
        option.parsed(text)


@given(st.data())
@tries(deadline=None)
def test_every_value_that_can_be_chosen_is_taken_as_it_is(data: st.DataObject) -> None:
    option = data.draw(st.sampled_from(OPTIONS))
    checked = option.checked(data.draw(values_of(option)))
    assert option.checked(checked) == checked
    assert Settings().with_value(option, checked).value(option) == checked


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


@given(st.sampled_from(OPTIONS), ANYTHING, st.text())
@tries(deadline=None, max_examples=500)
def test_whatever_is_given_is_taken_or_refused(
    option: Option[Any], value: object, text: str
) -> None:
    for attempt, argument in ((option.checked, value), (option.parsed, text)):
        with contextlib.suppress(SettingsError):
            taken = attempt(argument)
            assert option.checked(taken) == taken


def test_what_a_profile_or_a_conversation_can_say_is_known() -> None:
    nearer = {option.name for option in OPTIONS if Scope.CONVERSATION in option.scopes}
    assert {"system_prompt", "temperature", "top_p", "max_tokens", "stop", "seed"} <= nearer
    assert Scope.PROFILE in PROXY.scopes
    assert Scope.CONVERSATION not in PROXY.scopes


def test_profiles_are_in_order_and_found_by_their_ids() -> None:
    home = replace(WORK, name="Home", id="home")
    both = Settings().with_profiles([WORK, home])
    assert both.profiles == (WORK, home)
    assert both.profile("home") == home
    assert both.profile("nobody") is None


@pytest.mark.parametrize(
    ("profile", "option"),
    [
        (replace(WORK, name=" "), "profiles.work.name"),
        (replace(WORK, name="two\nlines"), "profiles.work.name"),
        (replace(WORK, provider="gopher"), "profiles.work.provider"),
        (replace(WORK, provider=""), "profiles.work.provider"),
        (replace(WORK, address="example.com"), "profiles.work.address"),
        (replace(WORK, address="https://me:pw@example.com"), "profiles.work.address"),
        (replace(WORK, proxy="http://me:pw@proxy.example"), "profiles.work.proxy"),
        (replace(WORK, key_variable="A B"), "profiles.work.key_variable"),
        (replace(WORK, context_window=0), "profiles.work.context_window"),
        (replace(WORK, limits=Limits(silence=0)), "profiles.work.silence_seconds"),
        (
            replace(WORK, parameters=replace(WORK.parameters, temperature=3)),
            "profiles.work.temperature",
        ),
        (
            replace(WORK, trust=replace(WORK.trust, fingerprint="abc")),
            "profiles.work.trust.fingerprint",
        ),
        (replace(WORK, id="a b"), "profiles.a b.id"),
        (replace(WORK, id=""), "profiles..id"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_wrong_field_of_a_profile_is_refused_by_its_name(profile: Profile, option: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings().with_profiles([profile])
    assert caught.value.option == option


def test_an_id_belongs_to_one_profile() -> None:
    with pytest.raises(SettingsError):
        Settings().with_profiles([WORK, replace(WORK, name="Twin")])


def test_a_fingerprint_is_taken_as_programs_show_it() -> None:
    shown = ":".join(["0F"] * 32)
    [profile] = (
        Settings()
        .with_profiles([replace(WORK, trust=replace(WORK.trust, fingerprint=shown))])
        .profiles
    )
    assert profile.trust.fingerprint == "0f" * 32


def test_limits_that_were_given_become_what_the_profile_says() -> None:
    [profile] = Settings().with_profiles([replace(WORK, limits=Limits(3, 40))]).profiles
    assert (profile.connect_seconds, profile.silence_seconds) == (3, 40)
    assert profile.limits == Limits()


def test_a_profile_can_have_every_provider_that_there_is() -> None:
    known = {registry.OPENAI, registry.ANTHROPIC, registry.CHATGPT_FREE, registry.AI_POWER}
    for provider in (*known, registry.DEMO):
        assert Settings().with_profiles([replace(WORK, provider=provider)])


@given(settings())
@tries(deadline=None, max_examples=50)
def test_profiles_that_were_taken_are_taken_again_as_they_are(chosen: Settings) -> None:
    assert chosen.with_profiles(chosen.profiles) == chosen
