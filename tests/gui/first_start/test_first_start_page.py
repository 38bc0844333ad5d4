from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QWidget

from core.discovery import Found
from core.errors import (
    AuthenticationError,
    BrowserCheckError,
    ChatError,
    ConnectionFailedError,
    Fault,
    KeyStoreError,
    PageFormatError,
    RateLimitError,
)
from core.models import Profile
from core.profiles import Preset, preset, presets, profile_from
from core.secrets import KeyPlace
from gui.first_start.first_start_page import FirstStartPage
from gui.metrics import metrics
from gui.theme import Appearance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


def made(one: Preset) -> Profile:
    return profile_from(one, taken={"openai"})


@pytest.fixture
def page(qapp: QApplication, qtbot: QtBot) -> Iterator[FirstStartPage]:
    appearance = Appearance(qapp, choice="light")
    page = FirstStartPage(presets(), make_profile=made)
    qtbot.addWidget(page)
    page.resize(metrics().window_width, metrics().window_height)
    page.show()
    yield page
    appearance.deleteLater()


def found(name: str, *models: str) -> Found:
    known = preset(name)
    assert known is not None
    return Found(known, "http://[::1]:9/v1", models, 0.01)


def test_a_server_that_was_found_is_chosen_with_its_address_and_model(
    page: FirstStartPage, qtbot: QtBot
) -> None:
    page.local.show_found([found("ollama", "one", "two"), found("llamacpp", "tiny.gguf")])
    first, second = page.local.rows()
    first.models.setCurrentText("two")
    with qtbot.waitSignal(page.profile_chosen) as signal:
        first.button.click()
    (profile,) = signal.args
    assert (profile.preset, profile.address, profile.model) == (
        "ollama",
        "http://[::1]:9/v1",
        "two",
    )
    with qtbot.waitSignal(page.profile_chosen) as signal:
        second.button.click()
    assert signal.args[0].model == "tiny.gguf"


def test_a_server_that_answered_without_a_key_is_asked_without_one(
    page: FirstStartPage, qtbot: QtBot
) -> None:
    one = found("jan", "one")
    assert one.preset.needs_key
    page.local.show_found([one])
    with qtbot.waitSignal(page.profile_chosen) as signal:
        page.local.rows()[0].button.click()
    assert not signal.args[0].needs_key


def test_a_server_without_a_model_can_be_chosen_all_the_same(
    page: FirstStartPage, qtbot: QtBot
) -> None:
    page.local.show_found([found("llamacpp")])
    (row,) = page.local.rows()
    assert row.findChild(QLabel, "foundModel").text() == "no model yet"
    with qtbot.waitSignal(page.profile_chosen) as signal:
        row.button.click()
    assert signal.args[0].model == ""


def test_a_model_named_by_its_file_is_shown_without_folders(page: FirstStartPage) -> None:
    page.local.show_found([found("llamacpp", "/a/b/tiny.gguf"), found("vllm", "Qwen/Qwen3-8B")])
    page.grab()
    shown = [row.findChild(QLabel, "foundModel").text() for row in page.local.rows()]
    assert shown == ["tiny.gguf", "Qwen/Qwen3-8B"]


def test_what_was_found_before_makes_room(page: FirstStartPage) -> None:
    page.local.show_found([found("ollama", "one")])
    page.local.show_found([found("vllm", "two"), found("jan", "three")])
    assert [row.accessibleName() for row in page.local.rows()] == ["vLLM", "Jan"]
    page.local.show_found([])
    assert page.local.rows() == []
    assert page.local.text.text().startswith("None was found.")
    assert "Ollama" in page.local.text.text()


def test_it_is_looked_for_once_at_a_time(page: FirstStartPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.look_requested):
        page.local.button.click()
    page.local.show_looking()
    assert page.local.is_looking
    assert page.local.text.text().startswith("Looking for Ollama")
    page.local.show_found([])
    assert not page.local.is_looking


def test_a_key_chooses_its_service_until_the_user_does(page: FirstStartPage, qtbot: QtBot) -> None:
    assert not page.key.form.isVisible()
    page.key.button.click()
    form = page.key.form
    assert form.isVisible()
    assert form.field.echoMode() is QLineEdit.EchoMode.Password
    assert not form.connect_button.isEnabled()
    form.field.setText("sk-or-v1-abc")
    assert form.services.currentText() == "OpenRouter"
    assert "openrouter.ai" in form.where.text()
    form.field.setText("gsk_abc")
    assert form.services.currentText() == "Groq"
    form.services.setCurrentText("OpenAI")
    form.services.activated.emit(form.services.currentIndex())
    form.field.setText("sk-or-v1-abc")
    assert form.services.currentText() == "OpenAI"
    with qtbot.waitSignal(page.key_entered) as signal:
        form.connect_button.click()
    profile, key = signal.args
    assert (profile.id, profile.preset, key) == ("openai-2", "openai", "sk-or-v1-abc")


def test_enter_tests_the_key_as_it_was_pasted(page: FirstStartPage, qtbot: QtBot) -> None:
    page.key.open_form()
    page.key.form.field.setText(' OPENAI_API_KEY="sk-proj-abc" ')
    with qtbot.waitSignal(page.key_entered) as signal:
        qtbot.keyClick(page.key.form.field, Qt.Key.Key_Return)
    assert signal.args[1] == "sk-proj-abc"


def test_what_is_no_key_is_not_sent(page: FirstStartPage, qtbot: QtBot) -> None:
    page.key.open_form()
    page.key.form.field.setText("my secret key")
    assert not page.key.form.connect_button.isEnabled()
    with qtbot.assertNotEmitted(page.key_entered):
        qtbot.keyClick(page.key.form.field, Qt.Key.Key_Return)


