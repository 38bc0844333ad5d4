"""Gets the window onto the screen before anything else is loaded."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QEventLoop

from gui.main_window import MainWindow

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

_TRACE_VARIABLE = "BESEDA_TRACE"
_LONGEST_WAIT = 3_000
"""Milliseconds; a window that is hidden at once (minimised, another desktop) is never painted."""


def show_at_once(application: QApplication, window: MainWindow) -> None:
    """Show the window, and return when it is painted; keys and clicks wait until later."""
    clock = QElapsedTimer()
    clock.start()
    window.show()
    flags = QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents
    flags |= QEventLoop.ProcessEventsFlag.WaitForMoreEvents
    wake = application.startTimer(_LONGEST_WAIT)
    while not window.is_painted and not clock.hasExpired(_LONGEST_WAIT):
        application.processEvents(flags)
    if window.is_painted and os.environ.get(_TRACE_VARIABLE) == "startup":
        _trace()
    application.killTimer(wake)


def _trace() -> None:
    """Say when the first frame was painted: the system's monotonic clock, in nanoseconds."""
    if sys.stderr is not None:
        sys.stderr.write(f"painted {time.monotonic_ns()}\n")
        sys.stderr.flush()
