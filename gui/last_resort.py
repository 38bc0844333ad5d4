"""What happens to an exception that nobody expected: it is logged and shown, and we go on."""

from __future__ import annotations

import asyncio
import logging
import platform
import sys
import traceback
from types import TracebackType
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot, qVersion

from core import __version__
from core.redacted_output import redacted_traceback
from gui.error_window import ErrorWindow

_log = logging.getLogger(__name__)
_MOST_REPORTS = 20
"""An error that comes with every frame must not fill the memory."""


class LastResort(QObject):
    """The handlers of unexpected exceptions: the interpreter's and the loop's.

    The log gets the exception's type and place, never its text, which might quote a message. The
    window shows its text, too. Neither shows a key.
    """

    _reported = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self._window: ErrorWindow | None = None
        self._hook_before = sys.excepthook
        # Queued, for an exception may come from another thread or from within a paint event.
        self._reported.connect(self._show, Qt.ConnectionType.QueuedConnection)

    @property
    def window(self) -> ErrorWindow | None:
        """The error window; None while nothing went wrong."""
        return self._window

    def install(self, loop: asyncio.AbstractEventLoop) -> None:
        """Take all exceptions that nobody caught, from now on."""
        sys.excepthook = self._on_uncaught
        loop.set_exception_handler(self._on_loop_error)

    def remove(self) -> None:
        """Give the interpreter its own handler back, and close the window."""
        sys.excepthook = self._hook_before
        if self._window is not None:
            self._window.close()

    def _on_uncaught(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._hook_before(kind, error, trace)
            return
        self._report(error, "an exception was not caught")

    def _on_loop_error(
        self,
        _loop: asyncio.AbstractEventLoop,
        context: dict[str, Any],
    ) -> None:
        message = str(context.get("message", ""))
        error = context.get("exception")
        if isinstance(error, BaseException):
            self._report(error, message)
        else:
            _log.error("the loop reports: %s", message)

    def _report(self, error: BaseException, message: str) -> None:
        places = "".join(traceback.format_tb(error.__traceback__))
        # asyncio's own message may quote the arguments of a call.
        _log.error("not caught: %s\n%s", type(error).__name__, places)
        self._count += 1
        if self._count <= _MOST_REPORTS:
            lines = redacted_traceback(error)
            system = f"Beseda {__version__}, Qt {qVersion()}, Python {platform.python_version()}"
            self._reported.emit(f"{system}, {platform.system()}\n{message}\n{lines}")

    @Slot(str)
    def _show(self, report: str) -> None:
        if self._window is None:
            self._window = ErrorWindow()
        self._window.add_report(report)
