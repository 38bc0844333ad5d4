from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QTextCursor, QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QApplication

from core.models import Role
from gui.transcript.interface import MessageState
from gui.transcript.plain_view import PlainTranscript
from gui.widgets.column import column_width

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

LINES = "A line of the answer.\n" * 100


@pytest.fixture
def view(qtbot: QtBot) -> PlainTranscript:
    view = PlainTranscript()
    qtbot.addWidget(view)
    view.resize(800, 400)
    view.show()
    return view


def begin(view: PlainTranscript, answer: str = "") -> None:
    view.add_message(Role.USER, "Why?", author="You")
    view.end_message(MessageState.COMPLETE)
    view.add_message(Role.ASSISTANT, "", author="Demo")
    if answer:
        view.append_text(answer)


def wheel(view: PlainTranscript, *, up: bool) -> None:
    area = view.viewport()
    place = QPointF(area.rect().center())
    event = QWheelEvent(
        place,
        area.mapToGlobal(place),
        QPoint(),
        QPoint(0, 120 if up else -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(area, event)


def is_at_end(view: PlainTranscript) -> bool:
    return view.verticalScrollBar().value() == view.verticalScrollBar().maximum()


def test_messages_are_kept_whole_with_role_author_and_state(view: PlainTranscript) -> None:
    begin(view, "Be")
    view.append_text("cause")
    assert view.message(-1).state is MessageState.OPEN
    view.end_message(MessageState.COMPLETE)

    assert view.message_count() == 2
    assert (view.message(0).role, view.message(0).author) == (Role.USER, "You")
    assert view.message(-1).text == "Because"
    assert view.message(-1).state is MessageState.COMPLETE
    assert view.toPlainText().split() == ["You", "Why?", "Demo", "Because"]


def test_the_last_message_can_be_taken_away(view: PlainTranscript) -> None:
    begin(view)
    before = view.toPlainText()
    view.remove_last_message()
    view.add_message(Role.ASSISTANT, "", author="Demo")
    assert view.toPlainText() == before
    view.append_text("text")
    view.remove_last_message()
    view.remove_last_message()
    assert view.toPlainText() == ""
    begin(view, "again")
    assert view.toPlainText() == f"{before}again"


@pytest.mark.parametrize(
    ("state", "note"),
    [
        (MessageState.STOPPED, "Stopped here"),
        (MessageState.CUT, "Broken off here: the service did not finish"),
        (MessageState.FAILED, "Broken off here"),
    ],
)
def test_an_unfinished_answer_says_so(
    view: PlainTranscript, state: MessageState, note: str
) -> None:
    begin(view, "Part")
    view.end_message(state)
    assert view.toPlainText().endswith(f"Part\n{note}")
    assert view.message(-1).text == "Part"


def test_the_view_stays_at_the_end_while_it_is_there(view: PlainTranscript) -> None:
    begin(view)
    for _ in range(5):
        view.append_text(LINES)
        assert is_at_end(view)


def test_the_wheel_lets_go_and_the_end_takes_hold_again(view: PlainTranscript) -> None:
    begin(view, LINES)
    wheel(view, up=True)
    assert not view.is_following
    place = view.verticalScrollBar().value()
    view.append_text(LINES)
    view.end_message(MessageState.COMPLETE)
    assert view.verticalScrollBar().value() == place

    while not is_at_end(view):
        wheel(view, up=False)
    assert view.is_following
    view.append_text(LINES)
    assert is_at_end(view)


def test_keys_and_the_scroll_bar_let_go_too(view: PlainTranscript, qtbot: QtBot) -> None:
    begin(view, LINES)
    qtbot.keyClick(view, Qt.Key.Key_PageUp)
    qtbot.keyClick(view, Qt.Key.Key_PageUp)
    assert not view.is_following
    view.follow()
    assert is_at_end(view)
    view.verticalScrollBar().triggerAction(QAbstractSlider.SliderAction.SliderPageStepSub)
    assert not view.is_following
    view.verticalScrollBar().triggerAction(QAbstractSlider.SliderAction.SliderToMaximum)
    assert view.is_following


def test_a_new_question_takes_hold_of_the_end(view: PlainTranscript) -> None:
    begin(view, LINES)
    wheel(view, up=True)
    view.add_message(Role.USER, "And?", author="You")
    assert view.is_following
    assert is_at_end(view)


def test_the_end_stays_in_sight_when_the_window_changes(view: PlainTranscript) -> None:
    begin(view, LINES)
    view.resize(500, 250)
    QApplication.processEvents()
    assert is_at_end(view)


def test_the_column_stands_in_the_middle_of_a_wide_window(view: PlainTranscript) -> None:
    view.resize(1800, 600)
    QApplication.processEvents()
    area = view.viewport().geometry()
    assert abs(area.width() - column_width()) <= 2
    assert abs(area.center().x() - 900) <= 2
    view.resize(360, 600)
    QApplication.processEvents()
    assert view.viewport().width() > 320


@pytest.mark.parametrize("width", [360, 700, 1000, 1800])
def test_no_line_is_cut_off(view: PlainTranscript, width: int) -> None:
    view.hide()
    view.resize(width, 600)
    view.show()
    begin(view)
    for _ in range(60):
        view.append_text("some more words ")
        QApplication.processEvents()
    assert view.document().size().width() <= view.viewport().width()


def test_a_selection_survives_what_arrives(view: PlainTranscript) -> None:
    begin(view, "First words. More words.")
    cursor = view.textCursor()
    cursor.setPosition(view.toPlainText().index("First"))
    cursor.movePosition(QTextCursor.MoveOperation.NextWord, QTextCursor.MoveMode.KeepAnchor, 2)
    view.setTextCursor(cursor)
    selected = view.textCursor().selectedText()
    view.append_text(LINES)
    assert selected
    assert view.textCursor().selectedText() == selected


@pytest.mark.parametrize("unit", ["x", "слово "])
def test_a_line_without_end_does_not_freeze_the_view(view: PlainTranscript, unit: str) -> None:
    begin(view)
    piece = unit * (2_000 // len(unit))
    slowest = 0.0
    for _ in range(60):
        started = time.perf_counter()
        view.append_text(piece)
        QApplication.processEvents()
        slowest = max(slowest, time.perf_counter() - started)
    assert slowest < 0.25
    assert view.message(-1).text == piece * 60


def test_a_huge_question_is_shown_in_part_and_kept_whole(view: PlainTranscript) -> None:
    text = "x" * 2_000_000
    started = time.perf_counter()
    view.add_message(Role.USER, text, author="You")
    QApplication.processEvents()
    assert time.perf_counter() - started < 1.0
    assert view.message(0).text == text
    assert len(view.toPlainText()) < 30_000
    assert view.toPlainText().rstrip().endswith("more characters")


def test_the_headers_change_colour_with_the_theme(view: PlainTranscript) -> None:
    begin(view, "text")
    palette = view.palette()
    palette.setColor(palette.ColorRole.PlaceholderText, Qt.GlobalColor.red)
    view.setPalette(palette)
    block = view.document().firstBlock()
    while block.text() != "Demo":
        block = block.next()
    cursor = QTextCursor(block)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    assert cursor.charFormat().foreground().color() == Qt.GlobalColor.red


def test_a_card_is_painted_behind_a_question_only(view: PlainTranscript) -> None:
    begin(view, "Answer")
    palette = view.palette()
    palette.setColor(palette.ColorRole.AlternateBase, Qt.GlobalColor.red)
    palette.setColor(palette.ColorRole.Base, Qt.GlobalColor.white)
    view.setPalette(palette)
    image = view.viewport().grab().toImage()
    middle = image.width() - 40
    column = [image.pixelColor(middle, y) for y in range(image.height())]
    reds = [y for y, colour in enumerate(column) if colour == Qt.GlobalColor.red]

    assert reds
    assert reds[-1] - reds[0] + 1 == len(reds), "one card"
    assert reds[-1] < image.height() // 2
