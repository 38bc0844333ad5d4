"""Says in one sentence what went wrong, and offers what can be done."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from core.errors import (
    BrowserCheckError,
    ChatError,
    ConnectionFailedError,
    ContextLengthError,
    Fault,
    InvalidPromptError,
    PageFormatError,
    ProviderError,
    RateLimitError,
    StorageError,
)
from gui.clipboard import copy_plain
from gui.metrics import metrics
from gui.sentences import translated_sentence
from gui.widgets.elsewhere_button import Choices, ElsewhereButton
from gui.widgets.flow_layout import FlowLayout

_TICK_MILLISECONDS = 1000
_LONGEST_SENTENCE = 600
"""Characters; a service's own words may be a whole page. The details have all of them."""

_FOR_THE_SETTINGS = frozenset(
    {
        Fault.KEY_MISSING,
        Fault.KEY_REFUSED,
        Fault.FORBIDDEN,
        Fault.MODEL_GONE,
        Fault.NO_SERVICE_HERE,
        Fault.COUNTRY_BLOCKED,
        Fault.UNKNOWN_MODEL,
        Fault.BAD_ADDRESS,
        Fault.TLS,
        Fault.OTHER_CERTIFICATE,
        Fault.CA_FILE,
        Fault.PROXY,
        Fault.PROXY_PASSWORD,
        Fault.PROXY_ADDRESS,
        Fault.SETTING,
        Fault.KEY_STORE,
        Fault.KEY_STORE_LOCKED,
        Fault.KEY_STORE_MISSING,
        Fault.KEY_STORE_SILENT,
        Fault.KEY_FILE,
        Fault.UNKNOWN_PROFILE,
        Fault.SETTINGS_BROKEN,
        Fault.SETTINGS_UNREADABLE,
    }
)
_FOR_A_DIAGNOSIS = (ConnectionFailedError, BrowserCheckError, PageFormatError)
_ALSO_FOR_A_DIAGNOSIS = frozenset({Fault.NO_SERVICE_HERE, Fault.HTML_ANSWER, Fault.FORBIDDEN})
_OURS = (StorageError, InvalidPromptError)
"""What no other service does better."""


def _never() -> bool:
    return False


class ErrorRow(QFrame):
    """A card with a sentence and what can be done about it; hidden while nothing is wrong.

    Signals:
        retry_requested: the user wants the question asked again.
        settings_requested: the user wants to see what is set for this service.
        diagnosis_requested: the user wants to know where on the way it fails.
        trim_requested: the user wants less of the conversation sent, and an answer to that.
        elsewhere_requested: the user wants this profile asked the same.
    """

    retry_requested = Signal()
    settings_requested = Signal()
    diagnosis_requested = Signal()
    trim_requested = Signal()
    elsewhere_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._error: ChatError | None = None
        self._ready_at = 0.0
        self._can_trim: Callable[[], bool] = _never

        self.setObjectName("errorRow")
        self._text = QLabel()
        self._text.setObjectName("errorText")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._wait = QLabel()
        self._wait.setObjectName("errorWait")
        self.retry_button = self._button("retryButton", self.tr("Retry"))
        self.trim_button = self._button("trimButton", self.tr("Leave out the oldest and ask again"))
        self.settings_button = self._button("openSettingsButton", self.tr("Open settings"))
        self.diagnose_button = self._button("diagnoseButton", self.tr("Diagnose"))
        self.elsewhere_button = ElsewhereButton()
        self.elsewhere_button.setObjectName("errorElsewhereButton")
        self.copy_button = self._button("copyDetailsButton", self.tr("Copy details"))
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MILLISECONDS)
        self.hide()

        buttons = FlowLayout()
        for button in (
            self.retry_button,
            self.trim_button,
            self.settings_button,
            self.diagnose_button,
            self.elsewhere_button,
            self.copy_button,
        ):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        padding = metrics().composer_padding
        layout.setContentsMargins(metrics().message_padding, padding, padding, padding)
        layout.setSpacing(metrics().space_medium)
        layout.addWidget(self._text)
        layout.addWidget(self._wait)
        layout.addLayout(buttons)

        self.retry_button.clicked.connect(self.retry_requested)
        self.trim_button.clicked.connect(self.trim_requested)
        self.settings_button.clicked.connect(self.settings_requested)
        self.diagnose_button.clicked.connect(self.diagnosis_requested)
        self.elsewhere_button.chosen.connect(self.elsewhere_requested)
        self.copy_button.clicked.connect(self._on_copy_button_clicked)
        self._timer.timeout.connect(self._count_down)

    @property
    def is_ticking(self) -> bool:
        """Whether a countdown runs."""
        return self._timer.isActive()

    def sentence(self) -> str:
        """Return what the row says; empty while nothing is wrong."""
        return self._text.text() if self._error is not None else ""

    def set_choices(self, choices: Choices) -> None:
        """Offer what `choices` gives as the others that may be asked."""
        self.elsewhere_button.set_choices(choices)

    def set_can_trim(self, can_trim: Callable[[], bool]) -> None:
        """Offer to send less where `can_trim` says that there is something to leave out."""
        self._can_trim = can_trim

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
        self._offer(error)
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

    def _offer(self, error: ChatError) -> None:
        """Show the buttons that this error makes sense of."""
        self.trim_button.setVisible(isinstance(error, ContextLengthError) and self._can_trim())
        self.settings_button.setVisible(error.fault in _FOR_THE_SETTINGS)
        self.diagnose_button.setVisible(
            isinstance(error, _FOR_A_DIAGNOSIS) or error.fault in _ALSO_FOR_A_DIAGNOSIS
        )
        self.elsewhere_button.offer(not isinstance(error, _OURS))

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
        copy_plain(self.details())

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setProperty("kind", "plain")
        button.setAutoDefault(False)
        return button
