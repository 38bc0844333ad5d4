"""Where the program writes down what went wrong: types and places, never a message or a key."""

from __future__ import annotations

import contextlib
import logging
import sys
from pathlib import Path

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def write_logs(folder: Path) -> None:
    """Send warnings and worse to `beseda.log` in `folder`, and to standard error if there is one.

    The file is made when there is something to write, and not at all in a read-only folder.
    """
    handlers: list[logging.Handler] = []
    if sys.stderr is not None:
        handlers.append(logging.StreamHandler())
    if folder.is_dir():
        path = folder / "beseda.log"
        handlers.append(_LogFile(path, encoding="utf-8", delay=True))
    logging.basicConfig(level=logging.WARNING, format=_FORMAT, handlers=handlers)


class _LogFile(logging.FileHandler):
    """A file that is made when there is something to write, where that is allowed."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record; that nothing can be written is no reason to fail."""
        # Opening is not among what `logging` itself forgives.
        with contextlib.suppress(OSError):
            super().emit(record)
