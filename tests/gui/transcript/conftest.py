from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QFont

from core.models import Message, MessageState, Role
from gui.transcript.style import TranscriptStyle
from gui.transcript.view import TranscriptView

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

MakeView = Callable[..., TranscriptView]


@pytest.fixture
def make_view(qtbot: QtBot) -> MakeView:
    def make(*, width: int = 800, height: int = 600, theme: str = "light") -> TranscriptView:
        view = TranscriptView(TranscriptStyle.load(theme))
        view.setFont(QFont("DejaVu Sans", 10))
        view.resize(width, height)
        qtbot.addWidget(view)
        view.show()
        qtbot.waitExposed(view)
        return view

    return make


@pytest.fixture
def view(make_view: MakeView) -> TranscriptView:
    return make_view()


@pytest.fixture
def conversation(view: TranscriptView) -> TranscriptView:
    """Forty messages, so that there is far to scroll."""
    view.set_messages(
        Message(
            Role.ASSISTANT if number % 2 else Role.USER,
            f"Message {number}.\n\nIt says **something** of number {number}.\n\n- one\n- two\n",
        )
        for number in range(40)
    )
    return view


@pytest.fixture
def streaming(conversation: TranscriptView) -> TranscriptView:
    """The same, with an answer that has begun."""
    conversation.add_message(Role.USER, "And now?", state=MessageState.COMPLETE)
    conversation.add_message(Role.ASSISTANT, "")
    conversation.append_text("A first line.\n\n")
    conversation.pump.flush()
    return conversation
