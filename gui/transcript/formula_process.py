"""The process that draws formulas, seen from this side: started late, ended when idle or slow."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Sequence

from gui.transcript.typesetting import Formula, FormulaKey, answer, question

logger = logging.getLogger(__name__)

MAX_SECONDS = 6.0
"""Time for one formula by the clock; the process itself gives one up after less work."""
START_SECONDS = 20.0
"""Time for the process to be ready, on a machine that is busy with other things."""
FROZEN_COMMAND = "typeset-formulas"
"""What the packaged program is started with, for it has no interpreter to start a module with."""


def own_command() -> list[str]:
    """Return the command line of the process that this program brings."""
    if getattr(sys, "frozen", False):
        return [sys.executable, FROZEN_COMMAND]
    return [sys.executable, "-P", "-m", "gui.transcript.typesetting"]


class FormulaProcess:
    """Draws one formula after the other; called from one thread, and closed from another."""

    def __init__(self, command: Sequence[str] | None = None) -> None:
        """`command` starts another program that draws; None for our own."""
        self._command = own_command() if command is None else command
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._is_closed = False

    @property
    def is_running(self) -> bool:
        """Whether there is a process."""
        return self._process is not None

    def draw(self, key: FormulaKey) -> Formula | None:
        """Return a drawing, or None where there can be none; blocks for up to its time.

        A process that is given up is replaced when the next formula is asked for.
        """
        line = self._ask(question(key))
        return answer(line) if line else None

    def rest(self) -> None:
        """End the process until the next formula."""
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            _end(process)

    def close(self) -> None:
        """End the process, for good."""
        with self._lock:
            self._is_closed = True
        self.rest()

    def _ask(self, line: bytes) -> bytes:
        process = self._running()
        if process is None or process.stdin is None:
            return b""
        try:
            process.stdin.write(line)
            process.stdin.flush()
            reply = _line_of(process, MAX_SECONDS)
        except (OSError, ValueError):  # it has died, or was closed in the middle
            reply = b""
        if not reply:
            logger.debug("a formula is not drawn: its process gave no answer")
            self.rest()
        return reply

    def _running(self) -> subprocess.Popen[bytes] | None:
        with self._lock:
            if self._is_closed or self._process is not None:
                return self._process
            try:
                process = self._process = _started(self._command)
            except OSError:
                process = None
        if process is not None and _line_of(process, START_SECONDS) == b"ready\n":
            return process
        if not self._is_closed:
            logger.warning("formulas are shown as their source: their process does not start")
            self.close()
        return None


def _started(command: Sequence[str]) -> subprocess.Popen[bytes]:
    # The same modules as here, wherever they were found.
    path = os.pathsep.join(place for place in sys.path if place)
    return subprocess.Popen(  # noqa: S603 - our own program
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": path},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # Windows alone has it
    )


def _line_of(process: subprocess.Popen[bytes], seconds: float) -> bytes:
    """Return the next line, or nothing when the process takes too long for it, and so is ended."""
    if process.stdout is None:
        return b""
    timer = threading.Timer(seconds, process.kill)
    timer.daemon = True
    timer.start()
    try:
        line = process.stdout.readline()
    except ValueError:  # closed meanwhile
        return b""
    finally:
        timer.cancel()
    return line if line.endswith(b"\n") else b""


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except OSError:  # what was not written yet cannot be written any more
                continue
