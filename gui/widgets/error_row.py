"""Says in one sentence what went wrong, and offers what can be done."""

from __future__ import annotations

import math
import time

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.errors import ChatError, ProviderError, RateLimitError
from gui.metrics import metrics
from gui.sentences import translated_sentence

_TICK_MILLISECONDS = 1000
_LONGEST_SENTENCE = 600
"""Characters; a service's own words may be a whole page. The details have all of them."""


class ErrorRow(QFrame):
    """A card with a sentence, Retry, and Copy details; hidden while nothing is wrong.

    Signals:
        retry_requested: the user wants the question asked again.
    """

    retry_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._error: ChatError | None = None
        self._ready_at = 0.0

        self.setObjectName("errorRow")
        self._text = QLabel()
        self._text.setObjectName("errorText")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._wait = QLabel()
        self._wait.setObjectName("errorWait")
        self.retry_button = self._button("retryButton", self.tr("Retry"))
        self.copy_button = self._button("copyDetailsButton", self.tr("Copy details"))
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MILLISECONDS)
        self.hide()

        buttons = QHBoxLayout()
        buttons.setSpacing(metrics().space_medium)
        buttons.addWidget(self.retry_button)
        buttons.addWidget(self.copy_button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        padding = metrics().composer_padding
        layout.setContentsMargins(metrics().message_padding, padding, padding, padding)
        layout.setSpacing(metrics().space_medium)
        layout.addWidget(self._text)
        layout.addWidget(self._wait)
        layout.addLayout(buttons)

        self.retry_button.clicked.connect(self.retry_requested)
        self.copy_button.clicked.connect(self._on_copy_button_clicked)
        self._timer.timeout.connect(self._count_down)

    @property
    def is_ticking(self) -> bool:
        """Whether a countdown runs."""
        return self._timer.isActive()

    def sentence(self) -> str:
        """Return what the row says; empty while nothing is wrong."""
        return self._text.text() if self._error is not None else ""

    def show_error(self, error: ChatError) -> None:
        """Show what went wrong; a rate limit that says how long it lasts is counted down."""
        self._error = error
        text = translated_sentence(error)
        if len(text) > _LONGEST_SENTENCE:
            text = f"{text[:_LONGEST_SENTENCE]}…"
        self._text.setText(text)
        self.setAccessibleName(text)
        wait = error.retry_after if isinstance(error, RateLimitError) else None
        if wait:
            self._ready_at = time.monotonic() + wait
            self._timer.start()
        self._wait.setVisible(bool(wait))
        self._count_down()
        self.show()

    @Slot()
    def clear(self) -> None:
        """Hide the row: nothing is wrong any more."""
        self._error = None
        self._timer.stop()
        self.hide()

    def details(self) -> str:
        """Return the error as somebody who helps needs it; no message of the user's is in it."""
        error = self._error
        if error is None:
            return ""
        lines = [self._text.text(), f"{type(error).__name__}: {error.fault}"]
        if isinstance(error, ProviderError) and error.status is not None:
            lines.append(f"HTTP {error.status}")
        lines += [f"{name}: {value}" for name, value in error.data.items() if name != "status"]
        if error.message:
            lines.append(error.message)
        return "\n".join(lines)

    def minimumSizeHint(self) -> QSize:
        """Return a size that any window has room for."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), metrics().window_minimum_width // 2), hint.height())

    @Slot()
    def _count_down(self) -> None:
        seconds = math.ceil(self._ready_at - time.monotonic())
        if seconds <= 0:
            self._timer.stop()
            self._wait.hide()
            return
        minutes, rest = divmod(seconds, 60)
        clock = f"{minutes}:{rest:02}"
        self._wait.setText(self.tr("Free again in {clock}").format(clock=clock))

    @Slot()
    def _on_copy_button_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self.details())

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setProperty("kind", "plain")
        button.setAutoDefault(False)
        return button
