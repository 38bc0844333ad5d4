"""Reads and changes the fields of a profile by name."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from core.models import Parameters, Profile, Trust
from core.profiles import preset, profile_from

_PARAMETERS = frozenset(field.name for field in fields(Parameters))
_TRUST = frozenset(field.name for field in fields(Trust))

WITHOUT_ADDRESS = frozenset({"demo", "chatgptfree"})
"""Providers that have an address of their own."""
WITHOUT_KEY = frozenset({"demo", "chatgptfree", "ai_power"})


def value_of(profile: Profile, name: str) -> object:
    """Return what a profile says under the name that the settings file has for it."""
    if name in _PARAMETERS:
        return getattr(profile.parameters, name)
    return getattr(profile.trust if name in _TRUST else profile, name)


def with_value(profile: Profile, name: str, value: object) -> Profile:
    """Return the profile with another value; nothing is checked here."""
    change: dict[str, Any] = {name: value}
    if name in _PARAMETERS:
        return replace(profile, parameters=replace(profile.parameters, **change))
    if name in _TRUST:
        return replace(profile, trust=replace(profile.trust, **change))
    return replace(profile, **change)


def usual_value(profile: Profile, name: str) -> object:
    """Return what the profile said when it was made from its preset."""
    known = preset(profile.preset) if profile.preset else None
    start = Profile("", profile.provider) if known is None else profile_from(known, taken=())
    return value_of(start, name)


def copied(profile: Profile, taken: set[str], name: str) -> Profile:
    """Return the profile again, under an id of its own and another name."""
    number = 2
    while (new_id := f"{profile.id}-{number}") in taken:
        number += 1
    return replace(profile, id=new_id, name=name)
