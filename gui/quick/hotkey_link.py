"""Joins the keys that work in every program with what is set."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from core.settings import HOTKEY, HOTKEY_ON, Settings
from gui.quick.hotkeys.interface import Hotkey, HotkeyReason, HotkeyState, HotkeyStatus

if TYPE_CHECKING:
    from gui.preferences import Preferences


class HotkeyLink(QObject):
    """Asks for the keys that are set, while somebody wants them.

    Signals:
        pressed: the quick prompt is wanted; with a token as of `Hotkey.pressed`.
        tried: the keys were pressed while the user was trying them; nothing else happens then.
        state_changed: this `HotkeyState` is true from now on.
    """

    pressed = Signal(str)
    tried = Signal()
    state_changed = Signal(object)

    def __init__(
        self,
        preferences: Preferences,
        *,
        make: Callable[[QObject], Hotkey],
        command: str,
        parent: QObject | None = None,
    ) -> None:
        """Be ready; `make` is called by `open`, with the parent of what it returns.

        `command` does what the keys do; the settings show it.
        """
        super().__init__(parent)
        self.command = command
        self._preferences = preferences
        self._make = make
        self._hotkey: Hotkey | None = None
        self._state = HotkeyState()
        self._keys = ""
        self._is_paused = self._is_recording = self._is_trying = False

        preferences.changed.connect(self._on_preferences_changed)

    @property
    def state(self) -> HotkeyState:
        """What is true of the keys now."""
        return self._state

    def open(self) -> None:
        """Make the hotkey of this system, and ask for the keys."""
        self._hotkey = hotkey = self._make(self)
        hotkey.pressed.connect(self._on_hotkey_pressed)
        hotkey.state_changed.connect(self._show)
        self._apply(self._preferences.settings)

    def close(self) -> None:
        """Give the keys back."""
        if self._hotkey is not None:
            hotkey, self._hotkey = self._hotkey, None
            hotkey.close()

    @Slot()
    def ask_again(self) -> None:
        """Ask anew for keys that could not be had: the other program may have ended."""
        if self._hotkey is not None and self._keys:
            self._hotkey.register(self._keys)

    @Slot(bool)
    def set_paused(self, is_paused: bool) -> None:  # noqa: FBT001 - a slot
        """Give the keys back for a while, or ask for them again."""
        self._is_paused = is_paused
        self._apply(self._preferences.settings)

    @Slot(bool)
    def set_recording(self, is_recording: bool) -> None:  # noqa: FBT001 - a slot
        """Give the keys back while others are chosen: nobody else would see them pressed."""
        self._is_recording = is_recording
        self._apply(self._preferences.settings)

    @Slot(bool)
    def set_trying(self, is_trying: bool) -> None:  # noqa: FBT001 - a slot
        """Let the keys open nothing, and be told by `tried`."""
        self._is_trying = is_trying

    @Slot(object)
    def _on_preferences_changed(self, settings: Settings) -> None:
        self._apply(settings)

    def _apply(self, settings: Settings) -> None:
        if self._hotkey is None:
            return
        keys = settings.value(HOTKEY) if settings.value(HOTKEY_ON) else ""
        if self._is_paused or self._is_recording:
            keys = ""
        if keys != self._keys:
            self._keys = keys
            self._hotkey.register(keys)
        self._show(self._hotkey.state)

    @Slot(object)
    def _show(self, state: HotkeyState) -> None:
        if self._is_paused:
            state = HotkeyState(HotkeyStatus.OFF, HotkeyReason.PAUSED)
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)

    @Slot(str)
    def _on_hotkey_pressed(self, token: str) -> None:
        if self._is_trying:
            self.tried.emit()
        else:
            self.pressed.emit(token)
