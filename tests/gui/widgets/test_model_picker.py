from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from gui.widgets.model_picker import ModelPicker
from gui.widgets.site_dialog import SiteDialog

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

SITE = "https://chat.example/page"


@pytest.fixture
def picker(qtbot: QtBot) -> ModelPicker:
    picker = ModelPicker()
    qtbot.addWidget(picker)
    return picker


def choices(picker: ModelPicker) -> dict[str, bool]:
    picker.menu().aboutToShow.emit()
    return {a.text(): a.isChecked() for a in picker.menu().actions() if not a.isSeparator()}


def test_the_button_names_service_and_model(picker: ModelPicker) -> None:
    picker.show_choice(SITE, "gpt-4o-mini")
    assert picker.text() == "chat.example · gpt-4o-mini"
    assert picker.accessibleName() == "Service and model: chat.example · gpt-4o-mini"


def test_the_menu_offers_the_services_and_marks_the_one_that_is_asked(
    picker: ModelPicker,
) -> None:
    picker.show_choice("demo")
    assert choices(picker) == {
        "Demo, built in": True,
        "chatgptfree.ai": False,
        "Another AI Power site…": False,
        "Add or change services…": False,
    }
    picker.show_choice(SITE)
    assert choices(picker)["chat.example"]
    picker.show_choice("chatgptfree")
    assert choices(picker) == {
        "Demo, built in": False,
        "chatgptfree.ai": True,
        "chat.example": False,
        "Another AI Power site…": False,
        "Add or change services…": False,
    }


def test_choosing_tells_which(picker: ModelPicker, qtbot: QtBot) -> None:
    picker.menu().aboutToShow.emit()
    with qtbot.waitSignal(picker.provider_chosen) as signal:
        picker.menu().actions()[1].trigger()
    assert signal.args == ["chatgptfree"]
    with qtbot.waitSignal(picker.site_requested):
        picker.menu().actions()[-2].trigger()
    with qtbot.waitSignal(picker.services_requested):
        picker.menu().actions()[-1].trigger()


def test_the_models_of_the_service_are_offered(picker: ModelPicker, qtbot: QtBot) -> None:
    picker.set_choices([("local", "Ollama"), ("demo", "Demo")])
    picker.show_choice("local", "llama3.2", "Ollama")
    picker.set_models([f"model{number}" for number in range(30)])
    offered = choices(picker)
    assert offered["llama3.2"]
    assert "model3" in offered
    assert "model29" not in offered
    actions = {action.text(): action for action in picker.menu().actions()}
    with qtbot.waitSignal(picker.model_chosen) as chosen:
        actions["model3"].trigger()
    assert chosen.args == ["model3"]
    with qtbot.waitSignal(picker.all_models_requested):
        actions["Other models…"].trigger()
    picker.show_choice("demo", "", "Demo")
    assert "model3" not in choices(picker)


def test_a_long_name_fits_into_a_narrow_window(picker: ModelPicker) -> None:
    picker.show_choice("https://a-very-long-name.of-a-host.example", "model-" * 20)
    picker.resize(picker.minimumSizeHint())
    assert picker.minimumSizeHint().width() < 100
    assert not picker.grab().isNull()


@pytest.mark.parametrize(
    ("entered", "chosen"),
    [
        ("chat.example", "https://chat.example"),
        (" https://chat.example/page ", "https://chat.example/page"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
    ],
)
def test_the_dialog_gives_an_address(qtbot: QtBot, entered: str, chosen: str) -> None:
    dialog = SiteDialog()
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.findChild(QLineEdit, "siteAddress").setText(entered)
    with qtbot.waitSignal(dialog.site_chosen) as signal:
        dialog.findChild(QPushButton, "siteUseButton").click()
    assert signal.args == [chosen]
    assert not dialog.isVisible()


@pytest.mark.parametrize("entered", ["", "ftp://chat.example", "https://", "javascript://x"])
def test_the_dialog_says_what_is_no_address(qtbot: QtBot, entered: str) -> None:
    dialog = SiteDialog()
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.findChild(QLineEdit, "siteAddress").setText(entered)
    dialog.findChild(QPushButton, "siteUseButton").click()
    assert dialog.isVisible()
    assert "https://" in dialog.findChild(QLabel, "siteProblem").text()
    dialog.reject()
