"""The page of the quick prompt tells the truth about its keys."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.told_hotkey import ToldHotkey
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from core.secrets import KeyPlace, Secrets
from core.settings_file import SettingsFile
from gui.preferences import Preferences
from gui.quick.hotkey_link import HotkeyLink
from gui.quick.hotkeys.combination import KeyCombination
from gui.quick.hotkeys.interface import (
    TAKEN,
    HotkeyReason,
    HotkeyState,
    HotkeyStatus,
    impossible,
)
from gui.quick.own_command import quick_command
from gui.settings.hotkey_words import hotkey_sentence
from gui.settings.keys_control import KeysControl
from gui.settings.quick_page import QuickPage
from gui.settings.settings_link import SettingsLink
from gui.tasks import TaskScope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from gui.settings.settings_window import SettingsWindow

COMMAND = "beseda quick --data-dir /mine"


class Desk:
    """The settings window, and a hotkey whose system is the test."""

    def __init__(self, folder: Path) -> None:
        self.scope, self.main_window = TaskScope(), QWidget()
        file = SettingsFile(folder / "settings.toml")
        file.path.write_text('[privacy]\nkeys = "session"\n', encoding="utf-8")
        self.preferences = Preferences(file, file.load(), scope=self.scope)
        self.hotkey = ToldHotkey()
        self.link = HotkeyLink(self.preferences, make=self._make, command=COMMAND)
        self.link.open()
        self.settings = SettingsLink(
            self.preferences,
            Secrets(KeyPlace.SESSION, file=folder / "keys.json"),
            fetch=self._fetch,
            scope=self.scope,
            keeping=self.scope,
            main_window=self.main_window,
            hotkey=self.link,
        )
        self.window = self.settings.open("quick")

    @property
    def page(self) -> QuickPage:
        page = self.window.stack.page("quick")
        assert isinstance(page, QuickPage)
        return page

    def text(self, name: str) -> str:
        label = self.page.findChild(QLabel, name)
        assert label is not None
        return label.text() if label.isVisible() else ""

    @property
    def button(self) -> QPushButton:
        button = self.page.findChild(QPushButton, "quickHotkeyStateField")
        assert button is not None
        return button

    def _make(self, _: QObject) -> ToldHotkey:
        return self.hotkey

    async def _fetch(self, _: object) -> tuple[()]:
        return ()


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.settings.close()
    desk.link.close()
    desk.main_window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


async def test_keys_that_work_are_said_to_work(desk: Desk) -> None:
    assert desk.text("hotkeySentence") == "Ctrl+Alt+Space opens the quick prompt in every program."
    assert desk.button.text() == "Try the keys"


async def test_taken_keys_are_said_to_be_taken_and_asked_for_again(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.hotkey.answer = TAKEN
    desk.link.ask_again()
    assert "Another program has Ctrl+Alt+Space" in desk.text("hotkeySentence")
    desk.hotkey.answer = HotkeyState(HotkeyStatus.REGISTERED)
    qtbot.mouseClick(desk.button, Qt.MouseButton.LeftButton)
    assert "in every program" in desk.text("hotkeySentence")


async def test_keys_can_be_tried_without_opening_anything(desk: Desk, qtbot: QtBot) -> None:
    opened: list[str] = []
    desk.link.pressed.connect(opened.append)
    qtbot.mouseClick(desk.button, Qt.MouseButton.LeftButton)
    assert desk.text("hotkeyResult") == "Press them now: Ctrl+Alt+Space"
    desk.hotkey.pressed.emit("")
    assert desk.text("hotkeyResult") == "The keys work."
    assert opened == []
    desk.hotkey.pressed.emit("")
    assert opened == [""]


async def test_a_trial_ends_with_the_page(desk: Desk, qtbot: QtBot) -> None:
    opened: list[str] = []
    desk.link.pressed.connect(opened.append)
    qtbot.mouseClick(desk.button, Qt.MouseButton.LeftButton)
    desk.window.show_page("general")
    desk.hotkey.pressed.emit("")
    assert opened == [""]


async def test_the_keys_are_free_while_others_are_recorded(desk: Desk) -> None:
    control = desk.window.stack.row("quick.hotkey").control
    assert isinstance(control, KeysControl)
    button = control.field()
    assert isinstance(button, QPushButton)
    button.click()
    assert desk.hotkey.held is None
    control.take("Meta+K")
    desk.window.hand_over()
    assert desk.hotkey.held == KeyCombination("K", meta=True)
    assert "opens the quick prompt" in desk.text("hotkeySentence")
    await desk.scope.finish()


async def test_one_switch_ends_it_all(desk: Desk) -> None:
    desk.window.stack.row("quick.hotkey_on").value_changed.emit(False)
    desk.window.hand_over()
    assert desk.hotkey.held is None
    assert desk.text("hotkeySentence") == "No keys are in use."
    assert not desk.button.isEnabled()
    await desk.scope.finish()


async def test_the_command_is_shown_and_copied(desk: Desk, qtbot: QtBot) -> None:
    assert desk.text("quickCommand") == COMMAND
    button = desk.page.findChild(QPushButton, "quickCommandField")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == COMMAND
    assert button.text() == "Copied"
    steps = desk.text("quickCommandSteps")
    assert all(name in steps for name in ("GNOME", "KDE", f"exec {COMMAND}"))


async def test_the_command_is_found_by_a_search(desk: Desk) -> None:
    desk.window.search.setText("sway")
    assert desk.text("quickCommand") == COMMAND
    assert desk.text("hotkeySentence") == ""


@pytest.mark.parametrize("reason", [one for one in HotkeyReason if one])
def test_each_reason_has_a_sentence_of_its_own(reason: HotkeyReason) -> None:
    said = hotkey_sentence(impossible(reason))
    assert said.endswith(".")
    is_unknown = reason in {HotkeyReason.FAILED, HotkeyReason.PAUSED}
    assert is_unknown == (said == hotkey_sentence(impossible(HotkeyReason.FAILED)))


def test_what_the_desktop_says_is_shown() -> None:
    state = HotkeyState(HotkeyStatus.REGISTERED, trigger="Press Super+Q")
    assert "Press Super+Q" in hotkey_sentence(state)


def test_the_command_starts_this_program(tmp_path: Path) -> None:
    assert quick_command().endswith("quick")
    assert quick_command(tmp_path).endswith(f"--data-dir {tmp_path}")


def test_the_page_stands_alone_without_a_hotkey(window: SettingsWindow) -> None:
    window.show_page("quick")
    page = window.stack.page("quick")
    assert isinstance(page, QuickPage)
    assert {row.key for row in page.rows()} >= {"quick.hotkey", "quick.tray", "quick.templates"}
