"""The whole window against the demo site, over HTTP."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import pytest
from helpers.conversation import Talk, signalled, until
from helpers.providers import Breaking, Waiting, reply_of
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from core.demo import DemoSite, Failure
from core.models import MessageState, Role
from core.reply import ReplyState
from gui.widgets.reply_status import Phase

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


async def test_a_typed_question_is_answered_from_socket_to_transcript(
    talk: Talk, demo_site: DemoSite, qtbot: QtBot
) -> None:
    demo_site.answer("Hel", "lo")
    qtbot.keyClicks(talk.composer.editor, "hi")
    end = signalled(talk.controller.reply_finished)
    qtbot.keyClick(talk.composer.editor, Qt.Key.Key_Return)

    assert talk.composer.text() == ""
    assert await end is ReplyState.COMPLETE
    assert talk.transcript.message_count() == 2
    assert talk.transcript.message(0).text == "hi"
    assert talk.transcript.message(-1).text == "Hello"
    assert talk.transcript.message(-1).role is Role.ASSISTANT
    assert "5 characters" in talk.view.status.text()


async def test_send_becomes_stop_while_an_answer_comes(talk: Talk, qtbot: QtBot) -> None:
    talk.make_reply = lambda conversation, _profile: reply_of(Waiting, conversation)
    talk.composer.set_text("?")
    qtbot.mouseClick(talk.composer.send_button, Qt.MouseButton.LeftButton)
    await signalled(talk.controller.text_arrived)
    assert talk.composer.stop_button.isVisible()
    assert not talk.composer.send_button.isVisible()

    qtbot.mouseClick(talk.composer.stop_button, Qt.MouseButton.LeftButton)
    assert talk.composer.send_button.isVisible()
    assert talk.view.status.phase is Phase.STOPPED
    assert talk.transcript.message(-1).state is MessageState.STOPPED
    assert talk.transcript.message(-1).text == "Word"


async def test_escape_stops_the_answer(talk: Talk, qtbot: QtBot) -> None:
    talk.make_reply = lambda conversation, _profile: reply_of(Waiting, conversation)
    talk.window.activateWindow()
    await until(talk.window.isActiveWindow)
    talk.controller.send("?")
    await signalled(talk.controller.text_arrived)
    qtbot.keyClick(talk.window, Qt.Key.Key_Escape)

    assert talk.controller.state is ReplyState.STOPPED


async def test_stopping_hangs_up_at_the_server(talk: Talk, demo_site: DemoSite) -> None:
    demo_site.use(failure=Failure.SILENT_MIDDLE)
    talk.controller.send("Tell me something long")
    await signalled(talk.controller.text_arrived)
    talk.controller.stop()

    await demo_site.questions[-1].hung_up.wait()


async def test_what_is_typed_while_an_answer_comes_stays(talk: Talk, qtbot: QtBot) -> None:
    talk.make_reply = lambda conversation, _profile: reply_of(Waiting, conversation)
    talk.controller.send("?")
    await signalled(talk.controller.text_arrived)
    qtbot.keyClicks(talk.composer.editor, "the next one")
    qtbot.keyClick(talk.composer.editor, Qt.Key.Key_Return)

    assert talk.composer.text() == "the next one"
    assert talk.transcript.message_count() == 2
    talk.controller.stop()


async def test_a_failure_shows_a_sentence_with_retry_and_retry_works(
    talk: Talk, demo_site: DemoSite, qtbot: QtBot
) -> None:
    demo_site.use(failure=Failure.HTTP_502, times=1)
    await talk.ask("Are you there?")

    assert talk.view.error_row.isVisible()
    assert "127.0.0.1" in talk.view.error_row.sentence()
    assert talk.transcript.message(-1).text == "Are you there?"

    demo_site.answer("Yes")
    end = signalled(talk.controller.reply_finished)
    qtbot.mouseClick(talk.view.error_row.retry_button, Qt.MouseButton.LeftButton)
    assert await end is ReplyState.COMPLETE
    assert not talk.view.error_row.isVisible()
    assert talk.transcript.message_count() == 2
    assert talk.transcript.message(-1).text == "Yes"


async def test_the_part_before_a_failure_stays_and_retry_replaces_it(talk: Talk) -> None:
    Breaking.asked = 0
    talk.make_reply = lambda conversation, _profile: reply_of(Breaking, conversation)
    await talk.ask("Why")
    part = talk.transcript.message(-1)
    assert (part.text, part.state) == ("Why: part", MessageState.FAILED)

    end = signalled(talk.controller.reply_finished)
    talk.view.error_row.retry_button.click()
    await end
    assert talk.transcript.message_count() == 2
    assert talk.transcript.message(-1).text == "Why: part and whole"


async def test_a_rate_limit_is_counted_down(talk: Talk, demo_site: DemoSite) -> None:
    demo_site.use(failure=Failure.HTTP_429)
    await talk.ask("?")

    assert talk.view.error_row.is_ticking
    assert ":" in talk.view.error_row.findChild(QWidget, "errorWait").text()
    await talk.ask("Again?")


async def test_a_cut_off_answer_is_told_from_a_complete_one(
    talk: Talk, demo_site: DemoSite
) -> None:
    demo_site.use(failure=Failure.CUT_SHORT)
    await talk.ask("?")

    assert talk.view.status.phase is Phase.CUT
    assert talk.transcript.message(-1).state is MessageState.CUT
    assert not talk.view.error_row.isVisible()


async def test_the_answer_is_copied(talk: Talk, demo_site: DemoSite, qtbot: QtBot) -> None:
    demo_site.answer("To be ", "copied")
    await talk.ask("?")
    button = talk.window.findChild(QToolButton, "copyAnswerButton")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    assert QGuiApplication.clipboard().text() == "To be copied"
    assert button.text() == "Copied"


async def test_ctrl_shift_c_copies_and_ctrl_n_begins_anew(
    talk: Talk, demo_site: DemoSite, qtbot: QtBot
) -> None:
    talk.window.activateWindow()
    await until(talk.window.isActiveWindow)
    demo_site.answer("Words")
    await talk.ask("?")
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(talk.composer.editor, Qt.Key.Key_C, both)
    assert QGuiApplication.clipboard().text() == "Words"

    qtbot.keyClick(talk.composer.editor, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert talk.transcript.message_count() == 0
    assert talk.pane.welcome.isVisible()


async def test_an_example_is_asked_and_leaves_the_draft_alone(talk: Talk) -> None:
    talk.composer.set_text("a draft")
    end = signalled(talk.controller.reply_finished)
    talk.pane.example_chosen.emit("An example")
    await end

    assert talk.transcript.message(0).text == "An example"
    assert talk.composer.text() == "a draft"


async def test_a_prompt_of_two_megabytes_arrives_whole(talk: Talk, demo_site: DemoSite) -> None:
    prompt = "All of these words are sent. " * 70_000
    started = time.monotonic()
    QGuiApplication.clipboard().setText(prompt)
    talk.composer.editor.paste()
    talk.composer.editor.submit_pressed.emit()
    pasted = time.monotonic() - started
    await signalled(talk.controller.reply_finished)

    assert pasted < 1.0
    assert talk.transcript.message(0).text == prompt
    assert demo_site.questions[-1].text == prompt


async def test_a_follow_up_knows_what_was_said_before(talk: Talk, demo_site: DemoSite) -> None:
    await talk.ask("My name is Ada")
    await talk.ask("And what is my name?")

    assert any("My name is Ada" in turn[1] for turn in demo_site.prompts[-1])


async def test_closing_in_the_middle_of_an_answer_hangs_up(talk: Talk, demo_site: DemoSite) -> None:
    demo_site.use(failure=Failure.SILENT_MIDDLE)
    quit_requested = signalled(talk.window.quit_requested)
    talk.controller.send("Tell me something long")
    await signalled(talk.controller.text_arrived)
    talk.window.close()
    await quit_requested
    talk.controller.stop()
    await talk.conversations.settled()  # until then the store tells of what it has taken
    await talk.scope.close()

    assert not talk.window.isVisible()
    await asyncio.wait_for(demo_site.questions[-1].hung_up.wait(), 5)


async def test_every_control_has_its_name_for_tests_and_for_screen_readers(talk: Talk) -> None:
    await talk.ask("?")
    names = [
        "transcript",
        "composer",
        "sendButton",
        "stopButton",
        "copyAnswerButton",
        "retryButton",
        "errorRow",
        "replyStatus",
        "modelPicker",
        "newConversationButton",
    ]
    for name in names:
        widget = talk.window.findChild(QWidget, name)
        assert widget is not None, name
        if name not in {"errorRow", "replyStatus"}:  # what they say is their name
            assert widget.accessibleName(), name
    assert talk.window.objectName() == "mainWindow"


@pytest.mark.usefixtures("russian")
@pytest.mark.parametrize("size", [(360, 420), (360, 480), (1000, 700), (1800, 1000)])
async def test_nothing_is_clipped_at_any_size(
    talk: Talk, demo_site: DemoSite, size: tuple[int, int]
) -> None:
    talk.window.resize(*size)
    demo_site.use(failure=Failure.HTTP_429)
    await talk.ask("?")
    await until(talk.view.error_row.isVisible)
    talk.window.grab()  # lays everything out

    assert (talk.window.width(), talk.window.height()) == size
    buttons = [*talk.window.findChildren(QToolButton), talk.view.error_row.retry_button]
    # Qt makes the glass in the search field itself, as narrow as its picture.
    buttons = [button for button in buttons if not isinstance(button.parent(), QLineEdit)]
    for button in (b for b in [*buttons, talk.view.error_row.copy_button] if b.isVisible()):
        corner = button.mapTo(talk.window, button.rect().bottomRight())
        assert talk.window.rect().contains(corner), button.objectName()
        assert button.width() >= button.minimumSizeHint().width(), button.objectName()
