"""A quiet line on why an answer takes another way."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from core.errors import ChatError
from gui.metrics import metrics
from gui.sentences import translated_sentence

_LONGEST_SENTENCE = 300
"""Characters; a service's own words may be a whole page."""


class ReplyNote(QLabel):
    """Says why it is tried again, and who answers in whose place; hidden while it says nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._change = ""
        self._retry = ""

        self.setObjectName("replyNote")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("kind", "hint")
        self.setContentsMargins(metrics().message_padding, 0, metrics().space_medium, 0)
        self.hide()

    def show_retry(self, error: ChatError) -> None:
        """Say why the same service is asked again."""
        self._retry = _short(error)
        self._show()

    def end_retry(self) -> None:
        """Say no more of an attempt that has begun."""
        self._retry = ""
        self._show()

    def show_change(self, error: ChatError, name: str) -> None:
        """Say why `name` answers."""
        text = self.tr("{sentence} {name} answers instead.")
        self._change = text.format(sentence=_short(error), name=name)
        self._show()

    def clear(self) -> None:
        """Say nothing: another question is asked."""
        self._change = self._retry = ""
        self._show()

    def _show(self) -> None:
        text = "\n".join(line for line in (self._change, self._retry) if line)
        if text != self.text():
            self.setText(text)
        self.setVisible(bool(text))


def _short(error: ChatError) -> str:
    text = translated_sentence(error)
    return text if len(text) <= _LONGEST_SENTENCE else f"{text[:_LONGEST_SENTENCE]}…"
