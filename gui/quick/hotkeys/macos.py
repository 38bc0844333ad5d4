"""macOS: the system calls back when the keys are pressed, by where they are on the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal, Slot

from gui.quick.hotkeys.combination import KeyCombination
from gui.quick.hotkeys.interface import (
    REGISTERED,
    TAKEN,
    Hotkey,
    HotkeyReason,
    HotkeyState,
    impossible,
)

HOTKEY_EXISTS = -9878
_COMMAND, _SHIFT, _OPTION, _CONTROL = 0x100, 0x200, 0x800, 0x1000
_ROWS = {
    "ASDFHGZXCV": 0x00,
    "BQWERYT123465=97-80]OU[IP": 0x0B,
    "LJ'K;\\,/NM.": 0x25,
}
"""What the keys of an American keyboard write, by the code of the first of each run; the code
0x24 between the last two is Return."""
_KEYS = {
    "Return": 0x24,
    "Tab": 0x30,
    "Space": 0x31,
    "`": 0x32,
    "Backspace": 0x33,
    "Esc": 0x35,
    "Enter": 0x4C,
    "Ins": 0x72,
    "Home": 0x73,
    "PgUp": 0x74,
    "Del": 0x75,
    "End": 0x77,
    "PgDown": 0x79,
    "Left": 0x7B,
    "Right": 0x7C,
    "Down": 0x7D,
    "Up": 0x7E,
}
_FUNCTION_KEYS = (
    *(0x7A, 0x78, 0x63, 0x76, 0x60, 0x61, 0x62, 0x64, 0x65, 0x6D),
    *(0x67, 0x6F, 0x69, 0x6B, 0x71, 0x6A, 0x40, 0x4F, 0x50, 0x5A),
)


class HotkeyCalls(Protocol):
    """What is called of macOS."""

    def has_system_key(self, code: int, modifiers: int) -> bool:
        """Tell whether the system itself does something by these keys."""

    def register(self, code: int, modifiers: int, pressed: Callable[[], None]) -> int:
        """Ask for keys; return macOS' error, 0 when they are ours."""

    def unregister(self) -> None:
        """Give them back."""


class MacHotkey(Hotkey):
    """Registers the key's code; Qt's Ctrl is the command key, and its Meta the control key."""

    _called = Signal()

    def __init__(self, calls: HotkeyCalls, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._calls = calls
        self._is_registered = False

        # Out of the system's callback first: whoever listens may open windows.
        self._called.connect(self._on_called, Qt.ConnectionType.QueuedConnection)

    def grab(self, wanted: KeyCombination) -> HotkeyState:
        """Register the keys, unless the system has them."""
        code = key_code(wanted.key)
        if code is None:
            return impossible(HotkeyReason.NO_SUCH_KEY)
        modifiers = (
            (_COMMAND if wanted.ctrl else 0)
            | (_OPTION if wanted.alt else 0)
            | (_SHIFT if wanted.shift else 0)
            | (_CONTROL if wanted.meta else 0)
        )
        # It would be registered, and never be pressed.
        if self._calls.has_system_key(code, modifiers):
            return TAKEN
        error = self._calls.register(code, modifiers, self._called.emit)
        if error:
            return TAKEN if error == HOTKEY_EXISTS else impossible(HotkeyReason.FAILED)
        self._is_registered = True
        return REGISTERED

    def release(self) -> None:
        """Give the keys back."""
        if self._is_registered:
            self._is_registered = False
            self._calls.unregister()

    @Slot()
    def _on_called(self) -> None:
        if self._is_registered:
            self.pressed.emit("")


def key_code(key: str) -> int | None:
    """Return the code of a key; None when it has none."""
    for row, first in _ROWS.items():
        if len(key) == 1 and key in row:
            return first + row.index(key)
    if key[:1] == "F" and key[1:].isdigit() and int(key[1:]) <= len(_FUNCTION_KEYS):
        return _FUNCTION_KEYS[int(key[1:]) - 1]
    return _KEYS.get(key)
