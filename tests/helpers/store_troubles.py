"""Makes the file with the conversations unusable in one way or another, for a program to meet."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from core.storage.store import FILE_NAME

_HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA locking_mode = EXCLUSIVE")
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""
_NO_ROOT = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")
_PAGE = 4096


def like_anybody(command: list[str]) -> list[str]:
    """Return the command without what lets root write where nobody may."""
    return [*_NO_ROOT, *command] if sys.platform == "linux" and os.geteuid() == 0 else command


def damage(folder: Path) -> None:
    """Overwrite the beginning of the file, as a broken disk does."""
    with (folder / FILE_NAME).open("r+b") as file:
        file.write(b"\xff" * _PAGE)


def make_newer(folder: Path) -> None:
    """Let the file be one of a version that does not exist yet."""
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        connection.execute("PRAGMA user_version = 99")
        connection.commit()


@contextlib.contextmanager
def held_by_another_process(folder: Path) -> Iterator[None]:
    """Let another program hold the file."""
    command = [sys.executable, "-c", _HOLD, str(folder / FILE_NAME)]
    holder = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert holder.stdout is not None
    try:
        assert holder.stdout.readline() == b"held\n"
        yield
    finally:
        holder.communicate()


@contextlib.contextmanager
def without_write_permission(folder: Path) -> Iterator[None]:
    """Let nobody but root write to a folder and what is in it."""
    paths = [folder, *(path for path in folder.iterdir() if path.is_file())]
    modes = [path.stat().st_mode for path in paths]
    for path in paths:
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        yield
    finally:
        for path, mode in zip(paths, modes, strict=True):
            path.chmod(mode)


def fill_disk(folder: Path) -> None:
    """Leave no room for another page on the disk with this folder."""
    free = shutil.disk_usage(folder).free
    (folder / "ballast").write_bytes(b"x" * free)
