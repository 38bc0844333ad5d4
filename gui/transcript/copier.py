"""Copying without a pause, however much it is: rendered between frames, then handed on."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from gui.clipboard import CopiedText
    from gui.transcript.rich_copy import Steps

AT_ONCE = 4_000
"""Characters that are copied before the key is up again; what is longer is copied in slices."""
SLICE = 0.004
"""Seconds of one slice."""


class Copier(QObject):
    """Renders one text at a time, in slices; a new one takes the place of the one before.

    Whoever leaves for another program, to paste there, finds all of it: then the rest is rendered
    at once.

    Signals:
        copied: a text is rendered in all its forms, to be put on the clipboard.
    """

    copied = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps: Steps | None = None
        self.characters = 0
        """How many were rendered since the last `copy`."""

        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._on_timeout)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._on_application_state_changed)
            application.aboutToQuit.connect(self.finish)

    @property
    def is_busy(self) -> bool:
        """Whether something is still to be rendered."""
        return self._steps is not None

    def copy(self, steps: Steps) -> None:
        """Copy what `steps` render; at once if it is little."""
        self._timer.stop()
        self._steps = steps
        self.characters = 0
        while self.is_busy and self.characters < AT_ONCE:
            self._advance()
        if self.is_busy:
            self._timer.start()

    def finish(self) -> None:
        """Render what is left, now."""
        self._timer.stop()
        while self.is_busy:
            self._advance()

    def _advance(self) -> None:
        if self._steps is None:
            return
        try:
            self.characters += next(self._steps)
        except StopIteration as end:
            self._steps = None
            text: CopiedText = end.value
            self.copied.emit(text)

    def _on_timeout(self) -> None:
        end = perf_counter() + SLICE
        while self.is_busy and perf_counter() < end:
            self._advance()
        if self.is_busy:
            self._timer.start()

    def _on_application_state_changed(self, state: Qt.ApplicationState) -> None:
        if state is not Qt.ApplicationState.ApplicationActive:
            self.finish()
