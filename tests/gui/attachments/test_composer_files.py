"""Files reach the composer by clip, paste and drop, and go with the question."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QFileDialog

from core.attachments import MOST_FILES
from core.errors import AttachmentError, Fault
from core.models import Attachment
from gui.attachments.chip import AttachmentChip
from gui.conversation_pane import ConversationPane
from gui.widgets.composer import Composer

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

PictureMaker = Callable[..., str]


@pytest.fixture
def composer(qtbot: QtBot) -> Iterator[Composer]:
    composer = Composer()
    qtbot.addWidget(composer)
    composer.resize(500, 300)
    composer.show()
    yield composer
    composer.hide()


def urls(*paths: str | Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def names(composer: Composer) -> list[str]:
    return [attachment.name for attachment in composer.files()]


def chips(composer: Composer) -> list[AttachmentChip]:
    found = composer.strip().findChildren(AttachmentChip)
    return [chip for chip in found if chip.isVisibleTo(composer.strip())]


def wait_until_read(composer: Composer, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not composer.strip().is_reading)


def test_pasted_files_are_attached_and_not_their_paths(
    composer: Composer, qtbot: QtBot, picture_file: PictureMaker, tmp_path: Path
) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("Ёж")
    composer.editor.insertFromMimeData(urls(picture_file(), notes))
    assert composer.text() == ""
    wait_until_read(composer, qtbot)
    assert names(composer) == ["cat.png", "notes.txt"]
    assert [attachment.is_image for attachment in composer.files()] == [True, False]
    assert composer.strip().isVisible()


def test_a_copied_picture_is_attached(
    composer: Composer, qtbot: QtBot, picture_file: PictureMaker
) -> None:
    raw, made = QMimeData(), QMimeData()
    raw.setData("image/png", Path(picture_file()).read_bytes())
    made.setImageData(QImage(picture_file()))
    for data in (raw, made):
        assert composer.editor.canInsertFromMimeData(data)
        composer.editor.insertFromMimeData(data)
    wait_until_read(composer, qtbot)
    assert [attachment.media_type for attachment in composer.files()] == ["image/png"] * 2


def test_a_table_that_brings_a_picture_of_itself_stays_a_text(composer: Composer) -> None:
    data = QMimeData()
    data.setText("1\t2")
    data.setImageData(QImage(2, 2, QImage.Format.Format_RGB32))
    composer.editor.insertFromMimeData(data)
    assert composer.text() == "1\t2"
    assert composer.files() == ()


def test_an_address_of_the_web_stays_a_text(composer: Composer) -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/cat.png")])
    data.setText("https://example.org/cat.png")
    composer.editor.insertFromMimeData(data)
    assert composer.text() == "https://example.org/cat.png"


def test_files_may_be_dropped_anywhere_in_the_pane(
    qtbot: QtBot, picture_file: PictureMaker
) -> None:
    pane = ConversationPane()
    qtbot.addWidget(pane)
    data = urls(picture_file())
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    pane.dropEvent(drop)
    wait_until_read(pane.composer, qtbot)
    assert names(pane.composer) == ["cat.png"]


def test_the_clip_opens_a_choice_of_files(
    composer: Composer, qtbot: QtBot, picture_file: PictureMaker
) -> None:
    path = picture_file()
    qtbot.mouseClick(composer.attach_button, Qt.MouseButton.LeftButton)
    dialogs = [w for w in QApplication.topLevelWidgets() if isinstance(w, QFileDialog)]
    [dialog] = [dialog for dialog in dialogs if dialog.objectName() == "attachmentDialog"]
    dialog.filesSelected.emit([path])
    dialog.reject()
    wait_until_read(composer, qtbot)
    assert names(composer) == ["cat.png"]


def test_nothing_is_sent_while_a_file_is_read_or_without_words(
    composer: Composer, qtbot: QtBot, picture_file: PictureMaker
) -> None:
    sent: list[str] = []
    composer.submitted.connect(sent.append)
    composer.strip().add_files([picture_file()])
    composer.editor.insertPlainText("What is it?")
    assert not composer.send_button.isEnabled()
    qtbot.keyClick(composer.editor, Qt.Key.Key_Return)
    assert sent == []
    wait_until_read(composer, qtbot)
    assert composer.send_button.isEnabled()
    qtbot.keyClick(composer.editor, Qt.Key.Key_Return)
    assert sent == ["What is it?"]
    composer.clear()
    composer.strip().add_files([picture_file()])
    wait_until_read(composer, qtbot)
    assert not composer.send_button.isEnabled()
    assert composer.editor.placeholderText() == "What about it?"


def test_a_chip_takes_its_file_away(
    composer: Composer, qtbot: QtBot, picture_file: PictureMaker
) -> None:
    composer.strip().add_files([picture_file("a.png"), picture_file("b.png")])
    wait_until_read(composer, qtbot)
    [first, _] = chips(composer)
    assert first.accessibleName().startswith("a.png, Picture, ")
    assert first.remove_button.accessibleName() == "Remove a.png"
    qtbot.mouseClick(first.remove_button, Qt.MouseButton.LeftButton)
    assert names(composer) == ["b.png"]
    qtbot.mouseClick(chips(composer)[0].remove_button, Qt.MouseButton.LeftButton)
    assert not composer.strip().isVisible()
    assert composer.editor.placeholderText() == "Ask anything…"


def test_what_cannot_be_added_is_told_and_the_rest_is_kept(
    composer: Composer, qtbot: QtBot, picture_file: PictureMaker, tmp_path: Path
) -> None:
    refused: list[AttachmentError] = []
    composer.refused.connect(refused.append)
    (tmp_path / "program").write_bytes(b"\x7fELF\0")
    composer.strip().add_files([str(tmp_path / "program"), picture_file()])
    wait_until_read(composer, qtbot)
    assert names(composer) == ["cat.png"]
    assert [error.fault for error in refused] == [Fault.ATTACHMENT_KIND]


def test_a_question_takes_so_many_files(
    composer: Composer, qtbot: QtBot, picture_file: PictureMaker
) -> None:
    refused: list[AttachmentError] = []
    composer.refused.connect(refused.append)
    composer.strip().add_files([picture_file()] * (MOST_FILES + 3))
    wait_until_read(composer, qtbot)
    assert len(composer.files()) == MOST_FILES
    assert [error.fault for error in refused] == [Fault.TOO_MANY_ATTACHMENTS]


def test_changing_an_earlier_message_brings_its_files_and_lays_others_aside(
    composer: Composer, qtbot: QtBot, picture_file: PictureMaker
) -> None:
    composer.strip().add_files([picture_file("new.png")])
    composer.editor.insertPlainText("new words")
    wait_until_read(composer, qtbot)
    old = Attachment("old.txt", "text/plain", b"old")
    composer.start_editing("old words", (old,))
    assert (composer.text(), composer.files()) == ("old words", (old,))
    composer.end_editing()
    assert (composer.text(), names(composer)) == ("new words", ["new.png"])


def test_chips_stand_in_rows_that_fit(
    composer: Composer, qtbot: QtBot, picture_file: PictureMaker
) -> None:
    composer.strip().add_files([picture_file()] * 5)
    wait_until_read(composer, qtbot)
    for width in (900, 340):
        composer.resize(width, 400)
        qtbot.wait(0)
        strip = composer.strip()
        places = [chip.geometry() for chip in chips(composer)]
        assert all(strip.rect().contains(place) for place in places)
        assert not any(a.intersects(b) for a in places for b in places if a is not b)
    assert chips(composer)[2].pos().y() > chips(composer)[0].pos().y() == 0


def test_the_keyboard_goes_from_the_text_over_the_files_to_the_buttons(
    qtbot: QtBot, picture_file: PictureMaker
) -> None:
    pane = ConversationPane()
    qtbot.addWidget(pane)
    pane.resize(700, 600)
    pane.show()
    pane.activateWindow()
    qtbot.waitUntil(pane.isActiveWindow)
    composer = pane.composer
    composer.strip().add_files([picture_file(), picture_file()])
    composer.editor.insertPlainText("words")
    wait_until_read(composer, qtbot)
    composer.editor.setFocus()
    expected = [
        *(chip.remove_button for chip in chips(composer)),
        composer.attach_button,
        pane.model_picker,
        composer.send_button,
    ]
    for widget in expected:
        focused = QApplication.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
        assert widget.hasFocus(), QApplication.focusWidget()


def test_many_chips_are_scrolled_and_reached_by_the_keyboard(
    composer: Composer, qtbot: QtBot, picture_file: PictureMaker
) -> None:
    composer.resize(340, 400)
    composer.strip().add_files([picture_file()] * MOST_FILES)
    wait_until_read(composer, qtbot)
    strip = composer.strip()
    last = chips(composer)[-1]
    assert strip.height() < last.geometry().bottom()
    composer.activateWindow()
    qtbot.waitUntil(composer.isActiveWindow)
    chips(composer)[-2].remove_button.setFocus()
    qtbot.keyClick(chips(composer)[-2].remove_button, Qt.Key.Key_Tab)
    assert last.remove_button.hasFocus()
    qtbot.waitUntil(lambda: last.visibleRegion().boundingRect().height() == last.height())
