from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from core.models import MessageState, Role

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.transcript.view import TranscriptView

CTRL = Qt.KeyboardModifier.ControlModifier


def search(view: TranscriptView, qtbot: QtBot, text: str) -> None:
    qtbot.keyClick(view, Qt.Key.Key_F, CTRL)
    view.overlays.find_bar.field.clear()
    qtbot.keyClicks(view.overlays.find_bar.field, text)
    qtbot.keyClick(view.overlays.find_bar.field, Qt.Key.Key_Return)
    view.finder.finish()


def test_every_match_is_counted_in_unlaid_messages_too(
    conversation: TranscriptView, qtbot: QtBot
) -> None:
    search(conversation, qtbot, "of number")
    assert conversation.finder.count == 40
    assert "of 40" in conversation.overlays.find_bar.count.text()


def test_next_and_previous_visit_matches_and_bring_them_into_view(
    conversation: TranscriptView, qtbot: QtBot
) -> None:
    conversation.show_message(0)
    search(conversation, qtbot, "of number")
    first = conversation.finder.current
    for _ in range(20):
        qtbot.keyClick(conversation.overlays.find_bar.field, Qt.Key.Key_Return)
    match = conversation.finder.current
    assert first is not None
    assert match is not None
    assert match.text // 2 == first.text // 2 + 20
    assert match.text // 2 in conversation.visible_messages()
    qtbot.keyClick(
        conversation.overlays.find_bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier
    )
    previous = conversation.finder.current
    assert previous is not None
    assert previous.text // 2 == first.text // 2 + 19


def test_case_and_whole_words_narrow_the_search(view: TranscriptView, qtbot: QtBot) -> None:
    view.add_message(Role.ASSISTANT, "Word word words WORD", state=MessageState.COMPLETE)
    search(view, qtbot, "word")
    assert view.finder.count == 4
    qtbot.mouseClick(view.overlays.find_bar.whole_words, Qt.MouseButton.LeftButton)
    view.finder.finish()
    assert view.finder.count == 3
    qtbot.mouseClick(view.overlays.find_bar.match_case, Qt.MouseButton.LeftButton)
    view.finder.finish()
    assert view.finder.count == 1


def test_matches_are_marked_in_another_colour(view: TranscriptView, qtbot: QtBot) -> None:
    view.add_message(Role.ASSISTANT, "needle", state=MessageState.COMPLETE)
    before = view.viewport().grab().toImage()
    search(view, qtbot, "needle")
    after = view.viewport().grab().toImage()
    colour = view.look.colours.find_current.name()
    found = {
        after.pixelColor(x, y).name()
        for x in range(view.column_x, view.column_x + 60)
        for y in range(120)
    }
    assert before != after
    assert colour in found


def test_escape_leaves_the_search_and_unmarks_everything(
    conversation: TranscriptView, qtbot: QtBot
) -> None:
    search(conversation, qtbot, "number")
    qtbot.keyClick(conversation.overlays.find_bar.field, Qt.Key.Key_Escape)
    assert not conversation.overlays.find_bar.isVisible()
    assert conversation.finder.count == 0


def test_text_that_arrives_is_searched_too(streaming: TranscriptView, qtbot: QtBot) -> None:
    search(streaming, qtbot, "zebra")
    assert streaming.finder.count == 0
    streaming.append_text("A zebra.\n\n")
    streaming.pump.flush()
    qtbot.waitUntil(lambda: streaming.finder.count == 1, timeout=3000)


def test_a_word_with_markup_inside_is_found(view: TranscriptView, qtbot: QtBot) -> None:
    view.set_messages([view.new_message(Role.ASSISTANT, "un**believ**able")])
    search(view, qtbot, "unbelievable")
    assert view.finder.count == 1
