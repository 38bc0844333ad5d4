from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListView, QPushButton

from gui.widgets.model_dialog import ModelDialog

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

MODELS = ("gpt-5-mini", "gpt-5", "claude-haiku", "llama3.2:3b")


@pytest.fixture
def dialog(qtbot: QtBot) -> ModelDialog:
    dialog = ModelDialog("OpenRouter", MODELS, "claude-haiku")
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def field(dialog: ModelDialog) -> QLineEdit:
    found = dialog.findChild(QLineEdit, "modelField")
    assert isinstance(found, QLineEdit)
    return found


def names(dialog: ModelDialog) -> list[str]:
    model = dialog.findChild(QListView, "modelList").model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_the_model_that_is_asked_is_marked(dialog: ModelDialog, qtbot: QtBot) -> None:
    assert names(dialog) == list(MODELS)
    with qtbot.waitSignal(dialog.model_chosen) as chosen:
        qtbot.keyClick(field(dialog), Qt.Key.Key_Return)
    assert chosen.args == ["claude-haiku"]


def test_what_is_typed_finds_models_and_is_one_itself(dialog: ModelDialog, qtbot: QtBot) -> None:
    qtbot.keyClicks(field(dialog), "GPT")
    assert names(dialog) == ["gpt-5-mini", "gpt-5", "GPT"]
    qtbot.keyClick(field(dialog), Qt.Key.Key_Down)
    with qtbot.waitSignal(dialog.model_chosen) as chosen:
        qtbot.keyClick(field(dialog), Qt.Key.Key_Return)
    assert chosen.args == ["gpt-5"]


def test_a_name_that_no_list_has_can_be_asked_for(dialog: ModelDialog, qtbot: QtBot) -> None:
    qtbot.keyClicks(field(dialog), " my-model ")
    with qtbot.waitSignal(dialog.model_chosen) as chosen:
        qtbot.keyClick(field(dialog), Qt.Key.Key_Return)
    assert chosen.args == ["my-model"]


def test_nothing_can_be_chosen_where_nothing_is_listed_or_typed(qtbot: QtBot) -> None:
    dialog = ModelDialog("vLLM", (), "")
    qtbot.addWidget(dialog)
    button = dialog.findChild(QPushButton, "modelUseButton")
    assert not button.isEnabled()
    dialog.set_models(["served"])
    assert names(dialog) == ["served"]
    qtbot.keyClicks(field(dialog), "other")
    assert button.isEnabled()
