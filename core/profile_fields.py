"""What a profile is made of, as the settings file has it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from core import checks
from core.errors import SettingsError
from core.models import Parameters, Profile, Trust
from core.option import Option
from core.options import (
    CONNECT_SECONDS,
    MAX_TOKENS,
    SEED,
    SILENCE_SECONDS,
    STOP,
    SYSTEM_PROMPT,
    TEMPERATURE,
    TOP_P,
    WHEN_TOO_LONG,
)
from core.profiles import preset, profile_from

PROVIDERS = ("openai", "anthropic", "chatgptfree", "ai_power", "demo")
"""What `core.providers.registry` knows."""

_LARGEST_WINDOW = 1_000_000_000

Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One entry of a profile's table."""

    name: str
    check: Callable[[object, str], object]
    default: object = ""
    part: str = ""
    """The field of the profile that holds it, where that is a value of its own."""
    is_nested: bool = False
    """Whether it stands in a table of the part's name."""

    @property
    def place(self) -> tuple[str, ...]:
        """The keys that lead to it inside the profile's table."""
        return (self.part, self.name) if self.is_nested else (self.name,)

    def of(self, profile: Profile) -> object:
        """Return the value that a profile has."""
        return getattr(getattr(profile, self.part) if self.part else profile, self.name)


def checked_profiles(profiles: Iterable[Profile]) -> tuple[Profile, ...]:
    """Return the profiles with all values in their own form.

    Raises:
        SettingsError: a value is none that the field can have, or an id is there twice.
    """
    result: dict[str, Profile] = {}
    for profile in profiles:
        checks.an_id(profile.id, f"profiles.{profile.id}.id")
        if profile.id in result:
            raise checks.refusal("id", f"profiles.{profile.id}.id")
        result[profile.id] = checked_profile(profile)
    return tuple(result.values())


def checked_profile(profile: Profile) -> Profile:
    """Return the profile with all values in their own form.

    Raises:
        SettingsError: a value is none that the field can have.
    """
    values = {
        field.place: field.check(value, _key(profile.id, field))
        for field in FIELDS
        if (value := field.of(profile)) != field.default or field.name in _NEEDED
    }
    return _made(profile.id, values, Profile("", ""))


def changed_keys(before: Iterable[Profile], after: Iterable[Profile]) -> set[str]:
    """Return the fields that are different, or gone, as `profiles.<id>.<field>`."""
    new = {profile.id: profile for profile in after}
    return {
        _key(old.id, field)
        for old in before
        for field in FIELDS
        if old.id not in new or field.of(old) != field.of(new[old.id])
    }


def profile_of_table(profile_id: str, table: object) -> tuple[Profile | None, list[SettingsError]]:
    """Return the profile in a table of the file, None when it cannot be used, and what is wrong.

    A table that names a preset and no provider has the preset's values for what it leaves open.
    """
    key = f"profiles.{profile_id}"
    problems: list[SettingsError] = []
    try:
        checks.an_id(profile_id, f"{key}.id")
    except SettingsError as exc:
        return None, [exc]
    if not isinstance(table, dict):
        return None, [checks.refusal("table", key)]
    if not isinstance(table.get("trust", {}), dict):
        problems.append(checks.refusal("table", f"{key}.trust"))
    values: dict[tuple[str, ...], object] = {}
    for field in FIELDS:
        try:
            found = _found(table, field)
            if found is not None:
                values[field.place] = field.check(found, _key(profile_id, field))
        except SettingsError as exc:
            problems.append(exc)
    known = preset(str(table.get("preset", ""))) if "provider" not in table else None
    start = Profile(profile_id, "") if known is None else profile_from(known, taken=())
    profile = _made(profile_id, values, start)
    if not profile.provider and not any(error.option == f"{key}.provider" for error in problems):
        problems.append(checks.refusal("choice", f"{key}.provider", choices=", ".join(PROVIDERS)))
    return (profile if profile.provider else None), problems


def _made(profile_id: str, values: Mapping[tuple[str, ...], object], start: Profile) -> Profile:
    own: dict[str, Any] = {}
    parts: dict[str, dict[str, Any]] = {"parameters": {}, "trust": {}}
    for field in FIELDS:
        if field.place in values:
            target = parts[field.part] if field.part else own
            target[field.name] = values[field.place]
    return replace(
        start,
        id=profile_id,
        parameters=Parameters(**parts["parameters"]),
        trust=Trust(**parts["trust"]),
        **own,
    )


def _found(table: Table, field: Field) -> object:
    if not field.is_nested:
        return table.get(field.name)
    part = table.get(field.part, {})
    return part.get(field.name) if isinstance(part, dict) else None


def _key(profile_id: str, field: Field) -> str:
    return ".".join(("profiles", profile_id, *field.place))


def _name(value: object, key: str) -> str:
    name = checks.a_line(value, key)
    if not name:
        raise checks.refusal("needed", key)
    return name


def _optional(check: Callable[[object, str], object], value: object, key: str) -> object:
    return "" if value == "" else check(value, key)


def _as_option(option: Option[Any], value: object, key: str) -> object:
    return replace(option, key=key).checked(value)


def _of_option(option: Option[Any], default: object = None, part: str = "") -> Field:
    return Field(option.name, partial(_as_option, option), default, part)


_NEEDED = {"name", "provider"}

FIELDS: tuple[Field, ...] = (
    Field("name", _name),
    Field("provider", partial(checks.a_choice, choices=PROVIDERS)),
    Field("preset", partial(_optional, checks.an_id)),
    Field("address", checks.an_address),
    Field("model", checks.a_line),
    Field("needs_key", checks.a_switch, default=False),
    Field("key_variable", checks.a_variable),
    Field("proxy", checks.a_proxy, default=None),
    _of_option(CONNECT_SECONDS),
    _of_option(SILENCE_SECONDS),
    Field(
        "context_window",
        partial(checks.a_number, smallest=1, largest=_LARGEST_WINDOW),
        default=None,
    ),
    _of_option(WHEN_TOO_LONG, ""),
    Field("fallback", partial(_optional, checks.an_id)),
    _of_option(TEMPERATURE, part="parameters"),
    _of_option(TOP_P, part="parameters"),
    _of_option(MAX_TOKENS, part="parameters"),
    _of_option(STOP, (), part="parameters"),
    _of_option(SEED, part="parameters"),
    _of_option(SYSTEM_PROMPT, ""),
    Field("ca_file", checks.a_line, part="trust", is_nested=True),
    Field("fingerprint", checks.a_fingerprint, part="trust", is_nested=True),
)
"""In the order in which they are written."""
