from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt

from core.models import Message, Role

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.transcript.view import TranscriptView

LONG = "\n\n".join(
    f"Paragraph {number}, " + "with words enough for two lines, " * 6 for number in range(60)
)


def words_at_top(view: TranscriptView) -> str:
    position = view.position_at(QPoint(view.column_x + 1, 12))
    assert position is not None
    place = view.conversation.place(position)
    assert place is not None
    return place.layout.segment.text[position.offset :][:60]


def test_what_is_read_stays_when_heights_above_turn_out_otherwise(
    conversation: TranscriptView,
) -> None:
    conversation.show_message(30)
    before = words_at_top(conversation)
    for index in range(25):
        conversation.conversation.whole(index)
        conversation.conversation.layout(index).ensure_between(0, 1e6)
        conversation.conversation.update_height(index)
    conversation.settle_quietly()
    assert words_at_top(conversation) == before
    assert conversation.message_rect(30).top() == 0


def test_the_line_at_the_top_stays_when_the_window_is_made_narrower(view: TranscriptView) -> None:
    view.set_messages([Message(Role.ASSISTANT, LONG)])
    view.scroll_pixels(-2000)
    before = view.position_at(QPoint(view.column_x, 0))
    view.resize(420, 600)
    after = view.position_at(QPoint(view.column_x, 0))
    assert before is not None
    assert after is not None
    assert after[:3] == before[:3]
    assert after.offset <= before.offset < after.offset + 80
    for width in range(430, 800, 37):
        view.resize(width, 600)
    view.resize(800, 600)
    assert view.position_at(QPoint(view.column_x, 0)) == before


def test_the_line_at_the_top_stays_when_zoomed(view: TranscriptView, qtbot: QtBot) -> None:
    view.set_messages([Message(Role.ASSISTANT, LONG)])
    view.scroll_pixels(-2000)
    position = view.position_at(QPoint(view.column_x + 1, 12))
    assert position is not None
    qtbot.keyClick(view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom > 1
    qtbot.keyClick(view, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    after = view.position_at(QPoint(view.column_x + 1, 12))
    assert view.zoom == 1
    assert after is not None
    assert after.segment == position.segment


def test_zoom_keeps_between_half_and_three_times(view: TranscriptView) -> None:
    view.set_zoom(20)
    assert view.zoom == 3
    view.set_zoom(0.01)
    assert view.zoom == 0.5


def test_scrolling_up_moves_by_exactly_what_was_asked_whatever_was_guessed(
    view: TranscriptView,
) -> None:
    view.set_messages(
        Message(Role.ASSISTANT, "| a | b |\n|---|---|\n" + "| x | y |\n" * 30) for _ in range(20)
    )
    for _ in range(40):
        before = view.position_at(QPoint(view.column_x + 30, 20))
        assert before is not None
        old = view.character_rect(before).top()
        view.scroll_pixels(-60)
        assert view.character_rect(before).top() == old + 60


def test_messages_taken_away_above_move_nothing(conversation: TranscriptView) -> None:
    conversation.show_message(20)
    before = words_at_top(conversation)
    conversation.remove_message(3)
    assert words_at_top(conversation) == before
    assert conversation.message_count() == 39
