"""Combinations of keys as they are written in the settings."""

from __future__ import annotations

import pytest

from core.settings import HOTKEY, HOTKEY_ON, Settings
from gui.quick.hotkeys.combination import KeyCombination, combination
from gui.quick.hotkeys.interface import HotkeyReason, HotkeyStatus
from gui.quick.hotkeys.key_symbols import symbol_name, usual_code
from gui.quick.hotkeys.none import NoHotkey
from gui.quick.hotkeys.wayland import portal_trigger


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("Ctrl+Alt+Space", KeyCombination("Space", ctrl=True, alt=True)),
        ("Meta+K", KeyCombination("K", meta=True)),
        ("F9", KeyCombination("F9")),
        ("Ctrl++", KeyCombination("=", ctrl=True, shift=True)),
        ("Ctrl+Shift+!", KeyCombination("1", ctrl=True, shift=True)),
        ("Ctrl+Л", KeyCombination("K", ctrl=True)),
        ("Ctrl+Ж", KeyCombination(";", ctrl=True)),
        ("Alt+Shift+Backtab", KeyCombination("Tab", alt=True, shift=True)),
        ("Ctrl+PgUp", KeyCombination("PgUp", ctrl=True)),
    ],
)
def test_keys_are_understood(keys: str, expected: KeyCombination) -> None:
    assert combination(keys) == expected


@pytest.mark.parametrize("keys", ["", "Ctrl+K, Ctrl+L", "nonsense"])
def test_what_is_not_one_combination_is_none(keys: str) -> None:
    assert combination(keys) is None


def test_the_portal_is_asked_in_its_own_words() -> None:
    assert portal_trigger(KeyCombination("PgUp", ctrl=True, meta=True)) == "CTRL+LOGO+Prior"
    assert portal_trigger(KeyCombination("Media Play", ctrl=True)) == ""


def test_letters_stand_where_linux_has_them() -> None:
    codes = [usual_code(key) for key in ("1", "Q", "A", "`", "\\", "Z", "/", "Space")]
    assert codes == [10, 24, 38, 49, 51, 52, 61, 0]
    assert symbol_name("Ж") == ""


def test_the_usual_keys_can_be_had() -> None:
    usual = combination(Settings().value(HOTKEY))
    assert usual is not None
    assert not usual.is_too_plain
    assert Settings().value(HOTKEY_ON)


@pytest.mark.usefixtures("qapp")
def test_where_nobody_knows_how_it_is_said() -> None:
    hotkey = NoHotkey()
    hotkey.register("Ctrl+Alt+Space")
    assert hotkey.state.status is HotkeyStatus.IMPOSSIBLE
    assert hotkey.state.reason is HotkeyReason.NO_SYSTEM
    hotkey.register("")
    assert hotkey.state.status is HotkeyStatus.OFF
    hotkey.close()
