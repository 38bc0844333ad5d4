"""Where the program writes down what went wrong: types and places, never a message or a key."""

from __future__ import annotations

import contextlib
import logging
import sys
from pathlib import Path

from core.redacted_output import (
    RedactingFormatter,
    RedactingHandler,
    guard_standard_error,
    tell_broken_record,
)

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def write_logs(folder: Path, *, level: str = "warning") -> None:
    """Send records to `beseda.log` in `folder`, and to standard error if there is one.

    Those of `level`, as the settings name it, and worse. The file is made when there is something
    to write, and not at all in a read-only folder. What the interpreter itself prints of errors
    elsewhere has no secrets either.
    """
    guard_standard_error()
    handlers: list[logging.Handler] = []
    if sys.stderr is not None:
        handlers.append(RedactingHandler())
    if folder.is_dir():
        path = folder / "beseda.log"
        handlers.append(_LogFile(path, encoding="utf-8", delay=True))
    for handler in handlers:
        handler.setFormatter(RedactingFormatter(_FORMAT))
    logging.basicConfig(level=level.upper(), handlers=handlers)


class _LogFile(logging.FileHandler):
    """A file that is made when there is something to write, where that is allowed."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record; that nothing can be written is no reason to fail."""
        # Opening is not among what `logging` itself forgives.
        with contextlib.suppress(OSError):
            super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:
        """Say where the record came from."""
        tell_broken_record(record)
