"""A window in which answers take their time: the service says what the test tells it."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from helpers.kept_conversations import Kept, keeping
from PySide6.QtWidgets import QApplication, QPushButton

from gui.conversation_link import ConversationLink
from gui.conversation_pane import ConversationPane
from gui.conversation_view import ConversationView
from gui.transcript_link import make_transcript

CHOICES = [("demo", "Demo"), ("chatgptfree", "chatgptfree.ai"), ("ollama", "Ollama")]


class WaitingWindow:
    """The conversation's part of a window, with a clock that is put forward."""

    def __init__(self, kept: Kept) -> None:
        self.told = kept.told
        self._time = 1000.0
        self.pane = ConversationPane()
        self.pane.model_picker.set_choices(CHOICES)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.transcript = make_transcript(application)
        self.view = ConversationView(self.pane, self.transcript, clock=self._now)
        self.controller = kept.controller()
        self.link = ConversationLink(self.controller, self.pane, self.view)
        self.pane.resize(600, 600)
        self.pane.show()

    @property
    def status(self) -> str:
        """What the status line says."""
        return self.view.status.text()

    @property
    def offered(self) -> list[str]:
        """The names of the buttons below it that can be seen."""
        buttons = self.view.waiting.findChildren(QPushButton)
        return [button.text() for button in buttons if button.isVisible()]

    def put_forward(self, seconds: float) -> None:
        """Let so much time have passed for the status line, for which no other time passes."""
        self._time += seconds
        self.view.status.refresh()

    def _now(self) -> float:
        return self._time


@contextlib.asynccontextmanager
async def waiting_window() -> AsyncIterator[WaitingWindow]:
    async with keeping() as kept:
        window = WaitingWindow(kept)
        try:
            yield window
        finally:
            window.controller.stop()
            await kept.ended(window.controller)
            window.controller.close()
            window.pane.hide()
            window.pane.deleteLater()
