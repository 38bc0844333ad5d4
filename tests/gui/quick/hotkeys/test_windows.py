"""The hotkey of Windows behind a fake of the two system calls, with real native messages."""

from __future__ import annotations

import ctypes
from ctypes import wintypes
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QByteArray

from gui.quick.hotkeys.interface import HotkeyReason, HotkeyState, HotkeyStatus
from gui.quick.hotkeys.windows import (
    HOTKEY_ALREADY_REGISTERED,
    WM_HOTKEY,
    WindowsHotkey,
    virtual_key,
)

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

ALT, CONTROL, SHIFT, WINDOWS, NO_REPEAT = 1, 2, 4, 8, 0x4000


class FakeWindows:
    """Remembers what was asked; refuses with `error`."""

    def __init__(self) -> None:
        self.error = 0
        self.registered: dict[int, tuple[int, int]] = {}

    def register(self, number: int, modifiers: int, key: int) -> int:
        if not self.error:
            self.registered[number] = (modifiers, key)
        return self.error

    def unregister(self, number: int) -> None:
        del self.registered[number]


@pytest.fixture
def calls() -> FakeWindows:
    return FakeWindows()


@pytest.fixture
def hotkey(calls: FakeWindows, qtbot: QtBot) -> WindowsHotkey:  # noqa: ARG001 - an application
    return WindowsHotkey(calls)


def message(number: int, kind: int = WM_HOTKEY) -> wintypes.MSG:
    told = wintypes.MSG()
    told.message, told.wParam = kind, number
    return told


def test_the_keys_are_registered_by_their_virtual_code(
    hotkey: WindowsHotkey, calls: FakeWindows
) -> None:
    hotkey.register("Ctrl+Alt+Space")
    assert hotkey.state == HotkeyState(HotkeyStatus.REGISTERED, keys="Ctrl+Alt+Space")
    assert list(calls.registered.values()) == [(CONTROL | ALT | NO_REPEAT, 0x20)]
    hotkey.register("Meta+Shift+K")
    assert list(calls.registered.values()) == [(WINDOWS | SHIFT | NO_REPEAT, ord("K"))]
    hotkey.close()
    assert not calls.registered


def test_the_message_of_windows_is_a_press_and_others_are_left_alone(
    hotkey: WindowsHotkey, calls: FakeWindows, qtbot: QtBot
) -> None:
    hotkey.register("Ctrl+Alt+Space")
    [number] = calls.registered
    told: list[str] = []
    hotkey.pressed.connect(told.append)
    others = (message(number + 1), message(number, kind=0x0100))
    for other in others:
        kind = QByteArray(b"windows_generic_MSG")
        assert hotkey.messages.nativeEventFilter(kind, ctypes.addressof(other)) == (False, 0)
    assert hotkey.messages.nativeEventFilter(QByteArray(b"xcb_generic_event_t"), 0) == (False, 0)
    assert told == []

    ours = message(number)
    with qtbot.waitSignal(hotkey.pressed):
        kind = QByteArray(b"windows_dispatcher_MSG")
        assert hotkey.messages.nativeEventFilter(kind, ctypes.addressof(ours)) == (True, 0)
    hotkey.close()


def test_a_press_that_comes_after_the_end_is_nothing(
    hotkey: WindowsHotkey, calls: FakeWindows
) -> None:
    hotkey.register("Ctrl+Alt+Space")
    [number] = calls.registered
    hotkey.unregister()
    assert not hotkey.take_message(WM_HOTKEY, number)
    hotkey.close()


@pytest.mark.parametrize(
    ("error", "status", "reason"),
    [
        (HOTKEY_ALREADY_REGISTERED, HotkeyStatus.TAKEN, HotkeyReason.NONE),
        (5, HotkeyStatus.IMPOSSIBLE, HotkeyReason.FAILED),
    ],
)
def test_what_windows_refuses_is_told(
    hotkey: WindowsHotkey,
    calls: FakeWindows,
    error: int,
    status: HotkeyStatus,
    reason: HotkeyReason,
) -> None:
    calls.error = error
    hotkey.register("Ctrl+Alt+Space")
    assert hotkey.state == HotkeyState(status, reason, "Ctrl+Alt+Space")
    hotkey.close()


def test_keys_without_a_code_are_impossible(hotkey: WindowsHotkey, calls: FakeWindows) -> None:
    hotkey.register("Ctrl+Media Play")
    assert hotkey.state.reason is HotkeyReason.NO_SUCH_KEY
    assert not calls.registered


@pytest.mark.parametrize(
    ("key", "code"), [("A", 0x41), ("7", 0x37), ("F1", 0x70), ("F24", 0x87), (";", 0xBA), ("Ж", 0)]
)
def test_keys_have_the_codes_of_windows(key: str, code: int) -> None:
    assert virtual_key(key) == code
