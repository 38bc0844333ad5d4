"""Files and folders that only their user can read, from their first moment, whatever the umask."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from pathlib import Path

_FILE = 0o600
_FOLDER = 0o700


def create_file(path: Path) -> int:
    """Make a file and return its descriptor, open for reading and writing.

    Raises:
        FileExistsError: there is one.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, _FILE)
    if sys.platform != "win32":
        os.fchmod(descriptor, _FILE)  # A umask may have taken even our own rights.
    return descriptor


def create_folder(path: Path) -> None:
    """Make a folder where there is none, and those around it."""
    if not path.is_dir():
        path.mkdir(mode=_FOLDER, parents=True, exist_ok=True)
        path.chmod(_FOLDER)


def hide(file: Path) -> None:
    """Let nobody else read a file; what its owner may do stays. Not ours: it stays as it is."""
    with contextlib.suppress(OSError):
        mode = stat.S_IMODE(file.stat().st_mode)
        if mode & ~stat.S_IRWXU:
            file.chmod(mode & stat.S_IRWXU)
