"""The popup, the tray and the window together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from helpers.conversation import signalled, until
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication

from core.models import Profile
from core.options import CLOSE_TO_TRAY, QUICK_PRIVATE, TEMPLATES, ZOOM
from gui.quick.close_question import CloseQuestion

if TYPE_CHECKING:
    from helpers.quick import QuickTalk
    from pytestqt.qtbot import QtBot


def _tray_action(talk: QuickTalk, name: str) -> QAction:
    action = talk.link.tray.menu.findChild(QAction, name)
    assert isinstance(action, QAction)
    return action


async def test_ctrl_enter_brings_question_and_answer_into_the_window(
    talk: QuickTalk, qtbot: QtBot
) -> None:
    talk.link.show_quick()
    await talk.ask("hello")
    shown = talk.link.conversation.controller.conversation
    opened = signalled(talk.controller.conversation_opened)

    qtbot.keyClick(
        talk.prompt.pane.composer.editor,
        Qt.Key.Key_Return,
        Qt.KeyboardModifier.ControlModifier,
    )
    await opened

    assert talk.controller.conversation == shown
    assert talk.window.isVisible()
    assert talk.prompt.isHidden()
    assert talk.prompt.pane.is_empty


async def test_a_text_that_was_not_sent_is_asked_in_the_window(
    talk: QuickTalk, qtbot: QtBot
) -> None:
    talk.link.show_quick()
    talk.prompt.pane.composer.editor.setPlainText("hello")
    end = signalled(talk.controller.reply_finished)

    qtbot.mouseClick(talk.prompt.pane.open_button, Qt.MouseButton.LeftButton)
    await end

    assert talk.controller.conversation.messages[0].text == "hello"
    assert talk.controller.last_answer
    assert talk.view.banner.isHidden()


async def test_what_is_typed_meanwhile_goes_into_the_windows_composer(talk: QuickTalk) -> None:
    talk.link.show_quick()
    composer = talk.prompt.pane.composer
    composer.editor.setPlainText("hello")
    composer.send_button.click()
    composer.editor.setPlainText("and then?")
    end = signalled(talk.controller.reply_finished)

    talk.prompt.promoted.emit()

    await until(lambda: talk.window.pane.composer.text() == "and then?")
    assert composer.text() == ""
    await end


async def test_a_private_conversation_stays_private_in_the_window(talk: QuickTalk) -> None:
    changed = talk.services.settings.with_value(QUICK_PRIVATE, True)
    talk.services.preferences.change(changed)
    talk.link.show_quick()
    assert talk.prompt.pane.private_button.isChecked()
    await talk.ask("xyzzy")

    talk.prompt.promoted.emit()
    await until(talk.view.banner.isVisible)
    end = signalled(talk.controller.reply_finished)
    talk.controller.send("xyzzy once more")
    await end
    await talk.conversations.settled()

    assert len(talk.controller.conversation.messages) == 4
    files = [path for path in talk.folder.rglob("*") if path.is_file()]
    assert not [path for path in files if b"xyzzy" in path.read_bytes()]


async def test_templates_of_the_settings_can_be_typed(talk: QuickTalk) -> None:
    lines = ("/shout Write {input} in capitals.",)
    talk.services.preferences.change(talk.services.settings.with_value(TEMPLATES, lines))
    talk.link.show_quick()

    talk.prompt.pane.composer.editor.setPlainText("/shout hey")

    assert talk.prompt.pane.composer.text() == "Write hey in capitals."


async def test_the_hotkey_shows_and_hides(talk: QuickTalk) -> None:
    talk.link.toggle_quick()
    await until(talk.prompt.isActiveWindow)

    talk.link.toggle_quick()

    assert talk.prompt.isHidden()


async def test_the_popup_is_made_once(talk: QuickTalk) -> None:
    talk.link.show_quick()
    first = talk.prompt
    first.close()

    talk.link.show_quick()

    assert talk.prompt is first
    assert first.isVisible()


async def test_a_text_from_elsewhere_stands_in_the_line_of_a_new_question(
    talk: QuickTalk,
) -> None:
    talk.link.show_quick()
    await talk.ask("first")

    talk.link.take_wish("second", "")

    assert talk.prompt.pane.composer.typed_text() == "second"
    assert talk.prompt.pane.is_empty


async def test_without_a_tray_closing_the_window_ends_the_program(talk: QuickTalk) -> None:
    talk.window.show()
    wanted = signalled(talk.window.quit_requested)

    talk.window.close()

    await wanted
    assert talk.window.isHidden()


async def test_the_tray_says_when_an_answer_is_on_its_way(talk: QuickTalk) -> None:
    names = []
    talk.conversations.answering_changed.connect(lambda _is: names.append(talk.link.tray.icon_name))
    talk.link.show_quick()

    await talk.ask("hello")

    assert names == ["tray-streaming", "tray"]


async def test_the_tray_copies_an_answer_in_all_forms(talk: QuickTalk) -> None:
    talk.link.show_quick()
    await talk.ask("hello")
    action = talk.link.tray.answers.actions()[0]
    assert action.text() == "hello"

    action.trigger()

    await until(lambda: QGuiApplication.clipboard().mimeData() is not None)
    assert QGuiApplication.clipboard().mimeData().hasFormat("text/markdown")
    assert QGuiApplication.clipboard().mimeData().hasHtml()


async def test_the_tray_tells_nothing_of_private_answers(talk: QuickTalk) -> None:
    talk.link.show_quick()
    talk.prompt.pane.private_button.click()

    await talk.ask("hello")

    assert not talk.link.tray.answers.actions()


async def test_the_trays_menu_asks_for_what_it_says(talk: QuickTalk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(talk.link.quit_requested):
        _tray_action(talk, "trayQuit").trigger()
    with qtbot.waitSignal(talk.link.pause_toggled) as paused:
        _tray_action(talk, "trayPause").trigger()
    assert paused.args == [True]
    with qtbot.waitSignal(talk.link.settings_requested):
        _tray_action(talk, "traySettings").trigger()
    _tray_action(talk, "trayQuick").trigger()
    assert talk.prompt.isVisible()
    _tray_action(talk, "trayShow").trigger()
    assert talk.window.isVisible()


async def test_the_question_of_staying_is_answered_by_its_buttons(
    talk: QuickTalk, qtbot: QtBot
) -> None:
    question = CloseQuestion(talk.window)
    question.open()
    with qtbot.waitSignal(question.answered) as stays:
        question.stay_button.click()
    assert stays.args == [True]

    question.open()
    with qtbot.waitSignal(question.answered) as stays:
        question.quit_button.click()
    assert stays.args == [False]
    assert talk.services.settings.value(CLOSE_TO_TRAY)


async def test_a_private_conversation_survives_a_change_of_other_settings(
    talk: QuickTalk,
) -> None:
    talk.link.show_quick()
    talk.prompt.pane.private_button.click()
    await talk.ask("hello")
    shown = talk.link.conversation.controller.conversation

    talk.services.preferences.change(talk.services.settings.with_value(ZOOM, 150))

    assert talk.prompt.pane.private_button.isChecked()
    assert talk.link.conversation.controller.conversation == shown


async def test_what_is_typed_reaches_the_window_that_shows_the_conversation_already(
    talk: QuickTalk,
) -> None:
    talk.link.show_quick()
    await talk.ask("hello")
    opened = signalled(talk.controller.conversation_opened)
    talk.controller.open(talk.link.conversation.controller.conversation.id)
    await opened
    composer = talk.prompt.pane.composer
    composer.editor.setPlainText("hello again")
    composer.send_button.click()
    composer.editor.setPlainText("and then?")
    end = signalled(talk.controller.reply_finished)

    talk.prompt.promoted.emit()

    assert talk.window.pane.composer.text() == "and then?"
    assert composer.text() == ""
    await end


async def test_promoting_a_changed_question_brings_along_what_was_laid_aside(
    talk: QuickTalk,
) -> None:
    talk.link.show_quick()
    await talk.ask("hello")
    composer = talk.prompt.pane.composer
    composer.editor.setPlainText("half a question")
    talk.link.conversation.link.edit(0)
    shown = talk.link.conversation.controller.conversation

    talk.prompt.promoted.emit()

    await until(lambda: talk.window.pane.composer.text() == "half a question")
    assert not composer.is_editing
    assert talk.controller.conversation == shown


async def test_the_popup_takes_what_is_changed_of_the_service_it_asks(talk: QuickTalk) -> None:
    saved = Profile("Mine", "openai", "http://127.0.0.1:9/v1", model="small", id="mine")
    talk.services.preferences.keep_profile(saved)
    quick = talk.link.conversation
    talk.link.show_quick()
    await talk.ask("hello")
    quick.controller.set_profile(saved)

    talk.services.preferences.keep_profile(replace(saved, address="http://127.0.0.1:8/v1"))

    assert quick.controller.profile.address == "http://127.0.0.1:8/v1"


async def test_a_new_question_goes_to_whom_the_window_asks_unless_one_was_chosen_here(
    talk: QuickTalk,
) -> None:
    quick = talk.link.conversation
    talk.link.show_quick()
    await talk.ask("hello")
    asked = quick.controller.profile
    others = [Profile(name, "openai", id=name) for name in ("one", "two", "three")]
    for other in others:
        talk.services.preferences.keep_profile(other)

    talk.controller.set_profile(others[0])
    assert quick.controller.profile == asked
    talk.prompt.begin_anew()
    assert quick.controller.profile == others[0]

    talk.prompt.pane.model_picker.provider_chosen.emit("two")
    talk.controller.set_profile(others[2])
    talk.prompt.begin_anew()
    assert quick.controller.profile.id == "two"


async def test_the_tray_forgets_the_answer_of_a_removed_conversation(talk: QuickTalk) -> None:
    talk.link.show_quick()
    await talk.ask("hello")
    await talk.conversations.settled()
    store = await talk.conversations.store()
    assert store is not None
    removed = signalled(talk.conversations.removed)

    await store.delete_conversations([talk.link.conversation.controller.conversation.id])
    await removed

    assert not talk.link.tray.answers.actions()
