"""The popup: asks, streams, copies, keeps the context, and goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.conversation import signalled, until
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication

from core.models import Role
from core.templates import Source
from gui.quick.context_bar import LONGEST

if TYPE_CHECKING:
    from helpers.quick import QuickTalk
    from pytestqt.qtbot import QtBot

_KEY = Qt.Key
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def _clipboard() -> str:
    return QGuiApplication.clipboard().text()


def _has_markdown() -> bool:
    data = QGuiApplication.clipboard().mimeData()
    return data is not None and data.hasFormat("text/markdown")


async def test_enter_asks_and_the_answer_stands_below(talk: QuickTalk, qtbot: QtBot) -> None:
    talk.link.show_quick()
    height = talk.prompt.height()
    editor = talk.prompt.pane.composer.editor
    qtbot.keyClicks(editor, "hello")
    end = signalled(talk.link.conversation.controller.reply_finished)

    qtbot.keyClick(editor, _KEY.Key_Return)
    await end

    transcript = talk.link.conversation.transcript
    assert [transcript.message(index).role for index in (0, 1)] == [Role.USER, Role.ASSISTANT]
    assert "demo" in transcript.message(1).text
    assert editor.text() == ""
    await until(lambda: talk.prompt.height() > height)
    assert not talk.window.isVisible()


async def test_enter_on_an_empty_line_copies_all_forms_and_hides(
    talk: QuickTalk, qtbot: QtBot
) -> None:
    talk.link.show_quick()
    await talk.ask("hello")

    qtbot.keyClick(talk.prompt.pane.composer.editor, _KEY.Key_Return)

    await until(_has_markdown)
    data = QGuiApplication.clipboard().mimeData()
    answer = talk.link.conversation.controller.last_answer
    assert bytes(data.data("text/markdown").data()).decode() == answer
    assert data.hasHtml()
    assert data.hasText()
    assert talk.prompt.isHidden()


async def test_enter_on_an_empty_line_means_nothing_without_an_answer(
    talk: QuickTalk, qtbot: QtBot
) -> None:
    talk.link.show_quick()

    qtbot.keyClick(talk.prompt.pane.composer.editor, _KEY.Key_Return)

    assert talk.prompt.isVisible()
    assert _clipboard() == ""


async def test_a_second_enter_does_not_hide_an_answer_on_its_way(
    talk: QuickTalk, qtbot: QtBot
) -> None:
    talk.link.show_quick()
    await talk.ask("first")
    editor = talk.prompt.pane.composer.editor
    end = signalled(talk.link.conversation.controller.reply_finished)
    qtbot.keyClicks(editor, "hello")

    qtbot.keyClick(editor, _KEY.Key_Return)
    qtbot.keyClick(editor, _KEY.Key_Return)

    assert talk.prompt.isVisible()
    await end


@pytest.mark.parametrize("letter", ["C", "С"])  # the second is Cyrillic, on the same key
async def test_ctrl_c_without_a_selection_copies_the_whole_answer(
    talk: QuickTalk, letter: str
) -> None:
    talk.link.show_quick()
    await talk.ask("hello")
    editor = talk.prompt.pane.composer.editor

    press = QKeyEvent(QEvent.Type.KeyPress, ord(letter), _CTRL, letter)
    QApplication.sendEvent(editor, press)

    await until(_has_markdown)
    assert talk.prompt.isVisible()


async def test_ctrl_c_copies_what_is_selected_in_the_line(talk: QuickTalk, qtbot: QtBot) -> None:
    talk.link.show_quick()
    await talk.ask("hello")
    editor = talk.prompt.pane.composer.editor
    qtbot.keyClicks(editor, "mine")
    editor.selectAll()

    qtbot.keyClick(editor, _KEY.Key_C, _CTRL)

    assert _clipboard() == "mine"


async def test_ctrl_shift_c_copies_the_last_code_block(talk: QuickTalk, qtbot: QtBot) -> None:
    talk.link.show_quick()
    await talk.ask("hello")

    qtbot.keyClick(talk.prompt.pane.composer.editor, _KEY.Key_C, _CTRL | _SHIFT)

    assert _clipboard().startswith("def greet(name: str)")
    assert not QGuiApplication.clipboard().mimeData().hasHtml()


async def test_a_question_that_follows_keeps_the_context_and_ctrl_n_does_not(
    talk: QuickTalk, qtbot: QtBot
) -> None:
    talk.link.show_quick()
    controller = talk.link.conversation.controller
    await talk.ask("first")
    await talk.ask("second")
    assert len(controller.conversation.messages) == 4
    first = controller.conversation.id

    qtbot.keyClick(talk.prompt.pane.composer.editor, _KEY.Key_N, _CTRL)

    assert controller.conversation.id != first
    assert talk.prompt.pane.is_empty


async def test_escape_hides_and_the_answer_goes_on(talk: QuickTalk, qtbot: QtBot) -> None:
    talk.link.show_quick()
    controller = talk.link.conversation.controller
    end = signalled(controller.reply_finished)
    talk.prompt.pane.composer.editor.setPlainText("hello")
    talk.prompt.pane.composer.send_button.click()

    qtbot.keyClick(talk.prompt.pane.composer.editor, _KEY.Key_Escape)
    assert talk.prompt.isHidden()
    await end

    talk.link.show_quick()
    assert talk.link.conversation.transcript.message(1).text == controller.last_answer


async def test_the_text_of_the_line_survives_and_is_selected(talk: QuickTalk) -> None:
    talk.link.show_quick()
    editor = talk.prompt.pane.composer.editor
    editor.setPlainText("half a question")
    talk.prompt.hide()

    talk.link.show_quick()

    assert editor.textCursor().selectedText() == "half a question"


async def test_enter_within_a_composition_is_the_input_methods(
    talk: QuickTalk, qtbot: QtBot
) -> None:
    talk.link.show_quick()
    editor = talk.prompt.pane.composer.editor
    QApplication.sendEvent(editor, QInputMethodEvent("にほ", []))

    qtbot.keyClick(editor, _KEY.Key_Escape)
    qtbot.keyClick(editor, _KEY.Key_Return)

    assert talk.prompt.isVisible()
    assert not talk.link.conversation.controller.is_running


async def test_the_clipboard_goes_along_only_on_request_and_can_be_taken_away(
    talk: QuickTalk, qtbot: QtBot
) -> None:
    QGuiApplication.clipboard().setText("a traceback")
    talk.link.show_quick()
    composer = talk.prompt.pane.composer
    composer.editor.setPlainText("What is this?")
    assert composer.text() == "What is this?"

    talk.prompt.pane.clipboard_button.click()
    assert composer.text() == 'What is this?\n\n"""\na traceback\n"""'

    chip = composer.context.chip(Source.CLIPBOARD)
    assert chip is not None
    qtbot.mouseClick(chip.remove_button, Qt.MouseButton.LeftButton)
    assert composer.text() == "What is this?"


async def test_a_long_text_is_cut_and_the_chip_says_so(talk: QuickTalk) -> None:
    QGuiApplication.clipboard().setText("x" * (LONGEST + 1))
    talk.link.show_quick()

    talk.prompt.add_clipboard()

    chip = talk.prompt.pane.composer.context.chip(Source.CLIPBOARD)
    assert chip is not None
    assert len(chip.text) == LONGEST
    assert "first" in chip.accessibleName()


async def test_a_command_shows_what_it_takes_before_it_is_asked(
    talk: QuickTalk, qtbot: QtBot
) -> None:
    QGuiApplication.clipboard().setText("привет")
    talk.link.show_quick()
    composer = talk.prompt.pane.composer

    qtbot.keyClicks(composer.editor, "/tra")
    assert talk.prompt.pane.commands.isVisible()
    assert composer.context.chip(Source.CLIPBOARD) is None
    qtbot.keyClick(composer.editor, _KEY.Key_Tab)

    assert composer.typed_text() == "/translate "
    assert composer.context.chip(Source.CLIPBOARD) is not None
    assert composer.text().endswith("\n\nпривет")
    qtbot.keyClicks(composer.editor, "hello")
    assert composer.context.chip(Source.CLIPBOARD) is None
    assert composer.text().endswith("\n\nhello")


async def test_backspace_at_the_start_takes_a_commands_own_text_away_for_good(
    talk: QuickTalk, qtbot: QtBot
) -> None:
    QGuiApplication.clipboard().setText("привет")
    talk.link.show_quick()
    composer = talk.prompt.pane.composer
    composer.editor.setPlainText("/translate ")
    composer.editor.moveCursor(composer.editor.textCursor().MoveOperation.Start)

    qtbot.keyClick(composer.editor, _KEY.Key_Backspace)

    assert composer.typed_text() == "/translate "
    assert "привет" not in composer.text()


async def test_nothing_of_a_private_question_is_on_the_disk(talk: QuickTalk) -> None:
    talk.link.show_quick()
    talk.prompt.pane.private_button.click()

    await talk.ask("xyzzy-secret")
    await talk.ask("xyzzy-again")

    files = [path for path in talk.folder.rglob("*") if path.is_file()]
    assert not [path for path in files if b"xyzzy" in path.read_bytes()]


async def test_a_kept_question_is_on_the_disk(talk: QuickTalk) -> None:
    talk.link.show_quick()

    await talk.ask("xyzzy-public")
    await talk.conversations.settled()

    files = [path for path in talk.folder.rglob("*") if path.is_file()]
    assert [path for path in files if b"xyzzy" in path.read_bytes()]


async def test_a_pin_keeps_it_and_a_press_on_the_shadow_hides_it_otherwise(
    talk: QuickTalk, qtbot: QtBot
) -> None:
    talk.link.show_quick()
    corner = QPoint(2, 2)
    talk.prompt.pane.pin_button.click()

    qtbot.mouseClick(talk.prompt, Qt.MouseButton.LeftButton, pos=corner)
    assert talk.prompt.isVisible()

    talk.prompt.pane.pin_button.click()
    qtbot.mouseClick(talk.prompt, Qt.MouseButton.LeftButton, pos=corner)
    assert talk.prompt.isHidden()


async def test_what_else_gets_the_focus_hides_it(talk: QuickTalk) -> None:
    talk.link.show_quick()
    await until(talk.prompt.isActiveWindow)

    talk.window.show()
    talk.window.activateWindow()

    await until(talk.prompt.isHidden)


async def test_its_size_is_remembered_within_reason(talk: QuickTalk) -> None:
    from gui.quick.quick_prompt import QuickPrompt  # noqa: PLC0415 - for this alone

    sized = QuickPrompt(size="800x700")
    assert sized.size_text() == "800x700"
    for nonsense in ("", "x", "800", "99999999x2", "-3x5"):
        assert QuickPrompt(size=nonsense).size_text() == talk.prompt.size_text()
    assert QuickPrompt(size="1x1").size_text() != "1x1"


async def test_escape_ends_the_change_of_a_question_and_gives_the_command_back(
    talk: QuickTalk, qtbot: QtBot
) -> None:
    talk.link.show_quick()
    await talk.ask("hello")
    composer = talk.prompt.pane.composer
    composer.editor.setPlainText("/translate cat")
    talk.link.conversation.link.edit(0)
    assert composer.typed_text() == "hello"

    qtbot.keyClick(composer.editor, _KEY.Key_Escape)

    assert talk.prompt.isVisible()
    assert not composer.is_editing
    assert composer.typed_text() == "/translate cat"
    qtbot.keyClick(composer.editor, _KEY.Key_Escape)
    assert talk.prompt.isHidden()


async def test_a_new_question_ends_the_change_of_an_earlier_one(
    talk: QuickTalk, qtbot: QtBot
) -> None:
    talk.link.show_quick()
    await talk.ask("hello")
    composer = talk.prompt.pane.composer
    talk.link.conversation.link.edit(0)

    qtbot.keyClick(composer.editor, _KEY.Key_N, _CTRL)

    assert not composer.is_editing
    assert composer.is_blank


async def test_enter_on_an_empty_line_does_not_copy_the_answer_before_an_unanswered_question(
    talk: QuickTalk, qtbot: QtBot
) -> None:
    talk.link.show_quick()
    await talk.ask("first")
    talk.link.conversation.controller.send("second")
    talk.link.conversation.controller.stop()
    assert talk.link.conversation.transcript.message(-1).role is Role.USER

    qtbot.keyClick(talk.prompt.pane.composer.editor, _KEY.Key_Return)

    assert talk.prompt.isVisible()
    assert _clipboard() == ""
