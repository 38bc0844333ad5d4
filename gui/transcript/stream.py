"""What arrives for the message that is open, and how a finished one is opened again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from core.models import MessageState, Role
from gui.transcript.engine import MarkdownStream
from gui.transcript.pump import Pump

if TYPE_CHECKING:
    from gui.transcript.announcer import Announcer
    from gui.transcript.model import TranscriptMessage
    from gui.transcript.view import TranscriptView

_PAUSE = 50
"""Milliseconds without text after which a short line is shown that waits for the next one."""
_READ_AT_ONCE = 6_000
"""Characters of a message opened again that are read in one go, some 9 ms."""


class Stream(QObject):
    """Hands text on to the open message, at most once a frame.

    A finished message that is opened again has to be read anew, so that more can follow. That goes
    in slices; what comes meanwhile waits, and what is shown of the message stays as it is.
    """

    def __init__(self, view: TranscriptView, announcer: Announcer) -> None:
        super().__init__(view)
        self._view = view
        self._announcer = announcer
        self._message: TranscriptMessage | None = None
        self._reader: MarkdownStream | None = None
        self._read = 0
        self._held: list[tuple[str, str]] = []

        self.pump = Pump(self._take, self)
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self._on_timeout)
        self._pause.timeout.connect(self._on_pause_timeout)

    # -- the open message

    @property
    def message(self) -> TranscriptMessage | None:
        """The message that is open, if there is one."""
        return self._message

    @property
    def is_reading(self) -> bool:
        """Whether a message that was opened again is being read."""
        return self._reader is not None

    def begin(self, message: TranscriptMessage) -> None:
        """Take `message`, the one that is open now."""
        if message is self._message:
            return
        self.clear()
        self._message = message

    def clear(self) -> None:
        """Forget what waits; no message is open any more."""
        self.pump.clear()
        self._timer.stop()
        self._pause.stop()
        self._held.clear()
        self._reader = None
        self._message = None

    def flush(self) -> None:
        """Show now all that has come."""
        self.pump.flush()
        while self._reader is not None:
            self._read_slice()

    def end(self, state: MessageState) -> None:
        """Close the open message. Nothing moves."""
        self.flush()
        message, self._message = self._message, None
        index = -1 if message is None else self._view.index_of_message(message)
        if message is None or index < 0 or not message.is_open:
            return
        message.state = state
        self._view.conversation.layout(index).finish()
        self._view.refresh_from(index, 0)
        if message.role is not Role.USER:
            self._announcer.announce(self._view.commands.announcement(message))

    def _take(self, reasoning: str, text: str) -> None:
        message = self._message
        if message is None:
            return
        if self._reader is not None:
            self._held.append((reasoning, text))
            return
        view = self._view
        index = view.index_of_message(message)
        layout = view.conversation.layout(index)
        dirty = layout.height
        if reasoning:
            is_first = not message.has_reasoning
            message.append_reasoning(reasoning)
            dirty = layout.header if is_first else layout.feed_reasoning(reasoning)
        if text:
            self._announcer.text_arrives(index)
            message.append_text(text)
            dirty = min(dirty, layout.feed_text(text))
        view.refresh_from(index, dirty)
        if text:
            self._announcer.text_arrived(index)
            view.finder.text_added(index)
            self._pause.start()
        view.note_arrival()

    def _on_pause_timeout(self) -> None:
        message = self._message
        index = -1 if message is None else self._view.index_of_message(message)
        if index < 0:
            return
        self._announcer.text_arrives(index)
        layout = self._view.conversation.layout(index)
        before = layout.height
        dirty = layout.reveal()
        if dirty < max(before, layout.height):
            self._view.refresh_from(index, dirty)
            self._announcer.text_arrived(index)

    # -- a message that is opened again

    def reopen(self, message: TranscriptMessage) -> None:
        """Let a finished message grow again; what is shown of it stays until more comes."""
        self.begin(message)
        message.state = MessageState.STREAMING
        self._reader = MarkdownStream()
        self._read = 0
        self._read_slice()

    def _read_slice(self) -> None:
        message, reader = self._message, self._reader
        if message is None or reader is None:
            return
        text = message.text
        reader.feed(text[self._read : self._read + _READ_AT_ONCE])
        self._read += _READ_AT_ONCE
        if self._read < len(text):
            self._timer.start()
            return
        self._timer.stop()
        self._reader = None
        index = self._view.index_of_message(message)
        self._view.conversation.layout(index).reopen(reader)
        held, self._held = self._held, []
        for reasoning, more in held:
            self._take(reasoning, more)

    def _on_timeout(self) -> None:
        self._read_slice()
