"""Says where the reply stands, in one quiet line."""

from __future__ import annotations

import time
from enum import StrEnum

from PySide6.QtCore import QLocale, Qt, QTimer, Slot
from PySide6.QtWidgets import QLabel, QWidget

_CLOCK_MILLISECONDS = 1000
_COUNT_MILLISECONDS = 250


class Phase(StrEnum):
    """Where a reply stands, as far as a person is told."""

    NONE = ""
    CONNECTING = "connecting"
    WAITING = "waiting"
    STREAMING = "streaming"
    COMPLETE = "complete"
    STOPPED = "stopped"
    CUT = "cut"
    FAILED = "failed"


class ReplyStatus(QLabel):
    """Connecting, waiting for so long, so many characters, done.

    Its timer runs while there is something to count, and at no other time.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._phase = Phase.NONE
        self._count = 0
        self._asked_at = 0.0
        self._phase_at = 0.0

        self.setObjectName("replyStatus")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self._timer = QTimer(self)

        self._timer.timeout.connect(self._refresh)

    @property
    def phase(self) -> Phase:
        """What is shown now."""
        return self._phase

    @property
    def is_ticking(self) -> bool:
        """Whether something is being counted."""
        return self._timer.isActive()

    def set_phase(self, phase: Phase) -> None:
        """Show where the reply stands now; a new one begins with CONNECTING."""
        self._phase_at = time.monotonic()
        if phase is Phase.CONNECTING:
            self._asked_at = self._phase_at
            self._count = 0
        self._phase = phase
        if phase in {Phase.CONNECTING, Phase.WAITING}:
            self._timer.start(_CLOCK_MILLISECONDS)
        elif phase is Phase.STREAMING:
            self._timer.start(_COUNT_MILLISECONDS)
        else:
            self._timer.stop()
        self._refresh()

    def count(self, characters: int) -> None:
        """Add to what has been answered; shown at the next tick."""
        self._count += characters

    @Slot()
    def _refresh(self) -> None:
        self.setText(self._sentence())

    def _sentence(self) -> str:
        now = time.monotonic()
        waited = int(now - self._phase_at)
        match self._phase:
            case Phase.CONNECTING:
                text = self._with_clock(self.tr("Connecting…"), waited)
            case Phase.WAITING:
                text = self._with_clock(self.tr("Waiting for the first word…"), waited)
            case Phase.STREAMING:
                text = self.tr("Answering: %Ln characters", "", self._count)
            case Phase.COMPLETE:
                text = self._total(now)
            case Phase.STOPPED:
                text = self.tr("Stopped after %Ln characters", "", self._count)
            case Phase.CUT:
                text = self.tr("Cut off after %Ln characters", "", self._count)
            case _:
                text = ""
        return text

    def _with_clock(self, text: str, seconds: int) -> str:
        if seconds < 1:
            return text
        return self.tr("{text} {seconds} s").format(text=text, seconds=seconds)

    def _total(self, now: float) -> str:
        seconds = QLocale().toString(now - self._asked_at, "f", 1)
        text = self.tr("Done: %Ln characters in {seconds} s", "", self._count)
        return text.format(seconds=seconds)
