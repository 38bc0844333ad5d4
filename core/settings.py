"""What the user has set: a value for some of the options, and the profiles.

Everything about options is found here: `core.options` declares them, `core.option` says what one
is, `core.checks` what its values may be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TypeVar, cast

from core.checks import CHECKS, check_sentence
from core.models import Limits, Profile
from core.option import Choice, Kind, Option, Scope
from core.options import (
    AFTER_QUESTION,
    AUTOSTART,
    CLOSE_TO_TRAY,
    CONNECT_SECONDS,
    HOTKEY,
    HOTKEY_ON,
    IMAGES,
    KEEP_CONVERSATIONS,
    KEY_PLACE,
    LANGUAGE,
    LOCAL_SILENCE_SECONDS,
    LOG_LEVEL,
    LONGEST_WAIT,
    MAX_TOKENS,
    NOTIFY,
    OPTIONS,
    PAGES,
    PROFILE,
    PROXY,
    QUICK_PRIVATE,
    RETRIES,
    SEED,
    SEND_KEY,
    SHORTCUTS,
    SILENCE_SECONDS,
    STOP,
    SYSTEM_PROMPT,
    TEMPERATURE,
    TEMPLATES,
    THEME,
    TOP_P,
    TRAY,
    TRAY_CLICK,
    WHEN_TOO_LONG,
    ZOOM,
    option_by_key,
)

__all__ = [
    "AFTER_QUESTION",
    "AUTOSTART",
    "CHECKS",
    "CLOSE_TO_TRAY",
    "CONNECT_SECONDS",
    "HOTKEY",
    "HOTKEY_ON",
    "IMAGES",
    "KEEP_CONVERSATIONS",
    "KEY_PLACE",
    "LANGUAGE",
    "LOCAL_SILENCE_SECONDS",
    "LOG_LEVEL",
    "LONGEST_WAIT",
    "MAX_TOKENS",
    "NOTIFY",
    "OPTIONS",
    "PAGES",
    "PROFILE",
    "PROXY",
    "QUICK_PRIVATE",
    "RETRIES",
    "SEED",
    "SEND_KEY",
    "SHORTCUTS",
    "SILENCE_SECONDS",
    "STOP",
    "SYSTEM_PROMPT",
    "TEMPERATURE",
    "TEMPLATES",
    "THEME",
    "TOP_P",
    "TRAY",
    "TRAY_CLICK",
    "WHEN_TOO_LONG",
    "ZOOM",
    "Choice",
    "Kind",
    "Option",
    "Scope",
    "Settings",
    "check_sentence",
    "option_by_key",
]

T = TypeVar("T")


def _no_values() -> Mapping[str, object]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Settings:
    """Values that were set, and the saved profiles in the user's order.

    All values have been checked; what is not set has its default.
    """

    values: Mapping[str, object] = field(default_factory=_no_values)
    """By the key of the option; only what differs from the default."""
    profiles: tuple[Profile, ...] = ()
    """As they are saved: what they leave open is filled in by `core.profiles.resolved`."""
    wrong: frozenset[str] = frozenset()
    """What the file holds a wrong value for, as `appearance.zoom` or `profiles.work.proxy`. It
    stays in the file until something else is chosen."""

    def value(self, option: Option[T]) -> T:
        """Return what counts for the program."""
        return cast("T", self.values.get(option.key, option.default))

    def is_set(self, option: Option[T]) -> bool:
        """Tell whether the user has chosen something else than the default."""
        return option.key in self.values

    def with_value(self, option: Option[T], value: T) -> Settings:
        """Return the settings with a value for `option`.

        Raises:
            SettingsError: the option cannot have it.
        """
        checked = option.checked(value)
        values = {key: other for key, other in self.values.items() if key != option.key}
        if checked != option.default:
            values[option.key] = checked
        return replace(self, values=MappingProxyType(values), wrong=self.wrong - {option.key})

    def without(self, option: Option[T]) -> Settings:
        """Return the settings with the default for `option`."""
        return self.with_value(option, option.default)

    def profile(self, id: str) -> Profile | None:  # noqa: A002 - what it is called everywhere
        """Return the saved profile that has this id."""
        return next((profile for profile in self.profiles if profile.id == id), None)

    def with_profiles(self, profiles: Iterable[Profile]) -> Settings:
        """Return the settings with these profiles, in this order.

        A profile whose `limits` were set has them as its `connect_seconds` and `silence_seconds`.

        Raises:
            SettingsError: two have the same id, or a field has a value that it cannot have.
        """
        from core.profile_fields import changed_keys, checked_profiles  # noqa: PLC0415 - rare

        new = checked_profiles(map(_with_own_limits, profiles))
        changed = changed_keys(self.profiles, new)
        return replace(self, profiles=new, wrong=self.wrong - changed)


def _with_own_limits(profile: Profile) -> Profile:
    own, usual = profile.limits, Limits()
    connect, silence = profile.connect_seconds, profile.silence_seconds
    if connect is None and own.connect != usual.connect:
        connect = own.connect
    if silence is None and own.silence != usual.silence:
        silence = own.silence
    return replace(profile, limits=usual, connect_seconds=connect, silence_seconds=silence)
