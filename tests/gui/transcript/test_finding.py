from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from core.models import Message, MessageState, Role
from gui.transcript.position import Position

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.transcript.view import TranscriptView

MakeView = Callable[..., "TranscriptView"]

NONE = Qt.KeyboardModifier.NoModifier
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
    view.set_messages([Message(Role.ASSISTANT, "un**believ**able")])
    search(view, qtbot, "unbelievable")
    assert view.finder.count == 1


@pytest.fixture
def window(conversation: TranscriptView, qtbot: QtBot) -> Iterator[QWidget]:
    """The view and a field in a window; the field has the focus, as a composer would."""
    window = QWidget()
    layout = QVBoxLayout(window)
    field = QLineEdit()
    layout.addWidget(conversation)
    layout.addWidget(field)
    window.resize(700, 600)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    field.setFocus()
    yield window
    conversation.setParent(None)
    window.close()


def press(window: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Press a key as the system does: shortcuts hear of it first."""
    handle = window.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, key, modifiers)


def test_the_search_opens_while_the_focus_is_elsewhere_in_the_window(
    conversation: TranscriptView, window: QWidget
) -> None:
    press(window, Qt.Key.Key_F, CTRL)
    assert conversation.overlays.find_bar.isVisible()
    assert conversation.overlays.find_bar.field.hasFocus()


def test_the_zoom_changes_while_the_focus_is_elsewhere_in_the_window(
    conversation: TranscriptView, window: QWidget
) -> None:
    press(window, Qt.Key.Key_Plus, CTRL)
    assert conversation.zoom > 1.0
    press(window, Qt.Key.Key_Minus, CTRL)
    press(window, Qt.Key.Key_Minus, CTRL)
    assert conversation.zoom < 1.0
    press(window, Qt.Key.Key_0, CTRL)
    assert conversation.zoom == 1.0


def test_escape_closes_the_search_before_the_window_hears_of_it(
    conversation: TranscriptView, window: QWidget, qtbot: QtBot
) -> None:
    heard: list[str] = []
    QShortcut(QKeySequence("Esc"), window).activated.connect(partial(heard.append, "Escape"))
    search(conversation, qtbot, "number")
    press(window, Qt.Key.Key_Escape)
    assert not conversation.overlays.find_bar.isVisible()
    assert not heard
    press(window, Qt.Key.Key_Escape)
    assert heard == ["Escape"]


def test_escape_takes_a_selection_away_before_the_window_hears_of_it(
    conversation: TranscriptView, window: QWidget
) -> None:
    heard: list[str] = []
    QShortcut(QKeySequence("Esc"), window).activated.connect(partial(heard.append, "Escape"))
    conversation.setFocus()
    conversation.keyboard.select_more()
    press(window, Qt.Key.Key_Escape)
    assert conversation.shown.selection.is_empty
    assert not heard


@pytest.mark.parametrize("width", [360, 800])
def test_the_bar_stays_in_its_corner_whatever_it_says(
    make_view: MakeView, qtbot: QtBot, width: int
) -> None:
    view = make_view(width=width, height=420)
    view.add_message(Role.ASSISTANT, "word " * 500, state=MessageState.COMPLETE)
    edges = set()
    for words in ("nothing like it", "word", "wor"):
        search(view, qtbot, words)
        bar = view.overlays.find_bar.geometry()
        edges.add(bar.right())
        assert view.viewport().geometry().contains(bar)
    assert len(edges) == 1


def test_a_match_is_not_shown_under_the_bar(conversation: TranscriptView, qtbot: QtBot) -> None:
    search(conversation, qtbot, "of number")
    for _ in range(25):
        qtbot.keyClick(
            conversation.overlays.find_bar.field,
            Qt.Key.Key_Return,
            Qt.KeyboardModifier.ShiftModifier,
        )
        match = conversation.finder.current
        assert match is not None
        message, part = divmod(match.text, 2)
        place = Position(message, part, match.segment, match.start)
        bar = conversation.overlays.find_bar.geometry()
        top = conversation.mapFromGlobal(conversation.character_rect(place).topLeft()).y()
        assert top > bar.bottom()


def test_the_search_begins_at_what_is_seen_inside_a_long_message(
    view: TranscriptView, qtbot: QtBot
) -> None:
    text = "\n\n".join(f"Paragraph {number} has a word." for number in range(300))
    view.add_message(Role.ASSISTANT, text, state=MessageState.COMPLETE)
    view.go_to_end()
    top = view.conversation.hit(0, view.scroller.y)
    search(view, qtbot, "word")
    assert view.finder.count == 300
    assert top is not None
    assert top.segment > 100
    assert view.finder.current is not None
    assert top.segment <= view.finder.current.segment <= top.segment + 1
