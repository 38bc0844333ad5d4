"""Windows: the system sends a message to the thread that registered the keys."""

from __future__ import annotations

from ctypes import wintypes
from typing import Protocol

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject

from gui.quick.hotkeys.combination import KeyCombination
from gui.quick.hotkeys.interface import (
    REGISTERED,
    TAKEN,
    Hotkey,
    HotkeyReason,
    HotkeyState,
    impossible,
)

WM_HOTKEY = 0x0312
HOTKEY_ALREADY_REGISTERED = 1409
_ALT, _CONTROL, _SHIFT, _WINDOWS, _NO_REPEAT = 1, 2, 4, 8, 0x4000
_ID = 0xBE5E
"""Ours in this thread; programs may choose up to 0xBFFF."""
_MESSAGES = (b"windows_generic_MSG", b"windows_dispatcher_MSG")
_KEYS = {
    "Backspace": 0x08,
    "Tab": 0x09,
    "Return": 0x0D,
    "Pause": 0x13,
    "Esc": 0x1B,
    "Space": 0x20,
    "PgUp": 0x21,
    "PgDown": 0x22,
    "End": 0x23,
    "Home": 0x24,
    "Left": 0x25,
    "Up": 0x26,
    "Right": 0x27,
    "Down": 0x28,
    "Print": 0x2C,
    "Ins": 0x2D,
    "Del": 0x2E,
    "Menu": 0x5D,
    ";": 0xBA,
    "=": 0xBB,
    ",": 0xBC,
    "-": 0xBD,
    ".": 0xBE,
    "/": 0xBF,
    "`": 0xC0,
    "[": 0xDB,
    "\\": 0xDC,
    "]": 0xDD,
    "'": 0xDE,
    **{f"F{number}": 0x6F + number for number in range(1, 25)},
}


class HotkeyCalls(Protocol):
    """What is called of Windows."""

    def register(self, number: int, modifiers: int, key: int) -> int:
        """Ask for keys in this thread; return Windows' error, 0 when they are ours."""

    def unregister(self, number: int) -> None:
        """Give them back."""


class WindowsHotkey(Hotkey):
    """Registers the virtual key: under a Cyrillic layout it is the same key."""

    def __init__(self, calls: HotkeyCalls, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._calls = calls
        self._is_registered = False
        self.messages = _MessageFilter(self)
        self._is_listening = False

    def grab(self, wanted: KeyCombination) -> HotkeyState:
        """Register the keys for this thread."""
        key = virtual_key(wanted.key)
        if not key:
            return impossible(HotkeyReason.NO_SUCH_KEY)
        modifiers = (
            _NO_REPEAT
            | (_ALT if wanted.alt else 0)
            | (_CONTROL if wanted.ctrl else 0)
            | (_SHIFT if wanted.shift else 0)
            | (_WINDOWS if wanted.meta else 0)
        )
        error = self._calls.register(_ID, modifiers, key)
        if error:
            is_taken = error == HOTKEY_ALREADY_REGISTERED
            return TAKEN if is_taken else impossible(HotkeyReason.FAILED)
        self._is_registered = True
        self._listen()
        return REGISTERED

    def release(self) -> None:
        """Give the keys back."""
        if self._is_registered:
            self._is_registered = False
            self._calls.unregister(_ID)

    def close(self) -> None:
        """Give the keys back, and look at no more messages."""
        super().close()
        application = QCoreApplication.instance()
        if self._is_listening and application is not None:
            self._is_listening = False
            application.removeNativeEventFilter(self.messages)

    def take_message(self, message: int, number: int) -> bool:
        """Tell whether a message of Windows is ours; the keys were pressed, then."""
        is_ours = message == WM_HOTKEY and number == _ID and self._is_registered
        if is_ours:
            self.pressed.emit("")
        return is_ours

    def _listen(self) -> None:
        application = QCoreApplication.instance()
        if not self._is_listening and application is not None:
            self._is_listening = True
            application.installNativeEventFilter(self.messages)


class _MessageFilter(QAbstractNativeEventFilter):
    """Sees every message of the thread before Qt does."""

    def __init__(self, hotkey: WindowsHotkey) -> None:
        super().__init__()
        self._hotkey = hotkey

    def nativeEventFilter(
        self,
        eventType: QByteArray | bytes | bytearray | memoryview,  # noqa: N803 - Qt's name
        message: int,
    ) -> tuple[bool, int]:
        """Keep ours; leave all others to Qt."""
        if not any(eventType == kind for kind in _MESSAGES):
            return False, 0
        told = wintypes.MSG.from_address(int(message))
        return self._hotkey.take_message(told.message, told.wParam), 0


def virtual_key(key: str) -> int:
    """Return Windows' number of a key; 0 when it has none."""
    if len(key) == 1 and key.isascii() and key.isalnum():
        return ord(key)
    return _KEYS.get(key, 0)
