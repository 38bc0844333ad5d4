"""What the transcript asks for, and who gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.conversation import Talk, signalled, until
from helpers.providers import Waiting, reply_of
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu

from core.errors import ChatError, Fault
from core.models import Conversation, MessageState, Profile
from gui.image_source import load_image
from gui.transcript.actions import Action
from gui.transcript.pointer import Target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from core.demo import DemoSite
    from core.reply import Reply


class Desktop(QObject):
    """Takes the addresses that would go to a browser."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toString())


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    desktop = Desktop()
    for scheme in ("http", "https", "file"):
        QDesktopServices.setUrlHandler(scheme, desktop, "open")
    yield desktop
    for scheme in ("http", "https", "file"):
        QDesktopServices.unsetUrlHandler(scheme)


async def test_what_changes_a_conversation_is_offered_while_no_answer_is_written(
    talk: Talk,
) -> None:
    await talk.ask("one")
    offered = talk.transcript.commands.offered
    assert offered(0) == [Action.COPY, Action.EDIT, Action.DELETE]
    assert offered(1) == [Action.COPY, Action.REGENERATE, Action.DELETE]

    talk.make_reply = lambda conversation, _profile: reply_of(Waiting, conversation)
    talk.controller.send("two")
    await signalled(talk.controller.text_arrived)
    assert [offered(index) for index in range(4)] == [[Action.COPY]] * 4
    talk.controller.stop()
    assert offered(3) == [Action.COPY, Action.REGENERATE, Action.CONTINUE, Action.DELETE]


async def test_an_answer_in_the_middle_is_asked_for_again_as_a_version(
    talk: Talk, demo_site: DemoSite
) -> None:
    await talk.ask("one")
    await talk.ask("two")
    first = talk.transcript.message(1).text
    demo_site.answer("Another answer")
    end = signalled(talk.controller.reply_finished)
    talk.transcript.regenerate_requested.emit(1)
    await end

    assert [question.text for question in demo_site.questions] == ["one", "two", "one"]
    assert talk.transcript.message_count() == 2
    assert talk.transcript.message(1).text == "Another answer"

    talk.transcript.version_requested.emit(1, -1)
    await until(lambda: talk.transcript.message_count() == 4)
    assert talk.transcript.message(1).text == first
    talk.transcript.version_requested.emit(1, 1)
    await until(lambda: talk.transcript.message_count() == 2)
    assert talk.transcript.message(1).text == "Another answer"


async def test_an_answer_is_asked_for_again_of_another_service(
    talk: Talk, demo_site: DemoSite
) -> None:
    await talk.ask("one")
    menu = talk.transcript.commands.menu(1, Target())
    entries = [a for m in menu.findChildren(QMenu) for a in m.actions()]
    names = {a.data()[1]: a.text() for a in entries if a.data()[0] == "regenerate-with"}
    assert names["demo"] == "Demo"
    assert demo_site.url in names

    asked = []

    def make_reply(conversation: Conversation, profile: Profile) -> Reply:
        asked.append(profile.key)
        return reply_of(Waiting, conversation)

    talk.make_reply = make_reply
    talk.transcript.commands.run(1, "regenerate-with", "demo")
    await signalled(talk.controller.text_arrived)
    talk.controller.stop()
    assert asked == ["demo"]
    assert talk.controller.profile.key == demo_site.url
    menu.deleteLater()


async def test_a_question_is_edited_in_the_composer_and_sent_again(
    talk: Talk, demo_site: DemoSite, qtbot: QtBot
) -> None:
    await talk.ask("one")
    await talk.ask("two")
    talk.composer.set_text("a draft")
    talk.transcript.edit_requested.emit(0)
    assert talk.composer.text() == "one"

    qtbot.keyClicks(talk.composer.editor, " and a half")
    end = signalled(talk.controller.reply_finished)
    qtbot.keyClick(talk.composer.editor, Qt.Key.Key_Return)
    await end

    assert demo_site.questions[-1].text == "one and a half"
    assert talk.transcript.message_count() == 2
    assert talk.transcript.message(0).text == "one and a half"
    assert talk.composer.text() == "a draft"


async def test_a_change_of_a_question_is_given_up_by_escape(talk: Talk, qtbot: QtBot) -> None:
    await talk.ask("one")
    talk.composer.set_text("a draft")
    talk.transcript.edit_requested.emit(0)
    talk.window.activateWindow()
    await until(talk.window.isActiveWindow)
    qtbot.keyClick(talk.composer.editor, Qt.Key.Key_Escape)
    assert talk.composer.text() == "a draft"
    assert not talk.composer.is_editing


async def test_a_deleted_message_comes_back_by_undo(talk: Talk) -> None:
    await talk.ask("one")
    await talk.ask("two")
    texts = [talk.transcript.message(index).text for index in range(4)]
    talk.transcript.delete_requested.emit(1)
    await signalled(talk.controller.message_deleted)
    assert [talk.transcript.message(i).text for i in range(3)] == [texts[0], *texts[2:]]

    talk.view.banner.action_button.click()
    await until(lambda: talk.transcript.message_count() == 4)
    assert [talk.transcript.message(index).text for index in range(4)] == texts


async def test_a_stopped_answer_goes_on_in_the_same_message(
    talk: Talk, demo_site: DemoSite
) -> None:
    talk.make_reply = lambda conversation, _profile: reply_of(Waiting, conversation)
    talk.controller.send("?")
    await signalled(talk.controller.text_arrived)
    talk.controller.stop()
    assert talk.transcript.message(1).text == "Word"

    talk.make_reply = None
    demo_site.answer("Word", " by word")
    end = signalled(talk.controller.reply_finished)
    talk.transcript.continue_requested.emit(1)
    await end
    assert talk.transcript.message_count() == 2
    assert talk.transcript.message(1).text == "Word by word"
    assert talk.transcript.message(1).state is MessageState.COMPLETE
    assert talk.controller.conversation.messages[1].text == "Word by word"


async def test_web_addresses_go_to_the_desktop_and_nothing_else(
    talk: Talk, desktop: Desktop
) -> None:
    for address in ("https://a.example/x", "file:///etc/passwd", "javascript:alert(1)"):
        talk.transcript.link_open_requested.emit(address)
    assert desktop.opened == ["https://a.example/x"]


async def test_a_picture_that_cannot_be_had_is_said_to_be_lost(talk: Talk) -> None:
    address = "https://127.0.0.1:9/picture.png"
    talk.transcript.images.request(address)
    await until(lambda: talk.transcript.images.has_failed(address))
    assert not talk.transcript.images.is_loading(address)


async def test_a_picture_is_loaded_over_https_alone() -> None:
    with pytest.raises(ChatError) as caught:
        await load_image("http://127.0.0.1/picture.png")
    assert caught.value.fault is Fault.BAD_ADDRESS
