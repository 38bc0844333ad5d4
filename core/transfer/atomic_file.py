"""Files that are there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
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
    unfinished = path.with_name(f".beseda-{secrets.token_hex(6)}.tmp")
    descriptor = os.open(
        unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600
    )
    try:
        with os.fdopen(descriptor, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            unfinished.unlink()
        raise
