"""Writing to a terminal, a file or a pipe: safely, in batches, and quietly when it is closed."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from typing import TextIO

# A terminal obeys what stands between these codes: colours at best, typed commands at worst.
# Others turn the direction of what follows, so that it reads differently from what it is.
_CONTROL = "[\0-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]"
_LONGEST_NOTE = 2000

PIPE_CLOSED = 141
"""What a shell sees of a program that a closed pipe has ended: 128 + SIGPIPE."""


def without_controls(text: str) -> str:
    """Return `text` without the characters that steer a terminal; newline and tab stay."""
    return re.sub(_CONTROL, "", text)


def prepare_streams() -> None:
    """Make standard streams take any text, whatever the system's encoding."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if not hasattr(stream, "reconfigure"):
            continue
        stream.reconfigure(errors="replace")
        if sys.platform == "win32":
            # Pipes get the language's old code page otherwise, which lacks most letters.
            stream.reconfigure(encoding="utf-8")
        elif not os.get_blocking(stream.fileno()):
            # Left so by another program on the same terminal; text would be lost.
            os.set_blocking(stream.fileno(), True)


def note(text: str, *, dim: bool = False) -> None:
    """Write one line to standard error, whatever `text` holds."""
    _tell(one_line(text[:_LONGEST_NOTE]), dim=dim)


def recall(text: str) -> None:
    """Write what was said before to standard error, quietly, with its lines as they are."""
    _tell(without_controls(text), dim=True)


def one_line(text: str) -> str:
    """Return `text` as it can stand in a column, or in a line of its own."""
    return without_controls(" ".join(text.split()))


def takes_colour(stream: TextIO) -> bool:
    """Whether codes for bold and dim may be written to `stream`."""
    if "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb":
        return False
    return stream.isatty()


def _tell(text: str, *, dim: bool) -> None:
    stream = sys.stderr
    if stream is None:
        return
    if dim and takes_colour(stream):
        text = f"\x1b[2m{text}\x1b[0m"
    try:
        print(text, file=stream, flush=True)
    except OSError:
        _let_go(stream)


def flush_at_end(code: int) -> int:
    """Write what is left in standard output, and return the exit code, which that may change."""
    if sys.stdout is None:
        return code
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _let_go(sys.stdout)
        return PIPE_CLOSED
    except OSError as exc:
        _let_go(sys.stdout)
        note(f"The output could not be written: {exc.strerror}.")
        return 1
    return code


class Output:
    """Standard output while an answer streams into it.

    Pieces are written together when the loop gets its next turn. Once writing has failed,
    `failure` is set, nothing more is written, and `on_failure` has been called.
    """

    def __init__(self, stream: TextIO | None = None) -> None:
        self.failure: OSError | None = None
        self.on_failure: Callable[[], object] | None = None
        self._stream = stream or sys.stdout
        self.is_terminal = self._stream is not None and self._stream.isatty()
        """Whether a person reads it as it comes."""
        self._pending: list[str] = []
        self._is_scheduled = False
        self._at_line_start = True

    def write(self, text: str, *, bold: bool = False) -> None:
        """Add to the next batch; `bold` on a terminal alone."""
        if self.is_terminal:
            text = without_controls(text)
            if bold and takes_colour(self._stream):
                text = f"\x1b[1m{text}\x1b[22m"
        self._pending.append(text)
        if not self._is_scheduled:
            self._is_scheduled = True
            import asyncio  # noqa: PLC0415 - 0.05 s that a window must not wait for

            asyncio.get_running_loop().call_soon(self.flush)

    def end_line(self) -> None:
        """Write what is left, and a newline unless one has just been written."""
        self.flush()
        if not self._at_line_start:
            self._pending.append("\n")
            self.flush()

    def flush(self) -> None:
        """Write what was added so far."""
        self._is_scheduled = False
        text = "".join(self._pending)
        self._pending.clear()
        if not text or self.failure is not None or self._stream is None:
            return
        try:
            self._stream.write(text)
            self._stream.flush()
        except OSError as exc:
            self.failure = exc
            _let_go(self._stream)
            if self.on_failure is not None:
                self.on_failure()
        self._at_line_start = text.endswith("\n")

    def failure_code(self) -> int:
        """Return the exit code for a failed output, having said why unless it is a closed pipe."""
        if isinstance(self.failure, BrokenPipeError):
            return PIPE_CLOSED
        note(f"The output could not be written: {self.failure and self.failure.strerror}.")
        return 1


def _let_go(stream: TextIO) -> None:
    """Let the interpreter's own last flush of `stream` go nowhere instead of failing aloud."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
