"""Ctrl+C, and a polite request of the system to end."""

from __future__ import annotations

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


class Interrupts(QObject):
    """Tells when the process is asked to end.

    Python runs a signal's handler only between two of its own instructions, and under Qt's loop
    there may be none for hours: a byte on a socket wakes it up.

    Signals:
        interrupted: the process was asked to end.
    """

    interrupted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader, self._writer = socket.socketpair()
        for end in (self._reader, self._writer):
            end.settimeout(0)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_notifier_activated)
        self._wakeup_before = signal.set_wakeup_fd(
            self._writer.fileno(),
            warn_on_full_buffer=False,
        )
        numbers = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
        self._before = {number: signal.signal(number, _ignore) for number in numbers}

    def close(self) -> None:
        """Let signals do again what they did before."""
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._wakeup_before)
        self._notifier.setEnabled(False)
        self._reader.close()
        self._writer.close()

    @Slot()
    def _on_notifier_activated(self) -> None:
        try:
            self._reader.recv(64)
        except BlockingIOError:
            return
        self.interrupted.emit()


def _ignore(_number: int, _frame: FrameType | None) -> None:
    """Do nothing: the byte that the interpreter wrote does the rest."""
