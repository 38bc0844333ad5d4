"""A file goes the whole way: from the composer to the service, the disk and the view."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from helpers.conversation import Talk, signalled, until
from helpers.kept_conversations import keeping
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from core.demo import DemoSite
from core.models import Attachment, Message
from core.reply import ReplyState
from gui.draft_keeper import DraftKeeper
from gui.widgets.composer import Composer

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

PICTURE = Attachment("cat.png", "image/png", b"\x89PNG\r\n\x1a\nno pixels are needed here")
NOTES = Attachment("notes.txt", "text/plain", b"Feed the heron.\n")


def files_of(messages: tuple[Message, ...]) -> list[tuple[Attachment, ...]]:
    return [message.attachments for message in messages]


async def test_files_are_sent_with_the_question_and_kept_with_it(tmp_path: Path) -> None:
    async with keeping(tmp_path) as kept:
        live = kept.conversations.start()
        kept.told.say("A cat.")
        kept.told.finish()
        assert live.send("What is it?", kept.profile, attachments=(PICTURE, NOTES))
        await kept.ended(live)
        assert files_of(kept.told.requests[0].messages) == [(PICTURE, NOTES)]
        assert files_of((await kept.on_disk(live)).messages) == [(PICTURE, NOTES), ()]
        conversation_id = live.conversation.id
    async with keeping(tmp_path) as kept:
        again = await kept.conversations.open(conversation_id)
        assert again is not None
        assert files_of(again.conversation.messages) == [(PICTURE, NOTES), ()]
        kept.told.say("A heron.")
        kept.told.finish()
        assert again.send("And now?", kept.profile)
        await kept.ended(again)
        sent = kept.told.requests[-1].messages
        assert files_of(sent) == [(PICTURE, NOTES), (), ()], "earlier files are sent again"


async def test_a_changed_question_has_the_files_that_it_is_sent_with() -> None:
    async with keeping() as kept:
        live = kept.conversations.start()
        kept.told.finish()
        assert live.send("What is it?", kept.profile, attachments=(PICTURE, NOTES))
        await kept.ended(live)
        first = live.conversation.messages[0]
        kept.told.say("Notes.")
        kept.told.finish()
        assert live.edit(first.id, "And this?", kept.profile, attachments=(NOTES,))
        await kept.ended(live)
        assert files_of((await kept.on_disk(live)).messages)[0] == (NOTES,)
        store = await kept.store()
        old = await store.choose_version(live.conversation.id, first.id)
        assert old.messages[0].attachments == (PICTURE, NOTES)


async def test_files_wait_where_they_were_added() -> None:
    async with keeping() as kept:
        composer = Composer()
        controller = kept.controller()
        keeper = DraftKeeper(composer, controller)
        await kept.answered(controller, ("one?", "One."))
        first = controller.conversation.id
        composer.set_files((NOTES,))
        controller.start_conversation()
        assert composer.files() == ()
        composer.set_files((PICTURE,))
        for conversation_id, files in ((first, (NOTES,)), (None, (PICTURE,))):
            opened = signalled(controller.conversation_opened)
            if conversation_id is None:
                controller.start_conversation()
            else:
                controller.open(conversation_id)
            await opened
            assert composer.files() == files
        keeper.close()
        await kept.at_rest()
        composer.deleteLater()


async def test_a_dropped_text_reaches_the_service_in_words(
    talk: Talk, demo_site: DemoSite, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(NOTES.data)
    talk.composer.strip().add_files([str(path)])
    talk.composer.editor.insertPlainText("Read this.")
    await until(lambda: talk.composer.files() == (NOTES,))
    end = signalled(talk.controller.reply_finished)
    qtbot.keyClick(talk.composer.editor, Qt.Key.Key_Return)

    assert talk.composer.files() == ()
    assert await end is ReplyState.COMPLETE
    assert "Feed the heron." in demo_site.questions[-1].fields["message"]
    layout = talk.transcript.conversation.layout(0)
    assert [tile.attachment for tile in layout.attachments.tiles] == [NOTES]


async def test_a_service_without_eyes_says_so_and_is_not_asked(
    talk: Talk, demo_site: DemoSite, tmp_path: Path
) -> None:
    image = QImage(30, 30, QImage.Format.Format_RGB32)
    image.fill(0)
    assert image.save(str(tmp_path / "cat.png"))
    talk.composer.strip().add_files([str(tmp_path / "cat.png")])
    talk.composer.set_text("What is it?")
    await until(talk.composer.send_button.isEnabled)
    failed = signalled(talk.controller.failed)
    talk.composer.send_button.click()
    await failed
    assert "takes no pictures" in talk.view.error_row.sentence()
    assert demo_site.questions == []
    # The way out is to change the question, which brings the picture back to be removed.
    talk.link.edit(0)
    assert [file.name for file in talk.composer.files()] == ["cat.png"]
    talk.composer.strip().clear()
    end = signalled(talk.controller.reply_finished)
    talk.composer.send_button.click()
    assert await end is ReplyState.COMPLETE


async def test_what_cannot_be_added_is_told_above_the_composer(talk: Talk, tmp_path: Path) -> None:
    (tmp_path / "program").write_bytes(b"\x7fELF\0")
    talk.composer.strip().add_files([str(tmp_path / "program")])
    await until(talk.view.banner.isVisible)
    assert "“program” is neither a picture nor a text" in talk.view.banner.text()
