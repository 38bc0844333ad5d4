"""What a person sees and does besides the text itself."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QMenu

from core.models import Message, MessageState, Role
from gui.conversation_pane import ConversationPane
from gui.metrics import metrics
from gui.transcript.links import shown_address
from gui.transcript.position import ANSWER, Position
from gui.transcript.style import TranscriptStyle
from gui.transcript.view import TranscriptView

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def header_of(view: TranscriptView, index: int) -> QImage:
    rect = view.message_rect(index)
    return view.viewport().grab(QRect(rect.topLeft(), rect.topRight() + QPoint(0, 30))).toImage()


def wheel(view: TranscriptView, notches: int, modifiers: Qt.KeyboardModifier) -> None:
    middle = QPointF(view.viewport().rect().center())
    event = QWheelEvent(
        middle,
        QPointF(view.viewport().mapToGlobal(middle.toPoint())),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


@pytest.mark.parametrize("width", [400, 700, 1000, 1600])
@pytest.mark.parametrize("paragraphs", [1, 60])
def test_text_and_composer_stand_in_one_column_whether_there_is_a_bar_or_not(
    qtbot: QtBot, width: int, paragraphs: int
) -> None:
    view = TranscriptView(TranscriptStyle.load("light"))
    pane = ConversationPane()
    qtbot.addWidget(pane)
    pane.add_page(view)
    pane.show_welcome(False)
    pane.resize(width, 600)
    pane.show()
    view.set_messages([Message(Role.ASSISTANT, "Words of it.\n\n" * paragraphs)])
    composer = pane.composer
    left = composer.mapTo(pane, QPoint(0, 0)).x() + metrics().message_padding
    right = composer.mapTo(pane, QPoint(composer.width(), 0)).x() - metrics().message_padding
    start = view.viewport().mapTo(pane, QPoint(view.column_x, 0)).x()
    assert abs(start - left) <= 1
    assert abs(start + view.conversation.width - right) <= 2


def test_the_time_of_a_message_is_seen_under_the_pointer(
    view: TranscriptView, qtbot: QtBot
) -> None:
    when = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    for time in (None, when):
        view.clear()
        view.add_message(Role.ASSISTANT, "Text", time=time, state=MessageState.COMPLETE)
        before = header_of(view, 0)
        rect = view.message_rect(0)
        qtbot.mouseMove(view.viewport(), QPoint(3, rect.bottom() + 40))
        qtbot.mouseMove(view.viewport(), QPoint(rect.center().x(), rect.top() + 40))
        assert (header_of(view, 0) != before) is (time is not None)


def test_the_wheel_with_ctrl_zooms_and_without_it_does_not(view: TranscriptView) -> None:
    view.set_messages([Message(Role.ASSISTANT, "Text")])
    wheel(view, 1, NONE)
    assert view.zoom == 1
    wheel(view, 2, CTRL)
    assert view.zoom == pytest.approx(1.21)
    wheel(view, -2, CTRL)
    assert view.zoom == pytest.approx(1)


@pytest.mark.parametrize("zoom", [0.5, 1.0, 3.0])
def test_buttons_over_the_text_grow_with_it_but_not_without_end(
    view: TranscriptView, zoom: float
) -> None:
    view.set_messages([Message(Role.ASSISTANT, "Text")])
    sizes = view.look.metrics
    view.set_zoom(zoom)
    view.shown.current = 0
    view.overlays.place_actions()
    height = view.overlays.message_actions.sizeHint().height()
    most = sizes.icon_size + 2 * sizes.button_padding
    assert sizes.least_zoom * most - 3 <= height <= sizes.greatest_zoom * most + 3


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_menu_key_opens_the_menu_of_the_current_message(
    conversation: TranscriptView, qtbot: QtBot
) -> None:
    conversation.scroll_to_message(3)
    qtbot.keyClick(conversation, Qt.Key.Key_Menu)
    menus = [menu for menu in conversation.findChildren(QMenu) if menu.isVisible()]
    assert menus
    menus[0].close()


def test_a_link_is_asked_about_and_answered_by_keyboard(view: TranscriptView, qtbot: QtBot) -> None:
    opened: list[str] = []
    view.link_open_requested.connect(opened.append)
    question = view.overlays.link_question
    view.commands.open_link("https://example.org/a", "words")
    qtbot.keyClick(question, Qt.Key.Key_Escape)
    assert not question.isVisible()
    assert opened == []
    view.commands.open_link("https://example.org/a", "words")
    qtbot.keyClick(question, Qt.Key.Key_Return)
    assert opened == ["https://example.org/a"]


def test_a_reference_to_a_footnote_leads_to_it(view: TranscriptView, qtbot: QtBot) -> None:
    text = "Words.[^1]\n\n" + "More of them.\n\n" * 80 + "[^1]: The note."
    view.set_messages([Message(Role.ASSISTANT, text)])
    view.show_message(0)
    view.viewport().grab()
    rect = view.character_rect(Position(0, ANSWER, 0, len("Words.")))
    point = view.viewport().mapFromGlobal(rect.center() + QPoint(2, 0))
    qtbot.mouseClick(view.viewport(), LEFT, pos=point)
    last = len(view.conversation.layout(0).answer.layouts) - 1
    place = view.conversation.place(Position(0, ANSWER, last, 0))
    assert place is not None
    assert place.layout.segment.text == "The note."
    assert 0 < place.y - view.scroller.y < view.viewport().height()


def test_reasoning_is_drawn_dimmer_than_the_answer(view: TranscriptView) -> None:
    view.set_messages([Message(Role.ASSISTANT, "Answer", reasoning="Thought")])
    view.commands.toggle_reasoning(0)
    layout = view.conversation.layout(0)
    assert layout.reasoning is not None
    assert layout.reasoning.layouts[0].dim
    assert not layout.answer.layouts[0].dim
    assert view.look.colours.reasoning != view.look.colours.text


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://ru.example.org/%D0%BA%D0%BE%D1%82", "https://ru.example.org/кот"),
        ("https://e.org/a%20b%2Fc", "https://e.org/a%20b%2Fc"),
        ("https://%D0%B0pple.example.org/", "https://%D0%B0pple.example.org/"),
        ("https://e.org/%E2%80%AEgnp", "https://e.org/%E2%80%AEgnp"),
        ("https://e.org/%D0", "https://e.org/%D0"),
    ],
)
def test_an_address_is_shown_as_it_is_read_if_that_misleads_nobody(
    address: str, shown: str
) -> None:
    assert shown_address(address) == shown


def test_a_short_answer_is_seen_before_it_ends(view: TranscriptView, qtbot: QtBot) -> None:
    view.add_message(Role.ASSISTANT, "")
    view.append_text("It is so")
    layout = view.conversation.layout(0)
    qtbot.waitUntil(lambda: bool(layout.answer.layouts))
    assert layout.answer.layouts[0].segment.text == "It is"


def test_no_file_of_the_transcript_holds_a_colour_or_a_size_in_pixels() -> None:
    folder = Path(__file__).parents[3] / "gui" / "transcript"
    for file in folder.glob("*.py"):
        if file.name == "copy_html.py":
            continue  # for other programs, which know nothing of our themes
        text = file.read_text(encoding="utf-8")
        for number in range(1, 100):
            assert f" {number}px" not in text, file.name
        assert 'QColor("' not in text, file.name
        assert "#fff" not in text, file.name
