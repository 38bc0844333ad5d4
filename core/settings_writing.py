"""Changes of the settings, written into the text that a person may have edited."""

from __future__ import annotations

import tomllib
from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from core.models import Profile
from core.options import OPTIONS
from core.profile_fields import FIELDS, Field
from core.settings import Settings
from core.settings_file import LARGEST, settings_from

_HEADER = "What Beseda is told to do; “beseda settings” lists all options."
_BLANK = Profile("", "")

Table = MutableMapping[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """The new content of the file."""

    content: bytes
    is_new_start: bool = False
    """Whether nothing of the old content could be kept."""


class _NotWrittenError(Exception):
    """What was written does not say what it should."""


def written(old: bytes, known: Settings, new: Settings) -> Written:
    """Return `old` with everything that is different between `known` and `new`.

    All else stays as it is: comments, what nobody here understands, and what somebody has
    written there since `known`. The result is read again, so that it says what it should.
    """
    if known == new:
        return Written(old)
    text = ""
    if old.strip() and len(old) <= LARGEST:
        try:
            text = _changed(tomlkit.parse(old.decode("utf-8-sig")), known, new)
        except (ValueError, LookupError, TypeError, RecursionError, TOMLKitError, _NotWrittenError):
            # It is no TOML, or is written in a way that cannot be changed without a loss.
            text = ""
    if text:
        return Written(text.encode())
    document = tomlkit.document()
    document.add(tomlkit.comment(_HEADER))
    return Written(_changed(document, Settings(), new).encode(), is_new_start=True)


def _changed(document: tomlkit.TOMLDocument, known: Settings, new: Settings) -> str:
    for option in OPTIONS:
        if _is_changed(option.key, known, new):
            value = new.values.get(option.key)
            _put(document, (option.page, option.name), value)
    _change_profiles(document, known, new)
    text = tomlkit.dumps(document)
    _check(text, known, new)
    return text


def _is_changed(key: str, known: Settings, new: Settings) -> bool:
    is_put_right = key in known.wrong and key not in new.wrong
    return is_put_right or known.values.get(key) != new.values.get(key)


def _change_profiles(document: Table, known: Settings, new: Settings) -> None:
    for profile in known.profiles:
        if new.profile(profile.id) is None:
            _put(document, ("profiles", profile.id), None)
    for profile in new.profiles:
        before = known.profile(profile.id)
        if not _has_provider(document, profile.id):
            # It stands for itself from now on, and not for what a preset says.
            before = None
        for field in FIELDS:
            _change_field(document, field, before, profile)
    wanted = [profile.id for profile in new.profiles]
    if wanted and [profile.id for profile in known.profiles] != wanted:
        _order(document, wanted)


def _has_provider(document: Table, profile_id: str) -> bool:
    tables = document.get("profiles")
    table = tables.get(profile_id) if isinstance(tables, MutableMapping) else None
    return isinstance(table, MutableMapping) and "provider" in table


def _change_field(document: Table, field: Field, before: Profile | None, profile: Profile) -> None:
    value = field.of(profile)
    if before is not None and field.of(before) == value:
        return
    place = ("profiles", profile.id, *field.place)
    _put(document, place, None if value == field.of(_BLANK) else value)


def _order(document: Table, wanted: list[str]) -> None:
    """Put the tables of the profiles into this order; those that cannot be used come last."""
    tables = document["profiles"]
    present = list(tables)
    order = [*wanted, *(name for name in present if name not in wanted)]
    if order == present:
        return
    ordered = tomlkit.table(is_super_table=True)
    for name in order:
        ordered.append(name, tables[name])
    del document["profiles"]
    document["profiles"] = ordered


def _put(document: Table, place: tuple[str, ...], value: object) -> None:
    """Set what stands at `place`, or take it away where the value is None.

    Raises:
        _NotWrittenError: something else than a table is in the way, which is not ours to remove.
    """
    *outer, name = place
    table = document
    for depth, key in enumerate(outer):
        inner = table.get(key)
        if inner is None:
            if value is None:
                return
            is_super = depth == 0 and key == "profiles"
            table[key] = tomlkit.table(is_super_table=is_super)
            inner = table[key]
        if not isinstance(inner, MutableMapping):
            raise _NotWrittenError
        table = inner
    if value is not None:
        table[name] = _item(value)
    elif name in table:
        del table[name]


def _item(value: object) -> Any:
    if isinstance(value, str) and "\n" in value and "\r" not in value:
        return tomlkit.string(value, multiline=True)
    return tomlkit.item(list(value) if isinstance(value, tuple) else value)


def _check(text: str, known: Settings, new: Settings) -> None:
    """Read what was written.

    Raises:
        _NotWrittenError: it says something else.
        ValueError: it is no TOML.
    """
    found = settings_from(tomllib.loads(text)).settings
    changed = [option.key for option in OPTIONS if _is_changed(option.key, known, new)]
    ids = {profile.id for profile in (*known.profiles, *new.profiles)}
    wanted = [profile.id for profile in new.profiles]
    order = [profile.id for profile in found.profiles if profile.id in ids]
    is_right = (
        all(found.values.get(key) == new.values.get(key) for key in changed)
        and all(
            found.profile(one) == new.profile(one)
            for one in ids
            if known.profile(one) != new.profile(one)
        )
        and (order == wanted or [profile.id for profile in known.profiles] == wanted)
    )
    if not is_right:
        raise _NotWrittenError
