"""Services that the program knows, and profiles: made from them, chosen, and filled in."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.checks import is_web_address
from core.errors import Fault, SettingsError
from core.models import Conversation, Limits, Parameters, Profile
from core.profiles import (
    chosen_profile,
    host_of,
    is_on_this_computer,
    named_profile,
    preset,
    presets,
    profile_from,
    resolved,
)
from core.providers.registry import provider_for
from core.sentences import sentence
from core.settings import (
    CONNECT_SECONDS,
    LOCAL_SILENCE_SECONDS,
    PROXY,
    SILENCE_SECONDS,
    SYSTEM_PROMPT,
    TEMPERATURE,
    WHEN_TOO_LONG,
    Settings,
)

WORK = Profile("Work", "openai", "https://api.example/v1", id="work")
HOME = Profile("Home", "openai", "http://127.0.0.1:11434/v1", id="home")


@pytest.mark.parametrize("one", presets(), ids=lambda one: one.id)
def test_every_preset_makes_a_profile_that_can_be_saved(one: object) -> None:
    known = preset(one.id)
    profile = profile_from(known, taken=())
    [saved] = Settings().with_profiles([profile]).profiles
    assert saved == profile
    assert (profile.id, profile.preset, profile.name) == (known.id, known.id, known.name)
    assert known.note.endswith((".", "!"))


@pytest.mark.parametrize("one", presets(), ids=lambda one: one.id)
def test_every_preset_says_what_its_kind_needs(one: object) -> None:
    host = urlsplit(one.address).hostname
    assert one.is_local == (host == "127.0.0.1")
    assert one.address.startswith("http://" if one.is_local else ("https://", ""))
    if one.needs_key:
        assert one.key_variable.endswith("_API_KEY")
        assert one.is_local or is_web_address(one.key_page)
        assert one.is_local or one.model
    if one.address:
        assert provider_for(profile_from(one, taken=()))


def test_the_services_that_people_ask_for_are_there() -> None:
    wanted = (
        "openai anthropic openrouter groq mistral deepseek gemini xai together ollama lmstudio"
        " llamacpp vllm jan chatgptfree ai_power demo"
    )
    assert set(wanted.split()) <= {one.id for one in presets()}
    assert preset("nobody") is None


def test_no_local_services_share_an_address() -> None:
    addresses = [one.address for one in presets() if one.address]
    assert len(set(addresses)) == len(addresses)


def test_a_second_profile_of_a_service_has_an_id_and_a_name_of_its_own() -> None:
    known = preset("groq")
    assert known is not None
    second = profile_from(known, taken={"groq"})
    third = profile_from(known, taken={"groq", "groq-2"})
    assert (second.id, second.name) == ("groq-2", "Groq 2")
    assert (third.id, third.preset) == ("groq-3", "groq")


@pytest.mark.parametrize(
    ("choice", "provider", "address"),
    [
        ("demo", "demo", ""),
        ("chatgptfree", "chatgptfree", ""),
        ("https://чат.example/page", "ai_power", "https://чат.example/page"),
        ("openai+http://127.0.0.1:8080/v1", "openai", "http://127.0.0.1:8080/v1"),
        ("anthropic+https://proxy.example", "anthropic", "https://proxy.example"),
        ("openai", "openai", "https://api.openai.com/v1"),
        ("work", "openai", "https://api.example/v1"),
    ],
)
def test_what_was_chosen_once_is_chosen_again_by_its_key(
    choice: str, provider: str, address: str
) -> None:
    profile = chosen_profile(choice, [WORK, HOME])
    assert profile is not None
    assert (profile.provider, profile.address) == (provider, address)
    assert profile.key == choice
    assert chosen_profile(profile.key, [WORK, HOME]) == profile


@pytest.mark.parametrize(
    "choice",
    ["", "nobody", "ai_power", "compatible", "gopher+http://x.example", "openai+x", "ftp://x"],
)
def test_what_nobody_knows_is_no_profile(choice: str) -> None:
    assert chosen_profile(choice, [WORK]) is None


def test_a_saved_profile_comes_before_the_preset_of_the_same_name() -> None:
    own = replace(WORK, id="openai")
    assert chosen_profile("openai", [own]) == own


@given(st.text())
def test_any_choice_is_a_profile_or_none(choice: str) -> None:
    profile = chosen_profile(choice, [WORK])
    assert profile is None or profile.key == choice


def test_a_profile_is_named_by_its_id_or_its_name() -> None:
    profiles = [WORK, HOME, replace(HOME, id="home2"), replace(WORK, name="home", id="x")]
    assert named_profile("work", profiles) == WORK
    assert named_profile(" WORK ", profiles) == WORK
    assert named_profile("home", profiles) == HOME


@pytest.mark.parametrize("name", ["nobody", "", "Home"])
def test_a_name_that_means_nobody_or_several_is_told(name: str) -> None:
    with pytest.raises(SettingsError) as caught:
        named_profile(name, [HOME, replace(HOME, id="home2"), WORK][0 if name == "Home" else 2 :])
    assert caught.value.fault is Fault.UNKNOWN_PROFILE
    assert f"“{name}”" in sentence(caught.value)


def test_what_nobody_says_is_the_programs_default() -> None:
    filled_in = resolved(WORK, Settings())
    assert filled_in.proxy == "system"
    assert filled_in.limits == Limits(connect=15, silence=120)
    assert filled_in.when_too_long == "oldest"
    assert filled_in.parameters == Parameters()
    assert resolved(filled_in, Settings()) == filled_in


def test_the_program_is_outdone_by_the_profile_and_that_by_the_conversation() -> None:
    settings = (
        Settings()
        .with_value(TEMPERATURE, 0.1)
        .with_value(SYSTEM_PROMPT, "app")
        .with_value(WHEN_TOO_LONG, "middle")
        .with_value(PROXY, "http://app.example")
        .with_value(CONNECT_SECONDS, 5.0)
        .with_value(SILENCE_SECONDS, 50.0)
    )
    app = resolved(WORK, settings)
    assert (app.parameters.temperature, app.system_prompt, app.proxy) == (
        0.1,
        "app",
        "http://app.example",
    )
    assert (app.limits, app.when_too_long) == (Limits(5, 50), "middle")
    said = replace(
        WORK,
        parameters=Parameters(temperature=0.2, stop=("x",)),
        system_prompt="profile",
        proxy="none",
        silence_seconds=7,
        when_too_long="nothing",
    )
    profile = resolved(said, settings)
    assert (profile.parameters.temperature, profile.parameters.stop) == (0.2, ("x",))
    assert (profile.system_prompt, profile.proxy, profile.when_too_long) == (
        "profile",
        "none",
        "nothing",
    )
    assert profile.limits == Limits(5, 7)
    conversation = Conversation(
        1,
        system_prompt="conversation",
        parameters=MappingProxyType({"temperature": 0, "seed": 4, "when_too_long": "oldest"}),
    )
    nearest = resolved(said, settings, conversation)
    assert (nearest.parameters.temperature, nearest.parameters.seed) == (0, 4)
    assert nearest.parameters.stop == ("x",)
    assert (nearest.system_prompt, nearest.when_too_long) == ("conversation", "oldest")


def test_what_a_conversation_says_wrongly_is_passed_over() -> None:
    wrong = MappingProxyType({"temperature": "hot", "stop": 3, "seed": None, "unknown": 1})
    filled_in = resolved(WORK, Settings(), Conversation(1, parameters=wrong))
    assert filled_in.parameters == Parameters()


@pytest.mark.parametrize(
    ("profile", "is_patient"),
    [
        (HOME, True),
        (replace(HOME, address="http://localhost:1234/v1"), True),
        (replace(HOME, address="http://[::1]:1234/v1"), True),
        (replace(WORK, address="http://192.168.1.7:11434/v1", preset="ollama"), True),
        (replace(WORK, address="http://192.168.1.7:11434/v1"), False),
        (replace(WORK, address="http://127.example.com/v1"), False),
        (replace(WORK, address=""), False),
        (replace(WORK, address="http://[broken"), False),
    ],
)
def test_a_model_that_has_to_be_loaded_is_waited_for_longer(
    profile: Profile, is_patient: bool
) -> None:
    option = LOCAL_SILENCE_SECONDS if is_patient else SILENCE_SECONDS
    assert resolved(profile, Settings()).limits.silence == option.default


def test_nobody_else_can_reach_the_demo() -> None:
    demo = chosen_profile("demo", ())
    assert demo is not None
    assert is_on_this_computer(demo)
    settings = Settings().with_value(PROXY, "http://proxy.example")
    assert resolved(demo, settings).proxy == "none"


def test_a_host_is_named_without_its_user() -> None:
    assert host_of("https://me@example.com:81/x") == "example.com:81"
    assert host_of("work") == "work"
