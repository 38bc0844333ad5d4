"""Copying a table, the last code block, a whole conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QAction, QGuiApplication

from core.models import Message, Role
from gui.transcript.pointer import Target

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from gui.transcript.view import TranscriptView

TABLE = "| Name | Size |\n|---|--:|\n| **a** | 1 |\n| b | 2 |\n"
ANSWER = f"Before\n\n{TABLE}\n```python\nfirst\n```\n\nAfter\n\n```sh\nlast\n```\n"


def _copied() -> QMimeData:
    data = QGuiApplication.clipboard().mimeData()
    assert data is not None
    return data


@pytest.fixture
def shown(view: TranscriptView) -> TranscriptView:
    """Give a view with a question and an answer that has everything."""
    view.set_messages([Message(Role.USER, "Which?"), Message(Role.ASSISTANT, ANSWER)])
    return view


def test_a_table_is_copied_with_tabs_and_as_a_table(shown: TranscriptView) -> None:
    shown.commands.run(1, "copy-table", "0")

    data = _copied()
    assert data.text() == "Name\tSize\na\t1\nb\t2"
    assert "<table" in data.html()
    assert bytes(data.data("text/markdown").data()).decode().startswith("| Name | Size |")


def test_the_menu_offers_the_tables_that_are_there(shown: TranscriptView) -> None:
    names = {
        action.objectName() for action in shown.commands.menu(1, Target()).findChildren(QAction)
    }
    assert {"copy-table", "copy-conversation"} <= names
    names = {
        action.objectName() for action in shown.commands.menu(0, Target()).findChildren(QAction)
    }
    assert "copy-table" not in names


def test_the_last_code_block_is_copied_and_says_so(shown: TranscriptView) -> None:
    assert shown.commands.copy_last_code(1)
    assert _copied().text() == "last"

    assert not shown.commands.copy_last_code(0)


def test_a_conversation_is_copied_with_the_names_of_who_says_what(shown: TranscriptView) -> None:
    shown.commands.run(0, "copy-conversation")
    shown.commands.copier.finish()

    data = _copied()
    markdown = bytes(data.data("text/markdown").data()).decode()
    assert markdown.index("Which?") < markdown.index("Before")
    assert markdown.count("**") == 4 + 2  # two names, and what is bold in the table
    assert "<strong>" in data.html()
