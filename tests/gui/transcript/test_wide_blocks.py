from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt

from core.models import Message, MessageState, Role
from gui.transcript.formula_layout import FormulaLayout
from gui.transcript.framed_layout import FramedLayout
from gui.transcript.position import ANSWER, Position

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.transcript.view import TranscriptView

ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton
WIDE = "x" * 150 + "needle" + "y" * 150
TEXT = f"Before.\n\n```text\nshort\n{WIDE}\n```\n\nAfter."


def wide_block(view: TranscriptView) -> FramedLayout:
    view.set_messages([Message(Role.ASSISTANT, TEXT)])
    view.background.finish()
    block = view.conversation.layout(0).answer.layouts[1]
    assert isinstance(block, FramedLayout)
    assert block.overflow > 500
    return block


def is_seen(block: FramedLayout, offset: int) -> bool:
    x = block.caret(offset).left() - block.left - block.padding
    return 0 <= x <= block.view_width


def test_keys_scroll_a_wide_block_sideways(view: TranscriptView, qtbot: QtBot) -> None:
    block = wide_block(view)
    qtbot.keyClick(view, Qt.Key.Key_Right, ALT)
    moved = block.group.scroll
    assert moved > 0
    for _ in range(200):
        qtbot.keyClick(view, Qt.Key.Key_Right, ALT)
    assert block.group.scroll == block.overflow
    for _ in range(200):
        qtbot.keyClick(view, Qt.Key.Key_Left, ALT)
    assert block.group.scroll == 0


def test_keys_scroll_the_block_of_the_message_they_have_gone_to(
    view: TranscriptView, qtbot: QtBot
) -> None:
    view.set_messages([Message(Role.ASSISTANT, TEXT), Message(Role.ASSISTANT, TEXT)])
    view.resize(800, 900)
    view.background.finish()
    view.scroll_to_message(1)
    qtbot.keyClick(view, Qt.Key.Key_Right, ALT)
    scrolls = [view.conversation.layout(n).answer.layouts[1].group.scroll for n in (0, 1)]
    assert scrolls[0] == 0
    assert scrolls[1] > 0


def test_the_end_of_a_selection_is_scrolled_into_view_both_ways(
    view: TranscriptView, qtbot: QtBot
) -> None:
    block = wide_block(view)
    start = Position(0, ANSWER, 1, len("short\n"))
    view.shown.selection.set(start, start._replace(offset=start.offset + 1))
    qtbot.keyClick(view, Qt.Key.Key_End, SHIFT)
    caret = view.shown.selection.caret
    assert caret is not None
    assert block.group.scroll > 0
    assert is_seen(block, caret.offset)
    qtbot.keyClick(view, Qt.Key.Key_Home, SHIFT)
    assert block.group.scroll == 0


def test_a_match_inside_a_wide_line_is_scrolled_into_view(view: TranscriptView) -> None:
    block = wide_block(view)
    view.open_find()
    view.overlays.find_bar.field.setText("needle")
    view.finder.search(view.overlays.find_bar.query)
    view.finder.finish()
    match = view.finder.current
    assert match is not None
    assert is_seen(block, match.start)
    assert is_seen(block, match.end)


def test_dragging_beyond_the_edge_scrolls_on(view: TranscriptView, qtbot: QtBot) -> None:
    block = wide_block(view)
    rect = view.character_rect(Position(0, ANSWER, 1, len("short\n") + 2))
    place = view.viewport().mapFromGlobal(rect.center())
    edge = QPoint(view.column_x + view.conversation.width - 2, place.y())
    qtbot.mousePress(view.viewport(), LEFT, pos=place)
    for step in (30, 2, 1, 0):
        qtbot.mouseMove(view.viewport(), edge - QPoint(step, 0))
    qtbot.mouseRelease(view.viewport(), LEFT, pos=edge)
    assert block.group.scroll > 0


def test_a_wide_formula_is_scrolled_too(view: TranscriptView, qtbot: QtBot) -> None:
    sum_of_many = " + ".join(f"x_{{{number}}}^{{2}}" for number in range(60))
    view.add_message(Role.ASSISTANT, f"$$\n{sum_of_many}\n$$", state=MessageState.COMPLETE)
    layout = view.conversation.layout(0).answer.layouts[0]
    assert isinstance(layout, FormulaLayout)
    view.viewport().grab()
    qtbot.waitUntil(lambda: layout.overflow > 0, timeout=20_000)
    qtbot.keyClick(view, Qt.Key.Key_Right, ALT)
    assert layout.group.scroll > 0
