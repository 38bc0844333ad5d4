"""The real program as a process: what it prints, as it prints it, and how it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self

ROOT = Path(__file__).parents[2]
LIMIT = 20.0
"""Seconds after which a wait for a program fails."""

_TOLERATED = (
    # Qt's bridge says so of itself whenever a screen reader of GLib's kind asks.
    "qt.accessibility.atspi: AtSpiAdaptor::applicationInterface does not implement",
)


def beseda(*arguments: str) -> list[str]:
    """Return the command line of the program; BESEDA_PROGRAM names a packaged one."""
    packaged = os.environ.get("BESEDA_PROGRAM")
    start = [packaged] if packaged else [sys.executable, "-P", "-m", "gui"]
    return [*start, *arguments]


def plain_environment(folder: Path) -> dict[str, str]:
    """Return an environment without a display and with nothing of the user's."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8", "HOME": str(folder)}


def python_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Return `environment` with what makes Python find this checkout and show every warning."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # Tests that run in the background ignore Ctrl+C, and what they start would inherit that.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    return {**environment, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "default"}


@dataclass(frozen=True, slots=True)
class Piece:
    """What one read of a pipe gave, and when (time.monotonic)."""

    at: float
    data: bytes


class Stream:
    """One output of a program, collected by a thread while it runs."""

    def __init__(self, pipe: IO[bytes]) -> None:
        self._pipe = pipe
        self._changed = threading.Condition()
        self._pieces: list[Piece] = []
        self._has_ended = False
        self._has_left = False
        self._thread = threading.Thread(target=self._collect, daemon=True)
        self._thread.start()

    @property
    def pieces(self) -> list[Piece]:
        """What came so far, read by read."""
        with self._changed:
            return list(self._pieces)

    @property
    def text(self) -> str:
        """What came so far."""
        return b"".join(piece.data for piece in self.pieces).decode(errors="replace")

    def wait_for(self, condition: Callable[[str], bool], what: str) -> str:
        """Return the text once it satisfies `condition`.

        Raises:
            AssertionError: it does not in time, or the stream ended without.
        """
        deadline = time.monotonic() + LIMIT
        with self._changed:
            while not condition(text := self.text):
                assert not self._has_ended, f"ended without {what}: {text!r}"
                remaining = deadline - time.monotonic()
                assert remaining > 0, f"waited {LIMIT:g} s in vain for {what}: {text!r}"
                self._changed.wait(remaining)
        return text

    def leave(self) -> None:
        """Close the pipe after the next read, as `head` does when it has enough."""
        self._has_left = True

    def finish(self) -> None:
        """Collect the rest of a program that has ended."""
        self._thread.join(LIMIT)
        self._pipe.close()

    def _collect(self) -> None:
        while data := self._read():
            with self._changed:
                self._pieces.append(Piece(time.monotonic(), data))
                self._changed.notify_all()
            if self._has_left:
                self._pipe.close()
                break
        with self._changed:
            self._has_ended = True
            self._changed.notify_all()

    def _read(self) -> bytes:
        try:
            return os.read(self._pipe.fileno(), 65536)
        except OSError:  # how a pseudo-terminal says that its program has ended
            return b""


class RunningProgram:
    """A process under test; a context manager that lets nothing survive it.

    `piped` is what a pipe brings to its standard input, which is empty otherwise.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        environment: Mapping[str, str],
        piped: str | None = None,
    ) -> None:
        self._process = subprocess.Popen(
            command,
            env=python_environment(environment),
            stdin=subprocess.DEVNULL if piped is None else subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        if piped is not None:
            assert self._process.stdin is not None
            with self._process.stdin as pipe:
                pipe.write(piped.encode())
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        self.stdout = Stream(self._process.stdout)
        self.stderr = Stream(self._process.stderr)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self.wait()

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs; negative after a signal."""
        return self._process.poll()

    @property
    def complaints(self) -> str:
        """What it wrote to standard error, without what Qt says of itself."""
        lines = self.stderr.text.splitlines(keepends=True)
        return "".join(line for line in lines if not line.startswith(_TOLERATED))

    def interrupt(self) -> None:
        """Press Ctrl+C in its terminal."""
        self._process.send_signal(signal.SIGINT)

    def terminate(self) -> None:
        """Ask it to end as a system that shuts down does."""
        self._process.terminate()

    def let_run(self, seconds: float) -> None:
        """Return after so many seconds, or as soon as it has ended."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)

    def wait(self, limit: float = LIMIT) -> int:
        """Return the exit code once it has ended, with all output collected.

        Raises:
            subprocess.TimeoutExpired: it runs for `limit` more seconds.
        """
        code = self._process.wait(limit)
        self.stdout.finish()
        self.stderr.finish()
        return code

    def report(self) -> str:
        """Return all there is to know of it when a test fails."""
        return (
            f"exit code: {self.exit_code}\n"
            f"standard output:\n{self.stdout.text[-4000:]}\n"
            f"standard error:\n{self.stderr.text[-8000:]}"
        )
