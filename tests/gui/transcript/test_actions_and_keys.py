from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QToolButton

from core.models import MessageState, Role
from gui.transcript.actions import Action, actions_for
from gui.transcript.menu import MessageMenu
from gui.transcript.pointer import Target

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.transcript.view import TranscriptView

LEFT = Qt.MouseButton.LeftButton
ALT = Qt.KeyboardModifier.AltModifier


def two(view: TranscriptView) -> None:
    view.add_message(Role.USER, "A question", state=MessageState.COMPLETE)
    view.add_message(
        Role.ASSISTANT,
        "An answer with `code`:\n\n```sh\nls\n```\n\nand a [link](https://example.org).",
        model="some-model",
        time=datetime(2026, 1, 2, 3, 4),  # noqa: DTZ001 - shown as it is
        state=MessageState.STOPPED,
    )


def button(view: TranscriptView, action: Action) -> QToolButton:
    found = view.overlays.message_actions.findChild(QToolButton, f"{action.value}MessageButton")
    assert isinstance(found, QToolButton)
    return found


def hover(view: TranscriptView, qtbot: QtBot, index: int) -> None:
    rect = view.message_rect(index)
    qtbot.mouseMove(view.viewport(), QPoint(3, 3))  # two moves: one to the same place is none
    qtbot.mouseMove(view.viewport(), QPoint(rect.center().x(), rect.top() + 8))


def test_buttons_appear_for_the_message_under_the_pointer(
    view: TranscriptView, qtbot: QtBot
) -> None:
    two(view)
    assert not view.overlays.message_actions.isVisible()
    hover(view, qtbot, 0)
    assert view.overlays.message_actions.isVisible()
    assert button(view, Action.EDIT).isVisible()
    assert not button(view, Action.REGENERATE).isVisible()
    hover(view, qtbot, 1)
    assert button(view, Action.REGENERATE).isVisible()
    assert button(view, Action.CONTINUE).isVisible()


@pytest.mark.parametrize(
    ("index", "action", "signal"),
    [
        (0, Action.EDIT, "edit_requested"),
        (1, Action.REGENERATE, "regenerate_requested"),
        (1, Action.CONTINUE, "continue_requested"),
        (1, Action.DELETE, "delete_requested"),
    ],
)
def test_a_button_says_what_is_wanted_for_which_message(
    view: TranscriptView, qtbot: QtBot, index: int, action: Action, signal: str
) -> None:
    two(view)
    hover(view, qtbot, index)
    with qtbot.waitSignal(getattr(view, signal)) as caught:
        qtbot.mouseClick(button(view, action), LEFT)
    assert caught.args == [index]


def test_buttons_move_nothing(view: TranscriptView, qtbot: QtBot) -> None:
    two(view)
    total = view.conversation.heights.total
    hover(view, qtbot, 1)
    assert view.conversation.heights.total == total


def test_the_copy_button_copies_the_whole_message(view: TranscriptView, qtbot: QtBot) -> None:
    two(view)
    hover(view, qtbot, 1)
    qtbot.mouseClick(button(view, Action.COPY), LEFT)
    mime = QGuiApplication.clipboard().mimeData()
    markdown = bytes(mime.data("text/markdown").data()).decode()
    assert markdown == view.message(1).text
    assert "<pre" in mime.html()


def test_everything_can_be_done_from_the_menu(view: TranscriptView) -> None:
    two(view)
    menu = view.commands.menu(1, Target())
    names = {action.objectName() for action in menu.findChildren(QAction)}
    assert {
        "copy",
        "copy-rich",
        "copy-markdown",
        "copy-plain",
        "copy-code",
        "open-link",
        "select",
        "regenerate",
        "continue",
        "delete",
    } <= names
    action = menu.findChild(QAction, "copy-code")
    assert action is not None
    action.trigger()
    assert QGuiApplication.clipboard().text() == "ls"


def test_an_open_message_can_only_be_copied(view: TranscriptView) -> None:
    view.add_message(Role.ASSISTANT, "")
    assert actions_for(view.conversation.messages[0]) == [Action.COPY]


def test_keys_jump_from_message_to_message(conversation: TranscriptView, qtbot: QtBot) -> None:
    qtbot.keyClick(conversation, Qt.Key.Key_Home)
    qtbot.keyClick(conversation, Qt.Key.Key_Down, ALT)
    assert conversation.shown.current == 1
    assert conversation.message_rect(1).top() == 0
    qtbot.keyClick(conversation, Qt.Key.Key_J)
    assert conversation.shown.current == 2
    qtbot.keyClick(conversation, Qt.Key.Key_K)
    qtbot.keyClick(conversation, Qt.Key.Key_Up, ALT)
    assert conversation.shown.current == 0
    assert conversation.overlays.message_actions.isVisible()


