"""The settings as a TOML file that a person may edit, too."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.checks import refusal
from core.errors import Fault, SettingsError, StorageError
from core.option import Option
from core.options import OPTIONS
from core.settings import Settings
from core.state import data_folder

FILE_NAME = "settings.toml"

LARGEST = 4 * 1024 * 1024
"""Bytes; a file with more is not looked at."""
_MOST_COPIES = 100
_UNREAD = (0,)


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """What could be read, and what could not."""

    settings: Settings
    problems: tuple[SettingsError, ...] = ()
    """A wrong value has its option's key, or `profiles.<id>.<field>`, as `option`; a file that
    cannot be used has the fault SETTINGS_BROKEN or SETTINGS_UNREADABLE."""


def settings_path(override: str | Path | None = None) -> Path:
    """Return where the settings are; `override` names another folder for the user's data."""
    return data_folder(override) / FILE_NAME


class SettingsFile:
    """A file that only its user can read, replaced as a whole, with its comments as they are.

    Saving changes what has been changed since the file was last read or written through this
    object, and leaves alone what somebody else wrote in the meantime.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._known = Settings()
        self._stamp: tuple[int, ...] | None = None

    @property
    def broken_copy(self) -> Path:
        """Where a file that could not be understood is kept when another one replaces it.

        It is a name that is free: no copy takes the place of an older one.
        """
        names = ["broken", *(f"broken-{number}" for number in range(2, _MOST_COPIES))]
        paths = [
            self.path.with_name(f"{self.path.stem}.{name}{self.path.suffix}") for name in names
        ]
        return next((path for path in paths if not path.exists()), paths[-1])

    def load(self) -> LoadedSettings:
        """Return what is set; the defaults for what cannot be understood, which is left there."""
        self._known, self._stamp = Settings(), self._stamp_now()
        try:
            content = _read(self.path)
        except OSError as exc:
            return LoadedSettings(self._known, (self._error(Fault.SETTINGS_UNREADABLE, exc),))
        try:
            loaded = settings_from(_document(content))
        except (ValueError, RecursionError) as exc:
            return LoadedSettings(self._known, (self._error(Fault.SETTINGS_BROKEN, exc),))
        self._known = loaded.settings
        return loaded

    def save(self, settings: Settings) -> None:
        """Write what has changed.

        A file that is no TOML is first copied to `broken_copy`.

        Raises:
            StorageError: it could not be written; the old one is as it was.
        """
        from core.settings_writing import written  # noqa: PLC0415 - brings tomlkit, 0.1 s

        try:
            old = _read(self.path)
            has_changed = self.has_changed()
            result = written(old, self._known, settings)
            if result.is_new_start and old.strip():
                self._write(self.broken_copy, self.path.read_bytes())
            if result.content != old:
                self._write(self.path, result.content)
        except OSError as exc:
            raise StorageError(
                exc.strerror or str(exc), fault=Fault.SETTINGS_NOT_WRITTEN, file=str(self.path)
            ) from exc
        self._known = settings
        # What somebody else has written in the meantime is there, but has not been read.
        self._stamp = _UNREAD if has_changed else self._stamp_now()

    def has_changed(self) -> bool:
        """Tell whether somebody else has written, made or removed the file since."""
        return self._stamp_now() != self._stamp

    def _stamp_now(self) -> tuple[int, ...] | None:
        try:
            status = self.path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size, status.st_ino

    def _write(self, path: Path, content: bytes) -> None:
        from core.atomic_file import replace_file  # noqa: PLC0415 - a start only reads

        # What a link leads to is replaced, not the link: people keep such files elsewhere.
        replace_file(Path(os.path.realpath(path)), content)

    def _error(self, fault: Fault, error: Exception) -> SettingsError:
        reason = error.strerror if isinstance(error, OSError) else None
        text = reason or str(error) or type(error).__name__
        return SettingsError(text, option="", fault=fault, file=str(self.path))


def settings_from(document: Mapping[str, Any]) -> LoadedSettings:
    """Return what a TOML document says; what it does not know is passed over."""
    problems = [
        refusal("table", page)
        for page in dict.fromkeys(option.page for option in OPTIONS)
        if not isinstance(document.get(page, {}), dict)
    ]
    settings = Settings()
    for option in OPTIONS:
        value = _value(document, option)
        if value is not None:
            try:
                settings = settings.with_value(option, value)
            except SettingsError as exc:
                problems.append(exc)
    profiles = document.get("profiles", {})
    if profiles:
        settings = _with_profiles(settings, profiles, problems)
    wrong = frozenset(problem.option for problem in problems)
    return LoadedSettings(Settings(settings.values, settings.profiles, wrong), tuple(problems))


def _with_profiles(settings: Settings, tables: object, problems: list[SettingsError]) -> Settings:
    # Most people's file has none, and their window does not wait for this.
    from core.profile_fields import profile_of_table  # noqa: PLC0415 - see above

    if not isinstance(tables, dict):
        problems.append(refusal("table", "profiles"))
        return settings
    profiles = []
    for name, table in tables.items():
        profile, wrong = profile_of_table(name, table)
        problems.extend(wrong)
        if profile is not None:
            profiles.append(profile)
    return Settings(settings.values, tuple(profiles), settings.wrong)


def _value(document: Mapping[str, Any], option: Option[Any]) -> object:
    table = document.get(option.page, {})
    return table.get(option.name) if isinstance(table, dict) else None


def _read(path: Path) -> bytes:
    """Return the content of the file; empty where there is none.

    Raises:
        OSError: it cannot be read.
    """
    with contextlib.suppress(FileNotFoundError), path.open("rb") as file:
        return file.read(LARGEST + 1)
    return b""


def _document(content: bytes) -> dict[str, Any]:
    """Return what is in a file.

    Raises:
        ValueError: it is no TOML.
        RecursionError: it is nested too deeply to tell.
    """
    if not content.strip():
        return {}
    if len(content) > LARGEST:
        raise ValueError(f"it is larger than {LARGEST // 1024**2} MB")
    import tomllib  # noqa: PLC0415 - a first start does without

    # Windows' own editor puts a mark before the first letter.
    return tomllib.loads(content.decode("utf-8-sig"))
