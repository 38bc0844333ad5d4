"""How long the first word has been waited for, on a terminal that can take it back."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import Protocol

from core.reply import ReplyState

QUIET = 2.0
"""Seconds before the clock is shown."""

_ERASE_LINE = "\r\x1b[K"


class Waiting(Protocol):
    """What is waited for."""

    @property
    def state(self) -> ReplyState:
        """Where it stands."""

    @property
    def elapsed(self) -> float:
        """Seconds since it was asked for."""


class WaitingClock:
    """One line on standard error that counts the seconds and is gone before the answer.

    Nothing is shown where standard error is no terminal.
    """

    def __init__(self) -> None:
        self._timer: asyncio.TimerHandle | None = None
        self._is_shown = False

    def start(self, reply: Waiting) -> None:
        """Begin to wait for the first word of `reply`."""
        if sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
            self._timer = asyncio.get_running_loop().call_later(QUIET, self._tick, reply)

    def stop(self) -> None:
        """Take the line away; harmless when there is none."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._is_shown:
            self._is_shown = False
            self._write(_ERASE_LINE)

    def _tick(self, reply: Waiting) -> None:
        self._is_shown = True
        self._write(f"{_ERASE_LINE}{reply.state} {reply.elapsed:.0f} s")
        self._timer = asyncio.get_running_loop().call_later(1.0, self._tick, reply)

    @staticmethod
    def _write(text: str) -> None:
        if sys.stderr is not None:
            sys.stderr.write(text)
            sys.stderr.flush()
