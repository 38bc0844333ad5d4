from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication

from core.models import MessageState, Role
from gui.transcript.position import ANSWER, Position

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.transcript.view import TranscriptView

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def point_of(view: TranscriptView, message: int, segment: int, offset: int) -> QPoint:
    rect = view.character_rect(Position(message, ANSWER, segment, offset))
    return view.viewport().mapFromGlobal(rect.center() + QPoint(1, 0))


def drag(view: TranscriptView, qtbot: QtBot, start: QPoint, end: QPoint) -> None:
    area = view.viewport()
    qtbot.mousePress(area, LEFT, pos=start)
    qtbot.mouseMove(area, (start + end) / 2)
    qtbot.mouseMove(area, end)
    qtbot.mouseRelease(area, LEFT, pos=end)


def copied(view: TranscriptView, qtbot: QtBot) -> str:
    qtbot.keyClick(view, Qt.Key.Key_C, CTRL)
    return QGuiApplication.clipboard().text()


def two_messages(view: TranscriptView) -> None:
    view.add_message(Role.USER, "What is it?", state=MessageState.COMPLETE)
    view.add_message(
        Role.ASSISTANT,
        "It is **bold** and fine.\n\nAnother paragraph.\n\n- one\n- two",
        state=MessageState.COMPLETE,
    )


def test_dragging_selects_and_ctrl_c_copies_exactly_that(
    view: TranscriptView, qtbot: QtBot
) -> None:
    two_messages(view)
    drag(view, qtbot, point_of(view, 1, 0, 6), point_of(view, 1, 0, 10))
    assert copied(view, qtbot).strip("*") == "bold"
    mime = QGuiApplication.clipboard().mimeData()
    assert bytes(mime.data("text/markdown").data()).decode() == "**bold**"
    assert "bold</" in mime.html()
    assert "color" not in mime.html()


def test_a_selection_goes_across_messages(view: TranscriptView, qtbot: QtBot) -> None:
    two_messages(view)
    drag(view, qtbot, point_of(view, 0, 0, 8), point_of(view, 1, 1, 7))
    text = copied(view, qtbot)
    assert text.startswith("it?")
    assert "bold" in text
    assert text.rstrip().endswith("Another")


def test_a_selection_upwards_is_the_same_text(view: TranscriptView, qtbot: QtBot) -> None:
    two_messages(view)
    drag(view, qtbot, point_of(view, 1, 1, 7), point_of(view, 0, 0, 8))
    assert copied(view, qtbot).startswith("it?")


def test_a_double_click_selects_a_word_and_a_triple_click_the_paragraph(
    view: TranscriptView, qtbot: QtBot
) -> None:
    two_messages(view)
    place = point_of(view, 1, 1, 3)
    area = view.viewport()
    qtbot.mouseDClick(area, LEFT, pos=place)
    assert copied(view, qtbot).strip() == "Another"
    qtbot.mousePress(area, LEFT, pos=place)
    qtbot.mouseRelease(area, LEFT, pos=place)
    assert copied(view, qtbot).strip() == "Another paragraph."


def test_shift_and_arrows_move_the_end_of_the_selection(view: TranscriptView, qtbot: QtBot) -> None:
    two_messages(view)
    drag(view, qtbot, point_of(view, 1, 1, 0), point_of(view, 1, 1, 1))
    for _ in range(3):
        qtbot.keyClick(view, Qt.Key.Key_Right, SHIFT)
    assert copied(view, qtbot).strip() == "Anot"
    qtbot.keyClick(view, Qt.Key.Key_Right, CTRL | SHIFT)
    assert copied(view, qtbot).strip() == "Another"
    qtbot.keyClick(view, Qt.Key.Key_End, SHIFT)
    qtbot.keyClick(view, Qt.Key.Key_Right, SHIFT)
    qtbot.keyClick(view, Qt.Key.Key_Right, SHIFT)
    assert "one" not in copied(view, qtbot)
    qtbot.keyClick(view, Qt.Key.Key_Down, SHIFT)
    assert "one" in copied(view, qtbot)


