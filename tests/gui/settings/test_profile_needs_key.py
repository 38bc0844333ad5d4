from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from core.models import Profile
from core.secrets import key_name
from gui.settings.key_control import KeyControl
from gui.settings.settings_window import SettingsWindow

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

KEY = "sk-planted-0123456789abcdef"


def profile_of(window: SettingsWindow, profile_id: str) -> Profile:
    profile = window.settings.profile(profile_id)
    assert profile is not None
    return profile


def key_of(window: SettingsWindow) -> KeyControl:
    return window.stack.providers.form.key


def type_key(qtbot: QtBot, window: SettingsWindow) -> None:
    key_of(window).field().setFocus()
    qtbot.keyClicks(key_of(window).field(), KEY)


def test_a_row_chosen_while_a_key_is_typed_stays_chosen(
    providers: SettingsWindow, qtbot: QtBot
) -> None:
    page = providers.stack.providers
    page.choose("ollama")
    type_key(qtbot, providers)
    page.profiles.rows.setCurrentRow(2)
    assert profile_of(providers, "ollama").needs_key
    assert page.chosen == profile_of(providers, "chatgptfree")
    assert page.profiles.rows.currentRow() == 2


def test_a_profile_with_a_key_asks_nothing_without_it(
    providers: SettingsWindow, qtbot: QtBot
) -> None:
    providers.stack.providers.choose("ollama")
    assert not profile_of(providers, "ollama").needs_key
    type_key(qtbot, providers)
    with qtbot.waitSignal(providers.settings_changed):
        qtbot.keyClick(key_of(providers).field(), Qt.Key.Key_Return)
    assert profile_of(providers, "ollama").needs_key
    key_of(providers).remove_button.click()
    assert not profile_of(providers, "ollama").needs_key


def test_a_service_that_wants_a_key_wants_one_when_it_is_removed_too(
    providers: SettingsWindow,
) -> None:
    providers.show_secret(key_name("openai"), is_kept=True)
    key_of(providers).remove_button.click()
    assert profile_of(providers, "openai").needs_key


def test_a_copy_made_while_a_key_is_typed_needs_it_too(
    providers: SettingsWindow, qtbot: QtBot
) -> None:
    providers.stack.providers.choose("ollama")
    type_key(qtbot, providers)
    providers.stack.providers.duplicate_profile()
    assert profile_of(providers, "ollama").needs_key
    assert profile_of(providers, "ollama-2").needs_key