def test_home_and_end_and_pages_scroll(conversation: TranscriptView, qtbot: QtBot) -> None:
    qtbot.keyClick(conversation, Qt.Key.Key_Home)
    assert conversation.scroller.y == 0
    qtbot.keyClick(conversation, Qt.Key.Key_PageDown)
    page = conversation.scroller.y
    assert 0.7 * conversation.viewport().height() < page < conversation.viewport().height()
    qtbot.keyClick(conversation, Qt.Key.Key_PageUp)
    assert conversation.scroller.y == 0
    qtbot.keyClick(conversation, Qt.Key.Key_End)
    assert conversation.scroller.is_at_end


def test_reasoning_is_folded_and_unfolds_at_a_click(view: TranscriptView, qtbot: QtBot) -> None:
    view.add_message(Role.ASSISTANT, "")
    view.append_reasoning("I think **hard**.\n\n")
    view.append_text("The answer.\n\n")
    view.pump.flush()
    layout = view.conversation.layout(0)
    assert layout.reasoning is None
    before = layout.height
    header = QPoint(view.column_x + 30, layout.header + layout.reasoning_header // 2)
    qtbot.mouseClick(view.viewport(), LEFT, pos=header)
    assert layout.reasoning is not None
    assert layout.height > before
    assert layout.reasoning.layouts[0].segment.text == "I think hard."
    view.append_reasoning("More of it.")
    view.pump.flush()
    view.end_message(MessageState.COMPLETE)
    assert layout.reasoning.layouts[-1].segment.text == "More of it."
    qtbot.mouseClick(view.viewport(), LEFT, pos=header)
    assert layout.height == before


def test_text_between_reasoning_goes_where_it_belongs(view: TranscriptView) -> None:
    view.add_message(Role.ASSISTANT, "")
    for number in range(3):
        view.append_reasoning(f"r{number} ")
        view.append_text(f"t{number} ")
    view.end_message(MessageState.COMPLETE)
    assert view.message(0).text == "t0 t1 t2 "
    assert view.conversation.messages[0].reasoning == "r0 r1 r2 "


def test_the_column_is_in_the_middle_and_no_wider_than_eighty_characters(
    view: TranscriptView,
) -> None:
    view.resize(2000, 600)
    view.add_message(Role.ASSISTANT, "plain words of a usual length " * 40)
    width = view.conversation.width
    assert abs(view.column_x - (view.width() - width) / 2) <= 1
    layout = view.conversation.layout(0).answer.layouts[0]
    layout.ensure()
    assert layout.document is not None
    lines = layout.document.begin().layout()
    longest = max(lines.lineAt(n).textLength() for n in range(lines.lineCount()))
    assert 65 < longest < 90


def test_right_to_left_paragraphs_begin_at_the_right(view: TranscriptView) -> None:
    view.add_message(Role.ASSISTANT, "שלום עולם\n\nHello\n\n- פריט", state=MessageState.COMPLETE)
    layouts = view.conversation.layout(0).answer.layouts
    assert layouts[0].caret(0).left() > view.conversation.width * 0.8
    assert layouts[1].caret(0).left() < 5
    item = layouts[2].caret(0).left()
    assert view.conversation.width - 60 < item < view.conversation.width - 10


def test_after_a_jump_keys_mean_the_message_that_was_reached(
    conversation: TranscriptView, qtbot: QtBot
) -> None:
    conversation.show_message(0)
    point = conversation.message_rect(0).center()
    qtbot.mouseClick(conversation.viewport(), LEFT, pos=point)
    assert conversation.keyboard.message_index() == 0
    for _ in range(5):
        qtbot.keyClick(conversation, Qt.Key.Key_Down, ALT)
    assert conversation.shown.current is not None
    assert conversation.keyboard.message_index() == conversation.shown.current > 0


def test_keys_do_not_mean_a_message_that_was_scrolled_away(
    conversation: TranscriptView, qtbot: QtBot
) -> None:
    conversation.show_message(0)
    qtbot.mouseClick(conversation.viewport(), LEFT, pos=conversation.message_rect(0).center())
    conversation.go_to_end()
    assert conversation.keyboard.message_index() in conversation.visible_messages()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_systems_menu_key_means_the_message_that_was_reached(
    conversation: TranscriptView, qtbot: QtBot
) -> None:
    conversation.show_message(0)
    qtbot.keyClick(conversation, Qt.Key.Key_Down, ALT)
    reached = conversation.shown.current
    assert reached is not None
    corner = conversation.viewport().rect().bottomLeft() - QPoint(0, 5)
    assert conversation.message_at(corner) != reached
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, corner, corner)
    QApplication.sendEvent(conversation.viewport(), event)
    menus = [menu for menu in conversation.findChildren(MessageMenu) if menu.isVisible()]
    assert len(menus) == 1
    asked: list[int] = []
    conversation.delete_requested.connect(asked.append)
    delete = menus[0].findChild(QAction, Action.DELETE.value)
    assert isinstance(delete, QAction)
    delete.trigger()
    menus[0].close()
    assert asked == [reached]
