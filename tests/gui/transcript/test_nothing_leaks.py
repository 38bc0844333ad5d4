from __future__ import annotations

import gc
import sys
from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextDocument

from core.models import Message, MessageState, Role
from gui.transcript.message_layout import MessageLayout
from gui.transcript.model import TranscriptMessage
from gui.transcript.segment_layout import SegmentLayout

if TYPE_CHECKING:
    from gui.transcript.view import TranscriptView

REPLY = (
    "# Title\n\nSome **text** and `code`.\n\n- one\n- two\n\n"
    "```python\nx = 1\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
)


def counted() -> Counter[str]:
    gc.collect()
    kinds = (QTextDocument, MessageLayout, SegmentLayout, TranscriptMessage)
    found: Counter[str] = Counter()
    for thing in gc.get_objects():
        for kind in kinds:
            if isinstance(thing, kind):
                found[kind.__name__] += 1
    return found


def stream(view: TranscriptView) -> None:
    view.add_message(Role.ASSISTANT, "")
    for at in range(0, len(REPLY), 40):
        view.append_text(REPLY[at : at + 40])
        view.pump.flush()
    view.end_message(MessageState.COMPLETE)


def test_a_thousand_streamed_replies_leave_nothing_behind(view: TranscriptView) -> None:
    for _ in range(3):
        stream(view)
        view.remove_last_message()
    before = counted()
    for _ in range(1000):
        stream(view)
        view.remove_last_message()
    assert counted() == before


def test_a_long_conversation_keeps_only_what_is_near_the_screen(view: TranscriptView) -> None:
    before = counted()  # of windows that other tests have not let go of yet
    view.set_messages(Message(Role.ASSISTANT, REPLY) for _ in range(500))
    for index in range(0, 500, 5):
        view.show_message(index)
        view.background.finish()
    view.background.tidy()
    found = counted() - before
    assert found["QTextDocument"] < 200
    assert found["MessageLayout"] < 120


def test_calls_that_return_nothing_cost_no_references(view: TranscriptView) -> None:
    stream(view)

    def call() -> None:
        for _ in range(200):
            view.viewport().update()
            view.refresh()
            view.moved.emit()

    call()
    none, true = sys.getrefcount(None), sys.getrefcount(True)
    call()
    assert abs(sys.getrefcount(None) - none) < 50
    assert abs(sys.getrefcount(True) - true) < 50
