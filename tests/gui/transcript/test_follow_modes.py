from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QApplication

from core.models import MessageState, Role
from gui.transcript.follow import FollowMode

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.transcript.view import TranscriptView

PARAGRAPH = "Words that fill a line of the view and then another one, and some more of them. " * 6


def stream(view: TranscriptView, paragraphs: int) -> None:
    for _ in range(paragraphs):
        view.append_text(PARAGRAPH + "\n\n")
        view.pump.flush()


def wheel(view: TranscriptView, notches: int) -> None:
    middle = QPointF(view.viewport().rect().center())
    event = QWheelEvent(
        middle,
        QPointF(view.viewport().mapToGlobal(middle.toPoint())),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


def top_line(view: TranscriptView) -> tuple[object, str]:
    """What stands at the top of the view, by its text."""
    position = view.position_at(QPoint(view.column_x + 1, 0))
    assert position is not None
    place = view.conversation.place(position)
    assert place is not None
    return position, place.layout.segment.text


def test_the_view_stays_at_the_end_while_an_answer_streams(streaming: TranscriptView) -> None:
    for _ in range(5):
        stream(streaming, 1)
        assert streaming.scroller.is_at_end


def test_the_smallest_turn_of_the_wheel_upwards_lets_go_at_once(
    streaming: TranscriptView,
) -> None:
    stream(streaming, 3)
    wheel(streaming, 1)
    assert not streaming.is_following
    before = top_line(streaming)
    stream(streaming, 5)
    assert top_line(streaming) == before


def test_page_up_lets_go_and_end_takes_hold_again(streaming: TranscriptView, qtbot: QtBot) -> None:
    qtbot.keyClick(streaming, Qt.Key.Key_PageUp)
    assert not streaming.is_following
    qtbot.keyClick(streaming, Qt.Key.Key_End)
    stream(streaming, 2)
    assert streaming.is_following
    assert streaming.scroller.is_at_end


def test_dragging_the_bar_lets_go_and_dragging_it_to_the_end_takes_hold(
    streaming: TranscriptView,
) -> None:
    bar = streaming.verticalScrollBar()
    bar.setSliderPosition(bar.maximum() // 2)
    bar.triggerAction(QAbstractSlider.SliderAction.SliderMove)
    assert not streaming.is_following
    bar.setSliderPosition(bar.maximum())
    bar.triggerAction(QAbstractSlider.SliderAction.SliderMove)
    assert streaming.is_following


def test_scrolling_down_to_the_end_takes_hold(streaming: TranscriptView) -> None:
    wheel(streaming, 5)
    stream(streaming, 1)
    for _ in range(60):
        wheel(streaming, -1)
    assert streaming.is_following
    stream(streaming, 2)
    assert streaming.scroller.is_at_end


def test_nothing_moves_when_the_answer_ends(streaming: TranscriptView) -> None:
    stream(streaming, 3)
    y, total = streaming.scroller.y, streaming.conversation.heights.total
    streaming.end_message(MessageState.COMPLETE)
    assert (streaming.scroller.y, streaming.conversation.heights.total) == (y, total)


def test_nothing_moves_when_the_answer_ends_while_the_user_reads_above(
    streaming: TranscriptView,
) -> None:
    stream(streaming, 3)
    wheel(streaming, 3)
    before = top_line(streaming)
    streaming.end_message(MessageState.STOPPED)
    assert top_line(streaming) == before


def test_a_change_of_range_never_takes_hold(streaming: TranscriptView) -> None:
    wheel(streaming, 3)
    streaming.resize(streaming.width(), 3000)
    streaming.resize(streaming.width(), 500)
    assert not streaming.is_following


def test_new_text_below_is_offered_and_leads_there(streaming: TranscriptView, qtbot: QtBot) -> None:
    wheel(streaming, 10)
    stream(streaming, 1)
    assert streaming.overlays.jump_button.isVisible()
    assert "New text" in streaming.overlays.jump_button.text()
    qtbot.mouseClick(streaming.overlays.jump_button, Qt.MouseButton.LeftButton)
    assert streaming.scroller.is_at_end
    assert streaming.is_following
    assert not streaming.overlays.jump_button.isVisible()


def test_the_view_stops_with_the_question_at_the_top(conversation: TranscriptView) -> None:
    conversation.set_follow_mode(FollowMode.QUESTION)
    question = conversation.add_message(Role.USER, "Why?", state=MessageState.COMPLETE)
    conversation.add_message(Role.ASSISTANT, "")
    stream(conversation, 20)
    assert conversation.message_rect(question).top() == 0
    assert not conversation.scroller.is_at_end
    assert conversation.overlays.jump_button.isVisible()


def test_reaching_the_end_by_hand_leaves_the_question_behind(
    conversation: TranscriptView, qtbot: QtBot
) -> None:
    conversation.set_follow_mode(FollowMode.QUESTION)
    conversation.add_message(Role.USER, "Why?", state=MessageState.COMPLETE)
    conversation.add_message(Role.ASSISTANT, "")
    stream(conversation, 20)
    qtbot.keyClick(conversation, Qt.Key.Key_End)
    stream(conversation, 3)
    assert conversation.scroller.is_at_end


def test_a_view_that_stays_never_moves_by_itself(conversation: TranscriptView) -> None:
    conversation.set_follow_mode(FollowMode.STAY)
    y = conversation.scroller.y
    conversation.add_message(Role.USER, "Why?", state=MessageState.COMPLETE)
    conversation.add_message(Role.ASSISTANT, "")
    stream(conversation, 5)
    assert conversation.scroller.y == y


def test_a_question_brings_the_view_back_to_the_end(streaming: TranscriptView) -> None:
    wheel(streaming, 20)
    streaming.end_message(MessageState.COMPLETE)
    streaming.add_message(Role.USER, "Again", state=MessageState.COMPLETE)
    assert streaming.is_following
    assert streaming.scroller.is_at_end