def test_a_test_of_the_key_can_be_stopped(page: FirstStartPage, qtbot: QtBot) -> None:
    page.key.open_form()
    page.key.form.field.setText("sk-abc")
    page.key.show_testing()
    assert page.key.form.field.isReadOnly()
    with qtbot.waitSignal(page.key.stop_requested), qtbot.assertNotEmitted(page.key_entered):
        page.key.form.connect_button.click()
        qtbot.keyClick(page.key.form.field, Qt.Key.Key_Return)
    page.key.show_stopped()
    assert page.key.form.key() == "sk-abc"
    assert page.key.form.connect_button.text() == "Test and use"


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        (AuthenticationError(host="x"), set()),
        (ConnectionFailedError(fault=Fault.DNS, host="x"), {"useKeyAnywayButton"}),
        (
            KeyStoreError(fault=Fault.KEY_STORE_LOCKED),
            {"keepKeyForSessionButton", "keepKeyInFileButton"},
        ),
    ],
    ids=["refused", "unreachable", "no store"],
)
def test_a_key_that_meets_trouble_leaves_a_way_on(
    page: FirstStartPage, error: ChatError, shown: set[str]
) -> None:
    page.key.open_form()
    page.key.show_problem(error)
    names = ("useKeyAnywayButton", "keepKeyForSessionButton", "keepKeyInFileButton")
    visible = {name for name in names if page.key.findChild(QWidget, name).isVisible()}
    assert visible == shown
    assert page.key.status.isVisible()
    assert not page.key.form.field.isReadOnly()
    page.key.show_testing()
    assert not any(page.key.findChild(QWidget, name).isVisible() for name in names)


@pytest.mark.parametrize("place", list(KeyPlace))
def test_the_place_of_the_key_is_said(page: FirstStartPage, place: KeyPlace) -> None:
    page.key.open_form()
    page.key.show_place(place)
    assert page.key.form.place.isVisible()
    assert page.key.form.place.text().startswith("It is kept")


def test_nothing_is_contacted_before_the_button_is_pressed(
    page: FirstStartPage, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(page.check_requested) as signal:
        page.site.button.click()
    assert signal.args[0].provider == "chatgptfree"


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (BrowserCheckError(host="x"), "Guarded."),
        (PageFormatError(host="x"), "Changed."),
        (ConnectionFailedError(host="x"), "Not reached."),
        (RateLimitError(host="x"), "Not now."),
    ],
)
def test_a_site_that_does_not_answer_says_why_and_what_else_there_is(
    page: FirstStartPage, qtbot: QtBot, error: ChatError, verdict: str
) -> None:
    page.site.show_checking()
    with qtbot.waitSignal(page.site.stop_requested):
        page.site.button.click()
    page.site.show_problem(error)
    assert page.site.status.text().startswith(verdict)
    assert len(page.site.status.text()) > len(verdict) + 10
    assert page.site.others.isVisible()
    with qtbot.waitSignal(page.site.use_requested):
        page.site.anyway_button.click()
    with qtbot.waitSignal(page.check_requested):
        page.site.button.click()


def test_the_demo_and_everything_else_are_one_press_away(
    page: FirstStartPage, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(page.profile_chosen) as signal:
        page.demo.button.click()
    assert signal.args[0].provider == "demo"
    with qtbot.waitSignal(page.settings_requested):
        page.other_button.click()


def test_every_control_has_a_name_and_is_reached_by_tab(page: FirstStartPage, qtbot: QtBot) -> None:
    page.local.show_found([found("ollama", "one", "two")])
    page.key.open_form()
    page.key.form.field.setText("sk-abc")
    page.key.form.field.setText("sk-abc")
    page.key.show_problem(ConnectionFailedError(fault=Fault.DNS, host="x"))
    page.site.show_problem(BrowserCheckError(host="x"))
    page.activateWindow()
    controls = {
        widget
        for kind in (QAbstractButton, QComboBox, QLineEdit)
        for widget in page.findChildren(kind)
        if widget.isVisible()
    }
    page.local.button.setFocus()
    reached = set()
    for _ in range(2 * len(controls)):
        reached.add(page.focusWidget())
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
    assert controls <= reached
    for control in controls:
        assert control.accessibleName(), control.objectName()
        assert control.objectName(), control


def cut_off(page: FirstStartPage) -> list[str]:
    """Return the names of what does not show all of its words."""
    page.grab()
    names = []
    for widget in page.widget().findChildren(QWidget):
        right = widget.mapTo(page.widget(), widget.rect().topRight()).x()
        room = widget.size()
        needed = room
        if isinstance(widget, QAbstractButton):
            needed = widget.sizeHint()
        elif isinstance(widget, QLabel) and widget.wordWrap():
            needed = QSize(room.width(), widget.heightForWidth(room.width()))
        else:
            continue
        fits = needed.width() <= room.width() and needed.height() <= room.height()
        if widget.isVisibleTo(page) and not (fits and right < page.viewport().width()):
            names.append(widget.objectName())
    return names


@pytest.mark.parametrize("width", [320, 360, 480, 960])
@pytest.mark.usefixtures("russian")
def test_nothing_is_cut_off_in_a_narrow_window(
    page: FirstStartPage, qtbot: QtBot, width: int
) -> None:
    page.resize(width, 500)
    page.local.show_found([found("ollama", "x" * 190, "two"), found("llamacpp", "y" * 190)])
    page.key.open_form()
    page.key.show_problem(KeyStoreError(fault=Fault.KEY_STORE_LOCKED))
    page.site.show_problem(BrowserCheckError(host="x"))
    page.demo.set_text("A few words " * 20)
    qtbot.waitUntil(lambda: cut_off(page) == [])