def test_ctrl_a_selects_the_message_and_then_everything(view: TranscriptView, qtbot: QtBot) -> None:
    two_messages(view)
    qtbot.mouseClick(view.viewport(), LEFT, pos=point_of(view, 1, 1, 3))
    qtbot.keyClick(view, Qt.Key.Key_A, CTRL)
    text = copied(view, qtbot)
    assert "It is" in text
    assert "two" in text
    assert "What is it?" not in text
    qtbot.keyClick(view, Qt.Key.Key_A, CTRL)
    assert "What is it?" in copied(view, qtbot)


def test_shortcuts_work_by_their_place_under_a_russian_layout(
    view: TranscriptView, qtbot: QtBot
) -> None:
    two_messages(view)
    qtbot.mouseClick(view.viewport(), LEFT, pos=point_of(view, 1, 1, 3))
    for letter in "ФС":
        QApplication.sendEvent(view, QKeyEvent(QEvent.Type.KeyPress, ord(letter), CTRL, letter))
    assert "Another paragraph." in QGuiApplication.clipboard().text()


def test_dragging_below_the_view_scrolls_on(conversation: TranscriptView, qtbot: QtBot) -> None:
    conversation.show_message(0)
    area = conversation.viewport()
    start = QPoint(conversation.column_x + 40, 200)
    qtbot.mousePress(area, LEFT, pos=start)
    qtbot.mouseMove(area, QPoint(start.x(), area.height() + 60))
    qtbot.waitUntil(lambda: conversation.scroller.y > 300, timeout=5000)
    qtbot.mouseRelease(area, LEFT, pos=QPoint(start.x(), area.height() + 60))
    bounds = conversation.shown.selection.bounds()
    assert bounds is not None
    assert bounds[1].message > bounds[0].message


def test_text_that_arrives_leaves_the_selection_alone(
    streaming: TranscriptView, qtbot: QtBot
) -> None:
    last = streaming.message_count() - 1
    qtbot.mouseDClick(streaming.viewport(), LEFT, pos=point_of(streaming, last, 0, 3))
    assert copied(streaming, qtbot) == "first"
    streaming.append_text("And **more** of it, and more.\n\n- list\n")
    streaming.pump.flush()
    assert copied(streaming, qtbot) == "first"


def test_offsets_count_characters_also_behind_emoji(view: TranscriptView, qtbot: QtBot) -> None:
    view.add_message(Role.ASSISTANT, "😀😀 word 😀 end", state=MessageState.COMPLETE)
    qtbot.mouseDClick(view.viewport(), LEFT, pos=point_of(view, 0, 0, 4))
    assert copied(view, qtbot) == "word"


def test_cells_of_a_table_are_copied_with_tabs(view: TranscriptView, qtbot: QtBot) -> None:
    view.add_message(
        Role.ASSISTANT,
        "| a | b |\n|---|---|\n| one | two |\n| x | y |",
        state=MessageState.COMPLETE,
    )
    qtbot.keyClick(view, Qt.Key.Key_A, CTRL)
    assert "one\ttwo" in copied(view, qtbot)


def test_a_word_in_a_cell_is_found_where_it_is_drawn(view: TranscriptView, qtbot: QtBot) -> None:
    view.add_message(
        Role.ASSISTANT,
        "| a | b |\n|---|---|\n| one | two |\n| x | y |",
        state=MessageState.COMPLETE,
    )
    text = view.conversation.layout(0).answer.layouts[0].segment.text
    qtbot.mouseDClick(view.viewport(), LEFT, pos=point_of(view, 0, 0, text.index("two") + 1))
    assert copied(view, qtbot).strip() == "two"


def test_a_question_is_copied_as_it_was_written(view: TranscriptView) -> None:
    view.add_message(Role.USER, "def f(*args):\n    return __name__", state=MessageState.COMPLETE)
    view.commands.copy_message(0)
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.text() == "def f(*args):\n    return __name__"
    assert "__name__" in mime.html()
