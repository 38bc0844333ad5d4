"""A program on a terminal that a test types into and reads from."""

from __future__ import annotations

import fcntl
import os
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Mapping, Sequence
from typing import Self

from helpers.running_program import LIMIT, Stream, python_environment

CTRL_C = "\x03"
CTRL_D = "\x04"

ROWS, COLUMNS = 24, 100

# Makes the terminal the one that Ctrl+C speaks for, then becomes the program.
_BECOME = """
import fcntl, os, sys, termios
os.setsid()
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execvpe(sys.argv[1], sys.argv[1:], os.environ)
"""
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\r")


class PseudoTerminal:
    """A program with a keyboard and a screen; a context manager that lets nothing survive it."""

    def __init__(self, command: Sequence[str], *, environment: Mapping[str, str]) -> None:
        outside, inside = os.openpty()
        fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", "-c", _BECOME, *command],
                env={**python_environment(environment), "TERM": "xterm"},
                stdin=inside,
                stdout=inside,
                stderr=inside,
            )
        finally:
            os.close(inside)
        self._keyboard = outside
        self._screen = Stream(os.fdopen(outside, "rb", buffering=0))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self.wait()

    @property
    def text(self) -> str:
        """All that was ever on the screen, without the codes that steer it."""
        return _CONTROL.sub("", self._screen.text)

    def type(self, text: str) -> None:
        """Type; a newline is the Enter key."""
        os.write(self._keyboard, text.encode())

    def wait_for(self, words: str, *, times: int = 1) -> str:
        """Return the text once `words` have been on the screen that often."""
        return self._wait(lambda text: text.count(words) >= times, f"{times} × {words!r}")

    def wait_for_more_than(self, words: str) -> str:
        """Return the text once something stands after `words`."""
        return self._wait(lambda text: bool(text.partition(words)[2]), f"more than {words!r}")

    def wait_for_prompt(self) -> str:
        """Return the text once the next line can be typed."""
        return self._wait(lambda text: f"\n{text}".endswith("\n> "), "a prompt")

    def _wait(self, condition: Callable[[str], bool], what: str) -> str:
        self._screen.wait_for(lambda raw: condition(_CONTROL.sub("", raw)), what)
        return self.text

    @property
    def pid(self) -> int:
        """The id of the program's process."""
        return self._process.pid

    def wait(self) -> int:
        """Return the exit code once it has ended."""
        code = self._process.wait(LIMIT)
        self._screen.finish()
        return code

    def report(self) -> str:
        """Return all there is to know of it when a test fails."""
        return f"exit code: {self._process.poll()}\nscreen:\n{self.text[-8000:]}"
