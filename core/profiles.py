"""Services that the program knows, and profiles: made from them, chosen, and filled in."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from core.checks import SYSTEM_PROXY, is_web_address
from core.errors import Fault, SettingsError
from core.models import Conversation, Limits, Parameters, Profile
from core.option import Option
from core.options import (
    CONNECT_SECONDS,
    LOCAL_SILENCE_SECONDS,
    MAX_TOKENS,
    PROXY,
    SEED,
    SILENCE_SECONDS,
    STOP,
    SYSTEM_PROMPT,
    TEMPERATURE,
    TOP_P,
    WHEN_TOO_LONG,
)
from resources import FOLDER

if TYPE_CHECKING:
    from core.settings import Settings

T = TypeVar("T")

_LOOPBACK = re.compile(r"127(?:\.[0-9]{1,3}){3}")

DEMO, CHATGPT_FREE, AI_POWER = "demo", "chatgptfree", "ai_power"
BY_ADDRESS = ("openai", "anthropic")
"""Providers that stand before an address where a choice is one text: `openai+http://…`."""


@dataclass(frozen=True, slots=True)
class Preset:
    """A service that many people use, or a kind of them."""

    id: str
    name: str
    provider: str
    """A key of `core.providers.registry`."""
    address: str = ""
    """Empty where the user has to enter one, or the provider has its own."""
    model: str = ""
    """Empty where the service or the user chooses."""
    needs_key: bool = False
    key_variable: str = ""
    key_page: str = ""
    """Where a person gets a key."""
    key_prefix: str = ""
    """What every key of the service begins with, where that is so."""
    is_local: bool = False
    """Whether it runs on this computer, and is looked for there."""
    note: str = ""
    """English; what the window translates."""
    context_window: int | None = None


@cache
def presets() -> tuple[Preset, ...]:
    """Return the services of `resources/providers.toml`, in order."""
    import tomllib  # noqa: PLC0415 - the first frame does without

    tables = tomllib.loads((FOLDER / "providers.toml").read_text(encoding="utf-8"))
    return tuple(Preset(id=name, **table) for name, table in tables.items())


def preset(preset_id: str) -> Preset | None:
    """Return the preset that has this id."""
    return next((one for one in presets() if one.id == preset_id), None)


def profile_from(preset: Preset, *, taken: Collection[str]) -> Profile:
    """Return a profile for a service, under an id that is not among `taken`."""
    number = 1
    while (new_id := preset.id if number == 1 else f"{preset.id}-{number}") in taken:
        number += 1
    return Profile(
        preset.name if number == 1 else f"{preset.name} {number}",
        preset.provider,
        preset.address,
        preset.model,
        id=new_id,
        preset=preset.id,
        key_variable=preset.key_variable,
        needs_key=preset.needs_key,
        context_window=preset.context_window,
    )


def chosen_profile(choice: str, profiles: Iterable[Profile]) -> Profile | None:
    """Return the profile that a choice stands for, None where nobody knows it.

    A choice is what `Profile.key` gives: the id of one of `profiles`, of a preset (among them
    `demo` and `chatgptfree`), the address of an AI Power site, or an address behind the provider
    that speaks to it, such as `openai+http://127.0.0.1:8080/v1`.
    """
    saved = next((profile for profile in profiles if profile.id == choice), None)
    if saved is not None or not choice:
        return saved
    if is_web_address(choice):
        return Profile(host_of(choice), AI_POWER, choice)
    provider, plus, address = choice.partition("+")
    if plus and provider in BY_ADDRESS and is_web_address(address):
        return Profile(host_of(address), provider, address)
    known = preset(choice)
    if known is None or not (known.address or known.provider in {DEMO, CHATGPT_FREE}):
        return None
    return profile_from(known, taken=())


def named_profile(name: str, profiles: Iterable[Profile]) -> Profile:
    """Return the saved profile that a person means by its id or its name.

    Raises:
        SettingsError: there is none (UNKNOWN_PROFILE), or more than one.
    """
    everything = tuple(profiles)
    wanted = name.strip().casefold()
    for one in everything:
        if one.id == name.strip():
            return one
    found = [one for one in everything if wanted in {one.id.casefold(), one.name.casefold()}]
    if len(found) != 1:
        raise SettingsError(option="profile", fault=Fault.UNKNOWN_PROFILE, profile=name)
    return found[0]


def resolved(
    profile: Profile, settings: Settings, conversation: Conversation | None = None
) -> Profile:
    """Return the profile with everything filled in; of all that speak, the nearest counts.

    That is the conversation, then the profile, then the program's settings. Nothing is left
    open but what the service decides. What a conversation says wrongly is passed over.
    """
    said = {} if conversation is None else conversation.parameters
    own = profile.parameters
    prompt = conversation.system_prompt if conversation is not None else ""
    too_long = _nearest(WHEN_TOO_LONG, said, profile.when_too_long or None, settings)
    return replace(
        profile,
        proxy=_proxy(profile, settings),
        limits=_limits(profile, settings),
        system_prompt=prompt or profile.system_prompt or settings.value(SYSTEM_PROMPT),
        when_too_long=too_long,
        parameters=Parameters(
            temperature=_nearest(TEMPERATURE, said, own.temperature, settings),
            top_p=_nearest(TOP_P, said, own.top_p, settings),
            max_tokens=_nearest(MAX_TOKENS, said, own.max_tokens, settings),
            stop=_nearest(STOP, said, own.stop or None, settings),
            seed=_nearest(SEED, said, own.seed, settings),
        ),
    )


def host_of(address: str) -> str:
    """Return the host and port of an address, or the address where there is no host in it."""
    return urlsplit(address).netloc.rpartition("@")[2] or address


def is_on_this_computer(profile: Profile) -> bool:
    """Tell whether a profile's service runs here, so that it may have to load a model first."""
    if profile.provider == DEMO:
        return True
    if not is_web_address(profile.address):
        return False
    host = urlsplit(profile.address).hostname or ""
    is_named_so = host in {"localhost", "::1"} or host.endswith(".localhost")
    return is_named_so or _LOOPBACK.fullmatch(host) is not None


def _may_load_a_model(profile: Profile) -> bool:
    if is_on_this_computer(profile):
        return True
    # The same program on another computer of the house is as slow.
    made_from = preset(profile.preset) if profile.preset else None
    return made_from is not None and made_from.is_local


def _nearest(option: Option[T], said: Mapping[str, object], own: object, settings: Settings) -> T:
    for value in (said.get(option.name), own):
        if value is not None:
            try:
                return option.checked(value)
            except SettingsError:
                continue
    return settings.value(option)


def _proxy(profile: Profile, settings: Settings) -> str | None:
    # Nobody but this computer can reach the demo, which it serves itself.
    if profile.provider == DEMO:
        return "none"
    return profile.proxy or settings.value(PROXY) or SYSTEM_PROXY


def _limits(profile: Profile, settings: Settings) -> Limits:
    usual = Limits()
    connect, silence = profile.connect_seconds, profile.silence_seconds
    if connect is None:
        is_own = profile.limits.connect != usual.connect
        connect = profile.limits.connect if is_own else settings.value(CONNECT_SECONDS)
    if silence is None:
        of_place = LOCAL_SILENCE_SECONDS if _may_load_a_model(profile) else SILENCE_SECONDS
        is_own = profile.limits.silence != usual.silence
        silence = profile.limits.silence if is_own else settings.value(of_place)
    return Limits(connect=connect, silence=silence)
