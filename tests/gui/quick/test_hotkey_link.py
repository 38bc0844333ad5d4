"""The keys for the quick prompt follow what is set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.told_hotkey import ToldHotkey

from core.settings import HOTKEY, HOTKEY_ON, ZOOM
from core.settings_file import SettingsFile
from gui.preferences import Preferences
from gui.quick.hotkey_link import HotkeyLink
from gui.quick.hotkeys.combination import KeyCombination
from gui.quick.hotkeys.interface import TAKEN, HotkeyReason, HotkeyState, HotkeyStatus
from gui.tasks import TaskScope

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtCore import QObject

USUAL = KeyCombination("Space", ctrl=True, alt=True)


class Desk:
    """A file with settings, a system that grants keys, and the link between them."""

    def __init__(self, folder: Path) -> None:
        self.scope = TaskScope()
        file = SettingsFile(folder / "settings.toml")
        self.preferences = Preferences(file, file.load(), scope=self.scope)
        self.made: list[ToldHotkey] = []
        self.link = HotkeyLink(self.preferences, make=self._make, command="beseda quick")
        self.states: list[HotkeyState] = []
        self.link.state_changed.connect(self.states.append)

    @property
    def hotkey(self) -> ToldHotkey:
        [hotkey] = self.made
        return hotkey

    def _make(self, parent: QObject) -> ToldHotkey:
        self.made.append(ToldHotkey(parent))
        return self.made[0]


@pytest.fixture
def desk(qapp: object, tmp_path: Path) -> Iterator[Desk]:  # noqa: ARG001 - objects of Qt need it
    desk = Desk(tmp_path)
    yield desk
    desk.link.close()


async def test_nothing_is_asked_before_it_is_opened(desk: Desk) -> None:
    assert desk.made == []
    desk.link.set_paused(False)
    desk.link.open()
    assert desk.hotkey.held == USUAL
    assert desk.link.state == HotkeyState(HotkeyStatus.REGISTERED, keys="Ctrl+Alt+Space")


async def test_the_settings_take_effect_at_once(desk: Desk) -> None:
    desk.link.open()
    settings = desk.preferences.settings
    desk.preferences.change(settings.with_value(HOTKEY, "Meta+K"))
    assert desk.hotkey.held == KeyCombination("K", meta=True)
    desk.preferences.change(settings.with_value(HOTKEY_ON, value=False))
    assert desk.hotkey.held is None
    assert desk.link.state == HotkeyState()
    await desk.scope.finish()


async def test_other_settings_do_not_let_it_ask_again(desk: Desk) -> None:
    desk.link.open()
    desk.preferences.change(desk.preferences.settings.with_value(ZOOM, 150))
    assert len(desk.hotkey.asked) == 1
    await desk.scope.finish()


async def test_a_press_is_told_with_its_token(desk: Desk) -> None:
    desk.link.open()
    told: list[str] = []
    desk.link.pressed.connect(told.append)
    desk.hotkey.pressed.emit("token")
    assert told == ["token"]


async def test_a_press_that_is_tried_opens_nothing(desk: Desk) -> None:
    desk.link.open()
    told: list[str] = []
    desk.link.pressed.connect(told.append)
    desk.link.tried.connect(lambda: told.append("tried"))
    desk.link.set_trying(True)
    desk.hotkey.pressed.emit("")
    desk.link.set_trying(False)
    desk.hotkey.pressed.emit("")
    assert told == ["tried", ""]


async def test_a_pause_gives_the_keys_back_and_says_so(desk: Desk) -> None:
    desk.link.open()
    desk.link.set_paused(True)
    assert desk.hotkey.held is None
    assert desk.link.state == HotkeyState(HotkeyStatus.OFF, HotkeyReason.PAUSED)
    desk.link.set_paused(False)
    assert desk.hotkey.held == USUAL
    assert desk.link.state.status is HotkeyStatus.REGISTERED


async def test_keys_are_not_held_while_others_are_recorded(desk: Desk) -> None:
    desk.link.open()
    desk.link.set_recording(True)
    assert desk.hotkey.held is None
    desk.preferences.change(desk.preferences.settings.with_value(HOTKEY, "Meta+K"))
    assert desk.hotkey.held is None
    desk.link.set_recording(False)
    assert desk.hotkey.held == KeyCombination("K", meta=True)
    await desk.scope.finish()


async def test_taken_keys_can_be_asked_for_again(desk: Desk) -> None:
    desk.link.open()
    desk.hotkey.answer = TAKEN
    desk.link.ask_again()
    assert desk.link.state == HotkeyState(HotkeyStatus.TAKEN, keys="Ctrl+Alt+Space")
    desk.hotkey.answer = HotkeyState(HotkeyStatus.REGISTERED)
    desk.link.ask_again()
    assert [state.status for state in desk.states[-2:]] == [
        HotkeyStatus.TAKEN,
        HotkeyStatus.REGISTERED,
    ]


async def test_nothing_is_held_after_the_end(desk: Desk) -> None:
    desk.link.open()
    hotkey = desk.hotkey
    desk.link.close()
    assert hotkey.held is None
    desk.link.set_paused(True)
    desk.link.ask_again()
