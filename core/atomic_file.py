"""Files that are there whole or not at all, and that only their user can read."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO


@contextlib.contextmanager
def atomic_file(path: Path) -> Iterator[IO[bytes]]:
    """Give a file to write that takes the place of `path` when the block ends without an error.

    Only its user can read it: what people talk about is private.

    Raises:
        OSError: it could not be written; what was at `path` is as it was.
    """
    # Short, whatever the name is like: long names would become too long.
    unfinished = path.with_name(f".beseda-{os.urandom(6).hex()}.tmp")
    # Created private: between creation and a later chmod others could have read it.
    descriptor = os.open(
        unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600
    )
    with undone_by_errors(_remover(unfinished)):
        with os.fdopen(descriptor, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)


def replace_file(path: Path, content: bytes) -> None:
    """Put `content` in the place of the file `path`, in folders that are made where needed.

    Raises:
        OSError: it could not be written; the old file is as it was.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with atomic_file(path) as file:
        file.write(content)


@contextlib.contextmanager
def undone_by_errors(undo: Callable[[], object]) -> Iterator[None]:
    """Call `undo` when the block ends by an error or is cancelled; the error goes on."""
    with contextlib.ExitStack() as stack:
        stack.callback(undo)
        yield
        stack.pop_all()


def _remover(path: Path) -> Callable[[], None]:
    def remove() -> None:
        with contextlib.suppress(OSError):
            path.unlink()

    return remove
