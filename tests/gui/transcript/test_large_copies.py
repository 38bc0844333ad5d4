"""However much is copied: how much is done at once is counted, not timed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from core.models import Message, Role
from gui.clipboard import CopiedText
from gui.transcript.copier import AT_ONCE
from gui.transcript.copying import marked_parts, rendered_message, rendered_selection
from gui.transcript.pointer import Target
from gui.transcript.rich_copy import PARSED_AT_ONCE

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.transcript.rich_copy import Steps
    from gui.transcript.view import TranscriptView

CTRL = Qt.KeyboardModifier.ControlModifier
PARAGRAPH = (
    "Words with **bold** ones, `code` and [a link](https://example.org).\n\n- one\n- two\n\n"
)
LONG = PARAGRAPH * 1_000


def parsed_characters(view: TranscriptView, index: int) -> int:
    layout = view.conversation.layout(index)
    return sum(len(item.segment.text) for item in layout.answer.layouts)


def test_selecting_all_of_a_long_message_reads_no_more_of_it(
    view: TranscriptView, qtbot: QtBot
) -> None:
    view.set_messages([Message(Role.ASSISTANT, LONG), Message(Role.USER, "Short")])
    view.go_to_end()
    before = parsed_characters(view, 0)
    view.keyboard.select_message(0)
    view.viewport().grab()
    assert parsed_characters(view, 0) <= before + PARSED_AT_ONCE
    qtbot.keyClick(view, Qt.Key.Key_A, CTRL)
    assert not view.shown.selection.is_empty


def test_a_long_message_is_copied_in_slices_and_arrives_whole(
    view: TranscriptView, qtbot: QtBot
) -> None:
    view.set_messages([Message(Role.ASSISTANT, LONG)])
    QGuiApplication.clipboard().setText("before")
    view.commands.copy_message(0)
    assert view.commands.copier.is_busy
    assert view.commands.copier.characters < AT_ONCE + PARSED_AT_ONCE
    assert QGuiApplication.clipboard().text() == "before"
    qtbot.waitUntil(lambda: not view.commands.copier.is_busy, timeout=20_000)
    mime = QGuiApplication.clipboard().mimeData()
    assert bytes(mime.data("text/markdown").data()).decode() == LONG
    assert mime.html().count("<strong>bold</strong>") == 1_000


def test_no_step_of_a_copy_is_about_more_than_one_slice_of_markdown(
    view: TranscriptView,
) -> None:
    view.set_messages([Message(Role.ASSISTANT, LONG), Message(Role.ASSISTANT, LONG)])
    selections = []
    view.keyboard.select_more()
    view.keyboard.select_more()
    bounds = view.shown.selection.bounds()
    assert bounds is not None
    parts = marked_parts(view.conversation, view.shown.selection)
    selections.append(rendered_selection(parts, bounds))
    selections.append(rendered_message(view.conversation, 0))
    for steps in selections:
        sizes, text = taken(steps)
        assert max(sizes) <= PARSED_AT_ONCE
        assert len(sizes) > 1_000
        assert text.plain.startswith("Words with **bold** ones")


def taken(steps: Steps) -> tuple[list[int], CopiedText]:
    sizes = []
    while True:
        try:
            sizes.append(next(steps))
        except StopIteration as end:
            return sizes, end.value


def test_of_thousands_of_messages_nothing_is_parsed_before_the_key_is_up(
    view: TranscriptView, qtbot: QtBot
) -> None:
    view.set_messages(
        [Message(Role.ASSISTANT, f"Message *{n}*.\n\n- a\n- b") for n in range(2_000)]
    )
    qtbot.keyClick(view, Qt.Key.Key_A, CTRL)
    qtbot.keyClick(view, Qt.Key.Key_A, CTRL)
    qtbot.keyClick(view, Qt.Key.Key_C, CTRL)
    assert view.commands.copier.is_busy
    assert view.commands.copier.characters < AT_ONCE + PARSED_AT_ONCE
    assert len(view.conversation.layouts()) < 60
    view.commands.copier.finish()
    text = QGuiApplication.clipboard().text()
    assert text.startswith("Message *0*.\n\n- a\n- b\n\nMessage *1*.")
    assert text.endswith("Message *1999*.\n\n- a\n- b")


def test_lists_of_different_messages_are_not_one_list(view: TranscriptView) -> None:
    view.set_messages(
        [Message(Role.ASSISTANT, "- one\n- two"), Message(Role.ASSISTANT, "- one\n\n- two")]
    )
    view.keyboard.select_more()
    view.keyboard.select_more()
    view.commands.copy_selection()
    assert QGuiApplication.clipboard().mimeData().html().count("<ul>") == 2


def test_who_leaves_for_another_program_finds_all_on_the_clipboard(view: TranscriptView) -> None:
    view.set_messages([Message(Role.ASSISTANT, LONG)])
    view.commands.copy_message(0)
    assert view.commands.copier.is_busy
    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)
    application.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    assert not view.commands.copier.is_busy
    assert QGuiApplication.clipboard().mimeData().html().endswith("</html>")


def test_what_was_selected_is_copied_though_the_message_goes(view: TranscriptView) -> None:
    view.set_messages([Message(Role.ASSISTANT, LONG)])
    view.keyboard.select_message(0)
    view.commands.copy_selection()
    view.clear()
    view.commands.copier.finish()
    assert QGuiApplication.clipboard().text().count("a link") == 1_000


def test_the_menu_of_a_long_message_opens_without_reading_it_all(view: TranscriptView) -> None:
    view.set_messages([Message(Role.ASSISTANT, LONG), Message(Role.ASSISTANT, "x\n\n" * 300)])
    view.background.finish()
    before = parsed_characters(view, 0)
    view.commands.menu(0, Target())
    assert parsed_characters(view, 0) <= before + 12_000 + PARSED_AT_ONCE
