"""A hotkey whose system is the test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gui.quick.hotkeys.interface import REGISTERED, Hotkey, HotkeyState

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from gui.quick.hotkeys.combination import KeyCombination


class ToldHotkey(Hotkey):
    """Answers every wish with `answer`, and remembers what it has granted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.answer: HotkeyState = REGISTERED
        self.held: KeyCombination | None = None
        self.asked: list[KeyCombination] = []

    def grab(self, wanted: KeyCombination) -> HotkeyState:
        """Say what was told."""
        self.asked.append(wanted)
        self.held = wanted if self.answer == REGISTERED else None
        return self.answer

    def release(self) -> None:
        """Hold nothing any more."""
        self.held = None
