from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from core.settings import SHORTCUTS, Settings
from gui.settings.found_text import FoundText
from gui.settings.keys_control import KeysControl
from gui.settings.number_control import NumberControl
from gui.settings.proxy_control import ProxyControl
from gui.settings.settings_window import SettingsWindow

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def keys(window: SettingsWindow, qtbot: QtBot) -> Iterator[KeysControl]:
    """Give the recorder of the keys for a new conversation; it records."""
    window.show_page("shortcuts")
    control = window.stack.row("shortcuts.new_conversation").control
    assert isinstance(control, KeysControl)
    control.field().setFocus()
    qtbot.keyClick(control.field(), Qt.Key.Key_Space)
    assert control.is_recording
    yield control
    assert not control.is_recording


def keys_of(window: SettingsWindow, name: str) -> str:
    option = next(one for one in SHORTCUTS if one.name == name)
    return window.settings.value(option)


def test_keys_are_recorded(keys: KeysControl, window: SettingsWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(keys.field(), Qt.Key.Key_M, CTRL | SHIFT)
    assert keys_of(window, "new_conversation") == "Ctrl+Shift+M"
    assert keys.field().accessibleName() == "New conversation: Ctrl+Shift+M"


def test_keys_that_the_window_has_a_use_for_are_recorded_all_the_same(
    keys: KeysControl, window: SettingsWindow, qtbot: QtBot
) -> None:
    qtbot.keyClick(keys.field(), Qt.Key.Key_F, CTRL)
    assert keys_of(window, "new_conversation") == "Ctrl+F"
    assert window.focusWidget() is keys.field()


def test_a_cyrillic_layout_gives_the_same_keys(keys: KeysControl, window: SettingsWindow) -> None:
    press = QKeyEvent(QEvent.Type.KeyPress, ord("Ь"), CTRL, "ь")
    QApplication.sendEvent(keys.field(), press)
    assert keys_of(window, "new_conversation") == "Ctrl+M"


def test_esc_leaves_the_keys_as_they_were(
    keys: KeysControl, window: SettingsWindow, qtbot: QtBot
) -> None:
    qtbot.keyClick(keys.field(), Qt.Key.Key_Escape)
    assert window.isVisible()
    assert keys_of(window, "new_conversation") == "Ctrl+N"


def test_backspace_sets_no_keys(keys: KeysControl, window: SettingsWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(keys.field(), Qt.Key.Key_Backspace)
    assert keys_of(window, "new_conversation") == ""
    assert keys.field().text() == "None"


def test_a_letter_alone_is_no_shortcut(
    keys: KeysControl, window: SettingsWindow, qtbot: QtBot
) -> None:
    qtbot.keyClick(keys.field(), Qt.Key.Key_M)
    qtbot.keyClick(keys.field(), Qt.Key.Key_Shift)
    assert keys.is_recording
    qtbot.keyClick(keys.field(), Qt.Key.Key_F7)
    assert keys_of(window, "new_conversation") == "F7"


def test_going_elsewhere_ends_recording(keys: KeysControl, window: SettingsWindow) -> None:
    assert keys.is_recording
    window.search.setFocus()
    assert keys_of(window, "new_conversation") == "Ctrl+N"


def test_keys_that_two_actions_have_are_told_at_both(
    keys: KeysControl, window: SettingsWindow, qtbot: QtBot
) -> None:
    qtbot.keyClick(keys.field(), Qt.Key.Key_L, CTRL)
    mine = window.stack.row("shortcuts.new_conversation")
    other = window.stack.row("shortcuts.focus_composer")
    assert "“Write a message”" in mine.problem.text()
    assert "“New conversation”" in other.problem.text()
    mine.reset_button.click()
    assert not mine.problem.text()
    assert not other.problem.text()


@pytest.mark.parametrize(
    ("typed", "value"), [("0.5", 0.5), ("0,5", 0.5), ("2", 2.0), ("", None), ("much", "much")]
)
def test_a_decimal_is_understood_with_a_point_and_a_comma(
    typed: str, value: object, qtbot: QtBot
) -> None:
    control = NumberControl(is_whole=False, smallest=0, largest=2)
    qtbot.addWidget(control)
    control.show_value(1.0)
    told: list[object] = []
    control.value_changed.connect(told.append)
    control.field().selectAll()
    qtbot.keyClick(control.field(), Qt.Key.Key_Delete)
    qtbot.keyClicks(control.field(), typed)
    assert told[-1] == value


@pytest.mark.usefixtures("russian_numbers")
def test_a_decimal_is_shown_as_the_language_writes_it(qtbot: QtBot) -> None:
    control = NumberControl(is_whole=False)
    qtbot.addWidget(control)
    control.show_value(0.25)
    assert control.field().text() == "0,25"


def test_an_emptied_field_waits_for_what_comes_next(qtbot: QtBot) -> None:
    control = NumberControl(is_whole=True)
    qtbot.addWidget(control)
    control.show_value(15)
    control.field().selectAll()
    qtbot.keyClick(control.field(), Qt.Key.Key_Delete)
    control.show_value(15)
    assert control.field().text() == ""
    qtbot.keyClick(control.field(), Qt.Key.Key_Return)
    assert control.field().text() == "15"


@pytest.mark.parametrize(
    "value", ["system", "none", "http://proxy.example:3128", "socks5://ann%40b@proxy.example:1080"]
)
def test_a_proxy_is_shown_as_it_is_set(value: str, qtbot: QtBot) -> None:
    control = ProxyControl()
    qtbot.addWidget(control)
    control.show_value(value)
    told: list[object] = []
    control.value_changed.connect(told.append)
    control.address_line.textEdited.emit(control.address_line.text())
    assert told == [value]


def test_another_proxy_begins_with_its_first_letter(qtbot: QtBot) -> None:
    control = ProxyControl(inherits=True)
    qtbot.addWidget(control)
    control.show_value(None)
    with qtbot.assertNotEmitted(control.value_changed):
        box = control.field()
        box.setCurrentIndex(box.findData("address"))
        box.activated.emit(box.currentIndex())
        control.show_value(None)
    assert not control.address_line.isHidden()


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("Longest wait", "WAIT", ["wait"]),
        ("Ещё раз", "еще", ["Ещё"]),
        ("a < b & c", "b", ["b"]),
        ("aaa", "aa a", ["aaa"]),
        ("nothing", "else", []),
    ],
)
def test_what_was_found_is_marked(text: str, query: str, marked: list[str], qtbot: QtBot) -> None:
    label = FoundText(text)
    qtbot.addWidget(label)
    label.mark(query)
    shown = label.text()
    assert [piece.split(">")[1].split("<")[0] for piece in shown.split("<span")[1:]] == marked
    if marked:
        assert "a < b" not in shown


class Windows(QObject):
    """Notes what is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        is_window = isinstance(watched, QWidget) and watched.isWindow()
        if event.type() == QEvent.Type.Show and is_window:
            self.shown.append(watched.objectName() or type(watched).__name__)
        return False


def test_no_part_flashes_up_as_a_window_of_its_own(qapp: QApplication, make_window) -> None:
    windows = Windows()
    qapp.installEventFilter(windows)
    window = make_window(Settings())
    for page in ("providers", "shortcuts", "privacy", "advanced"):
        window.show_page(page)
    qapp.removeEventFilter(windows)
    assert windows.shown == ["settingsWindow"]
