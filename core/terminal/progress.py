"""How far long work is, on a terminal that can take it back."""

from __future__ import annotations

import os
import shutil
import sys
import time
from typing import Self

from core.terminal.columns import fitted
from core.terminal.output import one_line

STEP = 0.1
"""Seconds between two values that are shown."""
_ERASE_LINE = "\r\x1b[K"


class ProgressLine:
    """One line on standard error that is gone at the end; nothing where that is no terminal.

    A context manager.
    """

    def __init__(self, what: str) -> None:
        self._what = one_line(what)
        self._shown_at = 0.0
        self._is_possible = (
            sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown_at:
            self._write(_ERASE_LINE)

    def show(self, done: int, of: int) -> None:
        """Show that `done` parts of so many are done."""
        now = time.monotonic()
        if not self._is_possible or now - self._shown_at < STEP:
            return
        self._shown_at = now
        line = f"{100 * done // max(of, 1)} %  {self._what}"
        columns = shutil.get_terminal_size().columns
        self._write(_ERASE_LINE + fitted(line, max(columns - 1, 1)))

    @staticmethod
    def _write(text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()
