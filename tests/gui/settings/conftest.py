"""The settings window over real values, and over a real file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale
from PySide6.QtTest import QTest

from core.profiles import preset, presets, profile_from
from core.settings import Settings
from gui.settings.settings_window import SettingsWindow
from gui.theme import Appearance

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

MakeWindow = Callable[..., SettingsWindow]


def with_profiles(*ids: str) -> Settings:
    """Return settings with profiles made from these presets."""
    made = []
    for one in ids:
        known = preset(one)
        assert known is not None
        made.append(profile_from(known, taken={profile.id for profile in made}))
    return Settings().with_profiles(made)


@pytest.fixture
def make_window(qapp: QApplication, qtbot: QtBot) -> Iterator[MakeWindow]:
    """Give a function that opens the window, in the program's colours."""
    appearance = Appearance(qapp, choice="light")

    def make(settings: Settings | None = None) -> SettingsWindow:
        window = SettingsWindow(settings or Settings(), presets=presets())
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        assert QTest.qWaitForWindowActive(window)
        return window

    yield make
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    appearance.deleteLater()
    qapp.setStyleSheet("")


@pytest.fixture
def window(make_window: MakeWindow) -> SettingsWindow:
    """Give a window over nothing but defaults."""
    return make_window()


@pytest.fixture
def providers(make_window: MakeWindow) -> SettingsWindow:
    """Give a window with three services, showing their page."""
    window = make_window(with_profiles("openai", "ollama", "chatgptfree"))
    window.show_page("providers")
    return window


@pytest.fixture
def russian_numbers() -> Iterator[None]:
    """Write numbers as Russian does, for one test."""
    before = QLocale()
    QLocale.setDefault(QLocale("ru"))
    yield
    QLocale.setDefault(before)
