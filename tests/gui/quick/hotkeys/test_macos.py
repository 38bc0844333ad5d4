"""The hotkey of macOS behind a fake of the system calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gui.quick.hotkeys.interface import HotkeyReason, HotkeyState, HotkeyStatus
from gui.quick.hotkeys.macos import HOTKEY_EXISTS, MacHotkey, key_code

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

COMMAND, SHIFT, OPTION, CONTROL = 0x100, 0x200, 0x800, 0x1000
SPACE, K = 0x31, 0x28


class FakeMac:
    """Remembers what was asked, and presses it."""

    def __init__(self) -> None:
        self.error = 0
        self.system_keys: set[tuple[int, int]] = set()
        self.registered: tuple[int, int] | None = None
        self.press: Callable[[], None] | None = None

    def has_system_key(self, code: int, modifiers: int) -> bool:
        return (code, modifiers) in self.system_keys

    def register(self, code: int, modifiers: int, pressed: Callable[[], None]) -> int:
        if not self.error:
            self.registered, self.press = (code, modifiers), pressed
        return self.error

    def unregister(self) -> None:
        assert self.registered is not None
        self.registered = None


@pytest.fixture
def calls() -> FakeMac:
    return FakeMac()


@pytest.fixture
def hotkey(calls: FakeMac, qtbot: QtBot) -> MacHotkey:  # noqa: ARG001 - an application
    return MacHotkey(calls)


def test_the_keys_are_registered_by_where_they_are(hotkey: MacHotkey, calls: FakeMac) -> None:
    hotkey.register("Ctrl+Alt+Space")
    assert hotkey.state == HotkeyState(HotkeyStatus.REGISTERED, keys="Ctrl+Alt+Space")
    assert calls.registered == (SPACE, COMMAND | OPTION)
    hotkey.register("Meta+Shift+Л")
    assert calls.registered == (K, CONTROL | SHIFT)
    hotkey.close()
    assert calls.registered is None


def test_a_press_is_told_once_the_system_s_call_is_over(
    hotkey: MacHotkey, calls: FakeMac, qtbot: QtBot
) -> None:
    hotkey.register("Ctrl+Alt+Space")
    told: list[str] = []
    hotkey.pressed.connect(told.append)
    assert calls.press is not None
    with qtbot.waitSignal(hotkey.pressed):
        calls.press()
        assert told == []
    assert told == [""]


def test_keys_that_the_system_has_are_taken(hotkey: MacHotkey, calls: FakeMac) -> None:
    calls.system_keys.add((SPACE, COMMAND | OPTION))
    hotkey.register("Ctrl+Alt+Space")
    assert hotkey.state.status is HotkeyStatus.TAKEN
    assert calls.registered is None


@pytest.mark.parametrize(
    ("error", "status"),
    [(HOTKEY_EXISTS, HotkeyStatus.TAKEN), (-50, HotkeyStatus.IMPOSSIBLE)],
)
def test_what_the_system_refuses_is_told(
    hotkey: MacHotkey, calls: FakeMac, error: int, status: HotkeyStatus
) -> None:
    calls.error = error
    hotkey.register("Ctrl+Alt+Space")
    assert hotkey.state.status is status


def test_keys_without_a_code_are_impossible(hotkey: MacHotkey) -> None:
    hotkey.register("Ctrl+Pause")
    assert hotkey.state.reason is HotkeyReason.NO_SUCH_KEY


@pytest.mark.parametrize(
    ("key", "code"),
    [
        *(("A", 0x00), ("V", 0x09), ("B", 0x0B), ("5", 0x17), ("6", 0x16), ("P", 0x23)),
        *(("L", 0x25), ("\\", 0x2A), (".", 0x2F), ("`", 0x32), ("F1", 0x7A), ("F12", 0x6F)),
        *(("Up", 0x7E), ("F20", 0x5A)),
    ],
)
def test_keys_have_the_codes_of_macos(key: str, code: int) -> None:
    assert key_code(key) == code
