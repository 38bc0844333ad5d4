"""The settings while the program runs: one value for everybody, and the file behind it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from core.errors import Fault, SettingsError
from core.models import Profile
from core.settings import Settings
from core.settings_file import LoadedSettings, SettingsFile
from gui.tasks import TaskScope

_UNUSABLE = {Fault.SETTINGS_BROKEN, Fault.SETTINGS_UNREADABLE}
"""With these nothing could be read of the file: what holds goes on to hold."""


class Preferences(QObject):
    """Holds what is set, saves what is changed, and takes what somebody wrote into the file.

    Signals:
        changed: these `Settings` hold from now on.
        problems_found: what could not be read of the file, as a tuple of `SettingsError`; empty
            when it is in order again.
    """

    changed = Signal(object)
    problems_found = Signal(object)

    def __init__(
        self,
        file: SettingsFile,
        loaded: LoadedSettings,
        *,
        scope: TaskScope,
        parent: QObject | None = None,
    ) -> None:
        """Begin with what was loaded; `scope` is where saving runs, and tells that it failed."""
        super().__init__(parent)
        self.file = file
        self._scope = scope
        self._settings = loaded.settings
        self._problems = loaded.problems
        self._unsaved: Settings | None = None
        self._turn = asyncio.Lock()

    @property
    def settings(self) -> Settings:
        """What holds now."""
        return self._settings

    @property
    def problems(self) -> tuple[SettingsError, ...]:
        """What could not be read of the file when it was read last."""
        return self._problems

    @property
    def is_unsaved(self) -> bool:
        """Whether something is on its way to the file."""
        return self._unsaved is not None

    @Slot(object)
    def change(self, settings: Settings) -> None:
        """Let other settings hold, and save them."""
        if settings == self._settings:
            return
        self._settings = settings
        self._unsaved = settings
        self._scope.start(self._save(), name="save settings")
        self.changed.emit(settings)

    def keep_profile(self, profile: Profile) -> None:
        """Save a profile, in the place of the one that has its id, or after the others.

        Raises:
            SettingsError: a field has a value that it cannot have.
        """
        known = self._settings.profiles
        if self._settings.profile(profile.id) is None:
            changed = (*known, profile)
        else:
            changed = tuple(profile if one.id == profile.id else one for one in known)
        self.change(self._settings.with_profiles(changed))

    def keep_model(self, profile: Profile) -> None:
        """Remember the model of a profile, if that is saved."""
        saved = self._settings.profile(profile.id)
        if saved is not None and saved.model != profile.model:
            self.keep_profile(replace(saved, model=profile.model))

    @Slot()
    def look(self) -> None:
        """Take what somebody else has written into the file, if there is anything."""
        if not self.is_unsaved and self.file.has_changed():
            self._scope.start(self._load(), name="load settings")

    async def _save(self) -> None:
        """Write the newest value.

        Raises:
            StorageError: it could not be written.
        """
        async with self._turn:
            settings, self._unsaved = self._unsaved, None
            if settings is not None:
                await asyncio.to_thread(self.file.save, settings)

    async def _load(self) -> None:
        async with self._turn:
            # Not in a thread: what the user chose meanwhile would be told apart from a file that
            # they have not seen, and so take back what somebody wrote into that.
            if self.is_unsaved:
                return
            loaded = self.file.load()
            if loaded.problems != self._problems:
                self._problems = loaded.problems
                self.problems_found.emit(loaded.problems)
            is_whole = not any(problem.fault in _UNUSABLE for problem in loaded.problems)
            if is_whole and loaded.settings != self._settings:
                self._settings = loaded.settings
                self.changed.emit(loaded.settings)
