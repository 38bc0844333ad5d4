"""Collects what comes of an answer, and hands it on once a frame."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from core.events import ReasoningDelta, TextDelta

FRAME_MILLISECONDS = 16


class FrameBatch(QObject):
    """Pieces between two frames; its timer runs only while some come: an idle window is idle.

    Signals:
        due: it is time to `take` what has come.
    """

    due = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pieces: list[TextDelta | ReasoningDelta] = []
        self._frame = QTimer(self)
        self._frame.setInterval(FRAME_MILLISECONDS)
        self._frame.setTimerType(Qt.TimerType.PreciseTimer)

        self._frame.timeout.connect(self._on_frame_timeout)

    def add(self, piece: TextDelta | ReasoningDelta) -> None:
        """Keep a piece for the next frame."""
        self._pieces.append(piece)
        if not self._frame.isActive():
            self._frame.start()

    def take(self) -> tuple[str, str]:
        """Return the reasoning and the text since the last time, and forget them."""
        pieces, self._pieces = self._pieces, []
        reasoning = "".join(piece.text for piece in pieces if isinstance(piece, ReasoningDelta))
        text = "".join(piece.text for piece in pieces if isinstance(piece, TextDelta))
        return reasoning, text

    def stop(self) -> None:
        """Expect no more."""
        self._frame.stop()

    @Slot()
    def _on_frame_timeout(self) -> None:
        if not self._pieces:
            self._frame.stop()
        else:
            self.due.emit()
