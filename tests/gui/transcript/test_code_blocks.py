from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QTextOption, QWheelEvent
from PySide6.QtWidgets import QApplication

from core.models import Message, MessageState, Role
from gui.transcript.code_block import CodeLayout

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.transcript.view import TranscriptView

MakeView = Callable[..., "TranscriptView"]

LEFT = Qt.MouseButton.LeftButton
LONG_LINE = "x = 1  # " + "a very long line " * 30


def show(view: TranscriptView, code: str) -> CodeLayout:
    view.add_message(Role.ASSISTANT, f"```python\n{code}\n```", state=MessageState.COMPLETE)
    layout = view.conversation.layout(view.message_count() - 1).answer.layouts[0]
    assert isinstance(layout, CodeLayout)
    return layout


def in_view(view: TranscriptView, point: QPointF) -> QPoint:
    index = view.message_count() - 1
    place = view.conversation.layout(index).place(1, 0)
    assert place is not None
    rect = view.message_rect(index)
    return QPoint(round(rect.left() + place.x + point.x()), round(rect.top() + place.y + point.y()))


def test_the_copy_button_copies_the_code_and_says_so(view: TranscriptView, qtbot: QtBot) -> None:
    layout = show(view, "a = 1\n\nb = 2")
    qtbot.mouseClick(view.viewport(), LEFT, pos=in_view(view, layout.copy_rect().center()))
    assert QGuiApplication.clipboard().text() == "a = 1\n\nb = 2"
    assert layout.is_copied


def test_the_copy_button_copies_all_pieces_of_a_long_block(
    view: TranscriptView, qtbot: QtBot
) -> None:
    code = "\n".join(f"line_{number} = {number}" for number in range(300))
    layout = show(view, code)
    view.show_message(0)
    assert len(view.conversation.layout(0).answer.layouts) > 3
    qtbot.mouseClick(view.viewport(), LEFT, pos=in_view(view, layout.copy_rect().center()))
    assert QGuiApplication.clipboard().text() == code


def test_the_switch_changes_between_scrolling_and_wrapping(
    view: TranscriptView, qtbot: QtBot
) -> None:
    layout = show(view, LONG_LINE)
    assert layout.overflow > 0
    before = layout.height
    switch = in_view(view, layout.wrap_rect().center())
    qtbot.mouseClick(view.viewport(), LEFT, pos=switch)
    assert layout.overflow == 0
    assert layout.height > before
    assert layout.document is not None
    assert layout.document.defaultTextOption().wrapMode() != QTextOption.WrapMode.NoWrap
    qtbot.mouseClick(view.viewport(), LEFT, pos=switch)
    assert layout.height == before


def test_a_wide_block_scrolls_sideways_by_wheel_and_by_its_bar(
    view: TranscriptView, qtbot: QtBot
) -> None:
    layout = show(view, LONG_LINE)
    middle = in_view(view, layout.frame_rect().center())
    event = QWheelEvent(
        QPointF(middle),
        QPointF(view.viewport().mapToGlobal(middle)),
        QPoint(),
        QPoint(-120, 0),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)
    assert layout.group.scroll > 0
    layout.scroll_to(0)
    handle = in_view(view, layout.bar_rect().center())
    qtbot.mousePress(view.viewport(), LEFT, pos=handle)
    qtbot.mouseMove(view.viewport(), handle + QPoint(50, 0))
    qtbot.mouseRelease(view.viewport(), LEFT, pos=handle + QPoint(50, 0))
    assert layout.group.scroll > 50


def test_pieces_of_a_long_block_stand_in_one_frame(view: TranscriptView) -> None:
    show(view, "\n".join(f"line_{number} = {number}" for number in range(200)))
    layouts = view.conversation.layout(0).answer.layouts
    assert [layout.gap for layout in layouts[1:]] == [0] * (len(layouts) - 1)
    assert [layout.is_last for layout in layouts] == [False] * (len(layouts) - 1) + [True]
    for before, after in pairwise(layouts):
        assert before.top + before.height == after.top


def test_the_columns_of_a_long_table_stand_below_one_another(view: TranscriptView) -> None:
    rows = "".join(f"| {'word ' * (number % 7)} | {number} |\n" for number in range(60))
    view.set_messages([Message(Role.ASSISTANT, f"| a | b |\n|---|---:|\n{rows}")])
    layout = view.conversation.whole(0)
    layout.ensure_between(0, 1e6)
    tables = layout.answer.layouts
    assert len(tables) > 3
    assert len({tuple(table.group.columns) for table in tables}) == 1


def test_no_table_is_inside_a_table(view: TranscriptView) -> None:
    view.set_messages(
        [Message(Role.ASSISTANT, "> | a |\n> |---|\n> | b |\n\n- | c |\n  |---|\n  | d |")]
    )
    view.conversation.layout(0).ensure_between(0, 1e6)
    for layout in view.conversation.layout(0).answer.layouts:
        if layout.document is not None:
            frames = layout.document.rootFrame().childFrames()
            assert all(not frame.childFrames() for frame in frames)


def test_the_header_has_room_for_all_its_parts_in_a_narrow_view(make_view: MakeView) -> None:
    view = make_view(width=400, height=500)
    view.set_zoom(3.0)
    layout = show(view, "a = 1")
    frame, copy, wrap = layout.frame_rect(), layout.copy_rect(), layout.wrap_rect()
    least = view.kit.formats.metrics.code_label_least
    assert frame.contains(copy)
    assert wrap.right() <= copy.left()
    assert frame.left() + layout.padding + least / 2 <= wrap.left()


def test_the_copy_button_has_its_word_where_there_is_room(view: TranscriptView) -> None:
    layout = show(view, "a = 1")
    assert layout.copy_rect().width() > 2 * layout.copy_rect().height()
