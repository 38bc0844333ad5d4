"""Lets what is set take effect in the window, at once."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from core.settings import AFTER_QUESTION, LOG_LEVEL, SEND_KEY, THEME, ZOOM, Settings
from gui.theme import Appearance
from gui.transcript.follow import FollowMode
from gui.transcript.view import TranscriptView

if TYPE_CHECKING:
    from gui.preferences import Preferences
    from gui.shortcuts import Shortcuts
    from gui.widgets.composer import Composer

_ZOOM_REST = 1000
"""Milliseconds after the last turn of the wheel before the zoom is saved."""


class SettingsEffects(QObject):
    """Tells the window's parts what is set, and the settings how the view was zoomed."""

    def __init__(
        self,
        preferences: Preferences,
        *,
        appearance: Appearance | None,
        transcript: TranscriptView,
        composer: Composer,
        shortcuts: Shortcuts,
    ) -> None:
        super().__init__(preferences)
        self._preferences = preferences
        self._appearance = appearance
        self._transcript = transcript
        self._composer = composer
        self._shortcuts = shortcuts
        self._zoom_timer = QTimer(self, singleShot=True, interval=_ZOOM_REST)
        self._take(preferences.settings)

        preferences.changed.connect(self._on_preferences_changed)
        transcript.zoom_changed.connect(self._zoom_timer.start)
        self._zoom_timer.timeout.connect(self.keep_zoom)

    @Slot()
    def keep_zoom(self) -> None:
        """Save how the view is zoomed."""
        percent = round(self._transcript.zoom * 100)
        settings = self._preferences.settings
        if settings.value(ZOOM) != percent:
            self._preferences.change(settings.with_value(ZOOM, percent))

    @Slot(object)
    def _on_preferences_changed(self, settings: Settings) -> None:
        if self._appearance is not None:
            self._appearance.choose(settings.value(THEME))
        self._shortcuts.take(settings)
        self._take(settings)

    def _take(self, settings: Settings) -> None:
        self._transcript.set_zoom(settings.value(ZOOM) / 100)
        self._transcript.set_follow_mode(FollowMode(settings.value(AFTER_QUESTION)))
        self._composer.editor.set_sends_with_ctrl(settings.value(SEND_KEY) == "ctrl_enter")
        logging.getLogger().setLevel(settings.value(LOG_LEVEL).upper())
