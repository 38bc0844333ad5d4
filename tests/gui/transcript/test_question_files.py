"""The files of a question stand above it: seen, opened, named, and never in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QAction, QColor, QImage, QImageWriter
from PySide6.QtWidgets import QLabel, QPlainTextEdit

from core.models import Attachment, Message, Role
from gui.attachments.viewer import AttachmentViewer
from gui.transcript.a11y import TranscriptRoot
from gui.transcript.pointer import Target

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from gui.transcript.view import TranscriptView

RED = QColor("#ff0000")
NOTES = Attachment("notes.txt", "text/plain", "Ёж\n".encode())


def picture(name: str = "red.png", *, width: int = 300, height: int = 200) -> Attachment:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(RED)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return Attachment(name, "image/png", bytes(buffer.data().data()))


def ask(view: TranscriptView, *files: Attachment) -> None:
    question = Message(Role.USER, "What is it?", id=1, attachments=files)
    view.set_messages([question, Message(Role.ASSISTANT, "Red.", id=2)])


def tile_point(view: TranscriptView, number: int, index: int = 0) -> QPoint:
    layout = view.conversation.layout(index)
    [tile] = [tile for tile in layout.attachments.tiles if tile.number == number]
    top = view.conversation.heights.top(index) + layout.header - view.scroller.y
    return QPointF(tile.rect.center() + QPointF(view.column_x, top)).toPoint()


def colour_at(view: TranscriptView, point: QPoint) -> QColor:
    return view.viewport().grab().toImage().pixelColor(point)


def viewer(view: TranscriptView) -> AttachmentViewer:
    [found] = view.window().findChildren(AttachmentViewer)
    return found


def test_a_picture_is_shown_once_it_is_decoded(view: TranscriptView, qtbot: QtBot) -> None:
    ask(view, picture())
    point = tile_point(view, 0)
    assert colour_at(view, point) != RED
    qtbot.waitUntil(lambda: colour_at(view, point) == RED)


def test_files_stand_above_the_bubble_in_its_column(view: TranscriptView) -> None:
    ask(view, NOTES, picture("a"), picture("b"))
    layout = view.conversation.layout(0)
    rows = layout.attachments
    assert [tile.number for tile in rows.tiles] == [1, 2, 0]
    bubble = layout.bubble_rect()
    assert bubble.top() == layout.header + rows.height
    assert all(tile.rect.right() <= layout.width for tile in rows.tiles)
    assert max(tile.rect.right() for tile in rows.tiles) == layout.width
    plain = Message(Role.USER, "What is it?", id=1)
    height = layout.height
    view.set_messages([plain])
    assert view.conversation.layout(0).height == height - rows.height


@pytest.mark.parametrize("width", [220, 1200])
def test_rows_break_where_there_is_no_room(
    make_view: Callable[..., TranscriptView], width: int
) -> None:
    view = make_view(width=width)
    ask(view, *(picture(str(n)) for n in range(10)), NOTES)
    tiles = view.conversation.layout(0).attachments.tiles
    rects = [tile.rect for tile in tiles]
    assert not any(a.intersects(b) for a in rects for b in rects if a is not b)
    assert min(rect.left() for rect in rects) >= 0
    view.resize(700, 500)
    view.set_zoom(1.5)
    assert len(view.conversation.layout(0).attachments.tiles) == 11


def test_the_height_of_what_is_not_laid_out_counts_its_files(view: TranscriptView) -> None:
    files = (picture(), NOTES)
    messages = [Message(Role.USER, "Q", id=n + 1, attachments=files) for n in range(60)]
    view.set_messages(messages)
    guessed = view.conversation.heights.height(0)
    assert abs(guessed - view.conversation.layout(0).height) < 40


def test_a_click_shows_a_picture_by_itself(view: TranscriptView, qtbot: QtBot) -> None:
    ask(view, picture(width=900, height=50))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=tile_point(view, 0))
    dialog = viewer(view)
    label = dialog.findChild(QLabel, "shownPicture")
    assert isinstance(label, QLabel)
    assert dialog.windowTitle() == label.accessibleName() == "red.png"
    qtbot.waitUntil(lambda: not label.pixmap().isNull())
    shown = label.pixmap()
    assert shown.width() <= max(label.width(), 1)
    assert shown.toImage().pixelColor(3, 3) == RED
    dialog.resize(400, 300)
    assert label.pixmap().width() <= 400
    dialog.reject()


def test_a_text_is_shown_to_read_and_a_broken_picture_says_so(
    view: TranscriptView, qtbot: QtBot
) -> None:
    ask(view, NOTES, Attachment("broken.png", "image/png", b"\x89PNG\r\n\x1a\n"))
    view.commands.run(0, "show-attachment", "0")
    text = viewer(view).findChild(QPlainTextEdit, "shownText")
    assert isinstance(text, QPlainTextEdit)
    assert (text.toPlainText(), text.isReadOnly()) == ("Ёж\n", True)
    viewer(view).close()
    qtbot.waitUntil(lambda: not view.window().findChildren(AttachmentViewer))
    view.commands.run(0, "show-attachment", "1")
    label = viewer(view).findChild(QLabel, "shownPicture")
    assert isinstance(label, QLabel)
    qtbot.waitUntil(lambda: label.text() == "This picture cannot be shown.")
    viewer(view).close()


def test_the_menu_reaches_every_file_without_a_mouse(view: TranscriptView) -> None:
    ask(view, picture("a&b.png"), NOTES)
    menu = view.commands.menu(0, Target())
    actions = [a for a in menu.findChildren(QAction) if a.objectName() == "show-attachment"]
    assert [action.text() for action in actions] == ["Show a&&b.png", "Show notes.txt"]
    actions[1].trigger()
    assert viewer(view).windowTitle() == "notes.txt"
    viewer(view).close()
    assert not any(
        action.objectName() == "show-attachment"
        for action in view.commands.menu(1, Target()).findChildren(QAction)
    )


def test_a_screen_reader_hears_of_the_files(view: TranscriptView) -> None:
    ask(view, picture(), NOTES)
    root = TranscriptRoot(view)
    description = root.item(0).text(QAccessible.Text.Description)
    root.forget_all()
    assert description == "Picture: red.png, File: notes.txt"


def test_text_is_selected_and_found_as_without_files(view: TranscriptView) -> None:
    ask(view, picture())
    layout = view.conversation.layout(0)
    inside = layout.bubble_rect().center()
    x, y = inside.x(), inside.y() + view.conversation.heights.top(0)
    position = view.conversation.hit(x, y)
    assert position is not None
    assert (position.message, position.segment) == (0, 0)
    point = QPointF(x + view.column_x, y - view.scroller.y)
    assert view.pointer.target_at(point) == Target()


def test_a_question_that_is_just_asked_shows_its_files(view: TranscriptView) -> None:
    view.add_message(Role.USER, "Q", attachments=(NOTES,))
    assert [tile.attachment for tile in view.conversation.layout(0).attachments.tiles] == [NOTES]
