from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface

from core.models import Message, MessageState, Role
from gui.transcript.a11y import EXPOSED, accessible_factory
from gui.transcript.a11y_message import NAME_LENGTH, MessageItem
from gui.transcript.style import TranscriptStyle
from gui.transcript.view import TranscriptView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def read_view(qtbot: QtBot) -> Iterator[TranscriptView]:
    """A view that a screen reader looks at."""
    QAccessible.installFactory(accessible_factory)
    QAccessible.setActive(True)
    view = TranscriptView(TranscriptStyle.load("light"))
    view.resize(700, 500)
    qtbot.addWidget(view)
    view.show()
    qtbot.waitExposed(view)
    yield view
    QAccessible.setActive(False)


def root_of(view: TranscriptView) -> QAccessibleInterface:
    QAccessible.queryAccessibleInterface(view)
    assert view.root is not None
    return view.root


def test_the_view_is_a_list_of_messages(read_view: TranscriptView) -> None:
    read_view.add_message(Role.USER, "A question", author="Ann", state=MessageState.COMPLETE)
    read_view.add_message(Role.ASSISTANT, "**Yes**, it is.", state=MessageState.COMPLETE)
    root = root_of(read_view)
    assert root.role() == QAccessible.Role.List
    assert root.childCount() == 2
    item = root.child(1)
    assert item.role() == QAccessible.Role.ListItem
    assert item.text(QAccessible.Text.Name) == "Assistant: Yes, it is."
    assert root.child(0).text(QAccessible.Text.Name) == "Ann: A question"
    assert root.indexOfChild(item) == 1


def test_text_is_read_in_utf_16_units(read_view: TranscriptView) -> None:
    read_view.add_message(Role.ASSISTANT, "😀 *word*", state=MessageState.COMPLETE)
    item = root_of(read_view).child(0)
    text = item.interface_cast(QAccessible.InterfaceType.TextInterface)
    assert text.characterCount() == 7
    assert text.text(3, 7) == "word"
    assert text.selectionCount() == 0


def test_characters_are_found_where_they_are_drawn(read_view: TranscriptView) -> None:
    read_view.add_message(Role.ASSISTANT, "First one.\n\nSecond one.", state=MessageState.COMPLETE)
    item = root_of(read_view).child(0)
    text = item.interface_cast(QAccessible.InterfaceType.TextInterface)
    first, second = text.characterRect(2), text.characterRect(13)
    assert second.top() > first.top()
    assert item.rect().contains(second.center())
    assert text.offsetAtPoint(second.center()) in {13, 14}


def test_streaming_keeps_the_items_text_up_to_date(read_view: TranscriptView) -> None:
    read_view.add_message(Role.ASSISTANT, "")
    item = root_of(read_view).child(0)
    assert isinstance(item, MessageItem)
    for piece in ("One **two", "** three.\n\n", "- four\n- five\n\n"):
        read_view.append_text(piece)
        read_view.pump.flush()
    read_view.end_message(MessageState.COMPLETE)
    assert item.content() == "One two three.\nfour\nfive"


def test_a_long_message_has_a_short_name(read_view: TranscriptView) -> None:
    read_view.add_message(Role.ASSISTANT, "word " * 500, state=MessageState.COMPLETE)
    name = root_of(read_view).child(0).text(QAccessible.Text.Name)
    assert len(name) <= NAME_LENGTH + 20


def test_of_ten_thousand_messages_only_the_last_and_the_visible_are_in_the_list(
    read_view: TranscriptView,
) -> None:
    read_view.set_messages(Message(Role.USER, f"m{n}") for n in range(10_000))
    root = root_of(read_view)
    assert root.childCount() == EXPOSED
    read_view.show_message(100)
    assert root.childCount() == EXPOSED + len(read_view.visible_messages())
    assert root.child(0).text(QAccessible.Text.Name) == "You: m100"


def test_items_of_removed_messages_are_given_back(read_view: TranscriptView) -> None:
    for number in range(3):
        read_view.add_message(Role.USER, f"m{number}", state=MessageState.COMPLETE)
    root = root_of(read_view)
    names = [root.child(index).text(QAccessible.Text.Name) for index in range(3)]
    read_view.remove_message(1)
    assert root.childCount() == 2
    assert [root.child(index).text(QAccessible.Text.Name) for index in range(2)] == [
        names[0],
        names[2],
    ]
    read_view.clear()
    assert root.childCount() == 0
