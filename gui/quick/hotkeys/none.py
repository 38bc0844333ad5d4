"""Where there is no way to keys that work everywhere."""

from __future__ import annotations

from gui.quick.hotkeys.combination import KeyCombination
from gui.quick.hotkeys.interface import Hotkey, HotkeyReason, HotkeyState, impossible


class NoHotkey(Hotkey):
    """Says of every wish that it is impossible."""

    def grab(self, wanted: KeyCombination) -> HotkeyState:
        """Say that nobody knows how."""
        del wanted  # one is as impossible as another
        return impossible(HotkeyReason.NO_SYSTEM)

    def release(self) -> None:
        """Do nothing: nothing was granted."""
