"""Keeps the setting and what the session really starts together."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from core.settings import AUTOSTART, Settings
from gui.autostart import Autostart, autostart_of_this_system, set_autostart
from gui.preferences import Preferences
from gui.tasks import TaskScope


class AutostartLink(QObject):
    """Writes and removes what starts the program, when the setting is changed."""

    def __init__(
        self,
        preferences: Preferences,
        scope: TaskScope,
        *,
        data_dir: Path | None = None,
        system: Autostart | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Begin with what is set; `scope` is where writing runs, and tells that it failed."""
        super().__init__(parent)
        self._preferences = preferences
        self._scope = scope
        self._system = system or autostart_of_this_system()
        self._set = partial(set_autostart, data_dir=data_dir, system=self._system)
        self._is_on = preferences.settings.value(AUTOSTART)
        self._turn = asyncio.Lock()

        preferences.changed.connect(self._on_preferences_changed)

    @Slot()
    def look(self) -> None:
        """Take what the desktop's own settings say; where it is on, write where the program is now.

        On the loop, once, when nothing else is to be done.
        """
        if self._is_on:
            self._scope.start(self._look(), name="look at autostart")

    async def _look(self) -> None:
        async with self._turn:
            is_written = await asyncio.to_thread(self._system.is_on)
            if not self._is_on:
                return  # the user was quicker, and what they want is written next
            if is_written:
                await asyncio.to_thread(self._set, self._is_on)
                return
            self._is_on = False
            settings = self._preferences.settings
            self._preferences.change(settings.with_value(AUTOSTART, self._is_on))

    @Slot(object)
    def _on_preferences_changed(self, settings: Settings) -> None:
        is_on = settings.value(AUTOSTART)
        if is_on != self._is_on:
            self._is_on = is_on
            self._scope.start(self._write(), name="set autostart")

    async def _write(self) -> None:
        # One after the other, and what was wanted last: a switch is quick, a disk may be slow.
        async with self._turn:
            await asyncio.to_thread(self._set, self._is_on)
