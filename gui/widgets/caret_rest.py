"""Lets the caret stop blinking when nobody writes, so that an idle window does nothing at all."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QWidget

REST_MILLISECONDS = 10_000

_SIGNS_OF_LIFE = {QEvent.Type.KeyPress, QEvent.Type.FocusIn, QEvent.Type.InputMethod}


class CaretRest(QObject):
    """Watches one text field; its caret stays visible, but no longer blinks, after ten seconds."""

    def __init__(self, field: QWidget, *, after: int = REST_MILLISECONDS) -> None:
        super().__init__(field)
        self._flash_time = QApplication.cursorFlashTime()
        self._is_resting = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(after)

        self._timer.timeout.connect(self._rest)
        field.installEventFilter(self)
        if field.hasFocus():
            self._timer.start()

    @property
    def is_resting(self) -> bool:
        """Whether the caret stands still."""
        return self._is_resting

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin to count anew with everything that is typed."""
        if event.type() in _SIGNS_OF_LIFE:
            self._wake()
            self._timer.start()
        elif event.type() == QEvent.Type.FocusOut:
            # The time is the application's: other fields blink as they are used to.
            self._timer.stop()
            self._wake()
        return super().eventFilter(watched, event)

    @Slot()
    def _rest(self) -> None:
        self._is_resting = True
        QApplication.setCursorFlashTime(0)

    def _wake(self) -> None:
        if self._is_resting:
            self._is_resting = False
            QApplication.setCursorFlashTime(self._flash_time)
