"""The settings while they are edited."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from core.models import Profile
from core.settings import OPTIONS, Option, Settings

_PATIENCE = 400
"""Milliseconds after the last change before it takes effect: a word is typed as a whole."""


class SettingsEditor(QObject):
    """Holds what is set now, and tells of it once the user pauses.

    Signals:
        edited: something has changed just now, by the user or from outside.
        settled: these settings hold from now on.
    """

    edited = Signal()
    settled = Signal(object)

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._told = settings
        self._timer = QTimer(self, singleShot=True, interval=_PATIENCE)

        self._timer.timeout.connect(self.settle)

    @property
    def settings(self) -> Settings:
        """What stands in the window."""
        return self._settings

    @property
    def is_waiting(self) -> bool:
        """Whether there is a change that nobody was told of yet."""
        return self._settings != self._told

    def take(self, settings: Settings) -> None:
        """Show what was set elsewhere; what was edited here and not told yet stays."""
        before, self._told = self._told, settings
        if self._settings != before:
            settings = _with_edits(settings, before, self._settings)
        if settings != self._settings:
            self._settings = settings
            self.edited.emit()

    def set_value(self, option: Option[Any], value: object) -> None:
        """Set an option; None is its default.

        Raises:
            SettingsError: it cannot have that value; nothing is changed.
        """
        wanted = option.default if value is None else value
        self._change(self._settings.with_value(option, wanted))

    def reset(self, option: Option[Any]) -> None:
        """Give an option its default."""
        self._change(self._settings.without(option))

    def set_profiles(self, profiles: Iterable[Profile]) -> None:
        """Save these profiles, in this order.

        Raises:
            SettingsError: a field has a value that it cannot have; nothing is changed.
        """
        self._change(self._settings.with_profiles(profiles))

    def set_profile(self, profile: Profile) -> None:
        """Save one in place of the one with the same id.

        Raises:
            SettingsError: as `set_profiles`.
        """
        others = self._settings.profiles
        self.set_profiles(profile if other.id == profile.id else other for other in others)

    @Slot()
    def settle(self) -> None:
        """Tell now of what has changed, if anything has."""
        self._timer.stop()
        if self.is_waiting:
            self._told = self._settings
            self.settled.emit(self._settings)

    def _change(self, settings: Settings) -> None:
        if settings == self._settings:
            return
        self._settings = settings
        self._timer.start()
        self.edited.emit()


def _with_edits(settings: Settings, before: Settings, after: Settings) -> Settings:
    """Return `settings` with what is different between `before` and `after`."""
    for option in OPTIONS:
        if before.value(option) != after.value(option):
            settings = settings.with_value(option, after.value(option))
    if before.profiles != after.profiles:
        settings = settings.with_profiles(after.profiles)
    return settings
