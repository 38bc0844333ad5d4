"""The hotkey of X11, on a real server: keys are pressed with xdotool."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from gui.quick.hotkeys.interface import HotkeyReason, HotkeyState, HotkeyStatus
from gui.quick.hotkeys.x11 import X11Hotkey
from gui.quick.hotkeys.xlib import CAPS_LOCK, CONTROL, XDisplay

if TYPE_CHECKING:
    from helpers.display import Display
    from pytestqt.qtbot import QtBot

KEYS = "Ctrl+Alt+Space"
PRESSED = "ctrl+alt+space"
CTRL, ALT, K = "37", "64", "45"
"""The codes of keys, whatever stands on them."""

MakeHotkey = Callable[[], X11Hotkey]


@pytest.fixture
def make_hotkey(keyboard: Display, qtbot: QtBot) -> Iterator[MakeHotkey]:  # noqa: ARG001 - both are needed
    """Give a function that makes a hotkey; each is a client of its own to the X server."""
    made: list[X11Hotkey] = []

    def make() -> X11Hotkey:
        made.append(X11Hotkey())
        return made[-1]

    yield make
    for hotkey in made:
        hotkey.close()


@pytest.fixture
def hotkey(make_hotkey: MakeHotkey) -> X11Hotkey:
    """Give a hotkey that has the usual keys."""
    hotkey = make_hotkey()
    hotkey.register(KEYS)
    assert hotkey.state == HotkeyState(HotkeyStatus.REGISTERED, keys=KEYS)
    return hotkey


def presses(hotkey: X11Hotkey) -> list[str]:
    """Return a list to which every press is added."""
    told: list[str] = []
    hotkey.pressed.connect(told.append)
    return told


def tell_keyboard(function: str, *arguments: int) -> None:
    """Call a function of XKB for the keyboard, as a desktop's settings do."""
    x = ctypes.CDLL("libX11.so.6")
    x.XOpenDisplay.restype = ctypes.c_void_p
    screen = ctypes.c_void_p(x.XOpenDisplay(None))
    getattr(x, function)(screen, 0x100, *arguments)
    x.XSync(screen, 0)
    x.XCloseDisplay(screen)


def choose_layout(group: int) -> None:
    """Choose one of the keyboard's layouts, as a click on the panel does."""
    tell_keyboard("XkbLockGroup", group)


def test_the_keys_are_told_wherever_they_are_pressed(
    hotkey: X11Hotkey, keyboard: Display, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(hotkey.pressed) as told:
        keyboard.key(PRESSED)
    assert told.args == [""]


def test_other_keys_are_left_to_others(hotkey: X11Hotkey, keyboard: Display, qtbot: QtBot) -> None:
    told = presses(hotkey)
    keyboard.key("ctrl+space", "alt+space", "ctrl+alt+shift+space", "ctrl+alt+k")
    with qtbot.waitSignal(hotkey.pressed):
        keyboard.key(PRESSED)
    assert told == [""]


@pytest.mark.parametrize("lock", ["Caps_Lock", "Num_Lock"])
def test_locks_do_not_keep_the_keys_from_working(
    hotkey: X11Hotkey, keyboard: Display, qtbot: QtBot, lock: str
) -> None:
    keyboard.key(lock)
    try:
        with qtbot.waitSignal(hotkey.pressed):
            keyboard.key(PRESSED)
    finally:
        keyboard.key(lock)


def test_both_locks_at_once_do_not_either(
    hotkey: X11Hotkey, keyboard: Display, qtbot: QtBot
) -> None:
    keyboard.key("Caps_Lock", "Num_Lock")
    try:
        with qtbot.waitSignal(hotkey.pressed):
            keyboard.key(PRESSED)
    finally:
        keyboard.key("Caps_Lock", "Num_Lock")


def test_a_key_that_is_held_is_pressed_once(
    hotkey: X11Hotkey, keyboard: Display, qtbot: QtBot
) -> None:
    told = presses(hotkey)
    tell_keyboard("XkbSetAutoRepeatRate", 20, 10)
    with qtbot.waitSignal(hotkey.pressed):
        keyboard.run(["xdotool", "keydown", "ctrl", "keydown", "alt", "keydown", "space"])
    # A dozen repeats and the release come before the second press.
    keyboard.run(["xdotool", "sleep", "0.2", "keyup", "space", "keyup", "alt", "keyup", "ctrl"])
    with qtbot.waitSignal(hotkey.pressed):
        keyboard.run(["xdotool", "sleep", "0.2", "key", PRESSED])
    assert told == ["", ""]


def test_keys_that_another_program_has_are_told_as_taken(
    hotkey: X11Hotkey, make_hotkey: MakeHotkey, keyboard: Display, qtbot: QtBot
) -> None:
    second = make_hotkey()
    second.register(KEYS)
    assert second.state == HotkeyState(HotkeyStatus.TAKEN, keys=KEYS)

    hotkey.unregister()
    assert hotkey.state == HotkeyState()
    second.register(KEYS)
    assert second.state.status is HotkeyStatus.REGISTERED
    with qtbot.waitSignal(second.pressed):
        keyboard.key(PRESSED)


def test_keys_that_are_taken_with_one_lock_only_are_left_alone_altogether(
    make_hotkey: MakeHotkey,
) -> None:
    other = XDisplay()
    try:
        code = other.code_of("space")
        assert other.grab(code, [CONTROL | 8 | CAPS_LOCK]) == set()
        hotkey = make_hotkey()
        hotkey.register(KEYS)
        assert hotkey.state.status is HotkeyStatus.TAKEN
        assert other.grab(code, [CONTROL | 8]) == set()
    finally:
        other.close()


def test_new_keys_take_the_place_of_the_old_ones(
    hotkey: X11Hotkey, keyboard: Display, qtbot: QtBot
) -> None:
    told = presses(hotkey)
    hotkey.register("Meta+F9")
    keyboard.key(PRESSED)
    with qtbot.waitSignal(hotkey.pressed):
        keyboard.key("super+F9")
    assert told == [""]


def test_a_letter_works_while_the_russian_layout_is_chosen(
    make_hotkey: MakeHotkey, keyboard: Display, qtbot: QtBot
) -> None:
    hotkey = make_hotkey()
    hotkey.register("Ctrl+Alt+K")
    choose_layout(1)
    try:
        with qtbot.waitSignal(hotkey.pressed):
            keyboard.key(f"{CTRL}+{ALT}+{K}")
    finally:
        choose_layout(0)


def test_a_letter_works_where_there_is_no_latin_layout_at_all(
    make_hotkey: MakeHotkey, keyboard: Display, qtbot: QtBot
) -> None:
    keyboard.run(["setxkbmap", "-layout", "ru"])
    hotkey = make_hotkey()
    hotkey.register("Ctrl+Alt+K")
    assert hotkey.state.status is HotkeyStatus.REGISTERED
    with qtbot.waitSignal(hotkey.pressed):
        keyboard.key(f"{CTRL}+{ALT}+{K}")


def test_a_letter_follows_its_key_to_another_keyboard(
    make_hotkey: MakeHotkey, keyboard: Display, qtbot: QtBot
) -> None:
    hotkey = make_hotkey()
    hotkey.register("Ctrl+Alt+K")
    keyboard.run(["setxkbmap", "-layout", "us", "-variant", "dvorak"])
    told = presses(hotkey)

    def press_where_dvorak_has_it() -> bool:
        keyboard.key("ctrl+alt+k")
        return bool(told)

    qtbot.waitUntil(press_where_dvorak_has_it)
    assert hotkey.state == HotkeyState(HotkeyStatus.REGISTERED, keys="Ctrl+Alt+K")


@pytest.mark.parametrize("keys", ["Ctrl+Media Play", "Ctrl+K, Ctrl+L", "nonsense"])
def test_what_no_keyboard_has_is_impossible(make_hotkey: MakeHotkey, keys: str) -> None:
    hotkey = make_hotkey()
    hotkey.register(keys)
    assert hotkey.state == HotkeyState(HotkeyStatus.IMPOSSIBLE, HotkeyReason.NO_SUCH_KEY, keys)


@pytest.mark.parametrize("keys", ["K", "Space", "Shift+K"])
def test_keys_that_are_needed_for_writing_are_not_taken(make_hotkey: MakeHotkey, keys: str) -> None:
    hotkey = make_hotkey()
    hotkey.register(keys)
    assert hotkey.state == HotkeyState(HotkeyStatus.IMPOSSIBLE, HotkeyReason.TOO_PLAIN, keys)


@pytest.mark.usefixtures("qapp")
def test_without_a_screen_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":none")
    hotkey = X11Hotkey()
    hotkey.register(KEYS)
    assert hotkey.state == HotkeyState(HotkeyStatus.IMPOSSIBLE, HotkeyReason.NO_LIBRARY, KEYS)
    hotkey.close()
