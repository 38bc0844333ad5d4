"""Places where nothing can be written, also for a test that runs as root."""

from __future__ import annotations

import contextlib
import ctypes
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

_VERSION = 0x20080522


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Rights(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


@contextlib.contextmanager
def like_anybody() -> Iterator[None]:
    """Take from root, in this thread and those begun in it, what lets it pass all permissions."""
    if sys.platform != "linux" or os.geteuid() != 0:
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header, rights, none = _Header(_VERSION, 0), (_Rights * 2)(), (_Rights * 2)()
    assert libc.capget(ctypes.byref(header), rights) == 0
    for mine, less in zip(rights, none, strict=True):
        less.permitted, less.inheritable = mine.permitted, mine.inheritable
    assert libc.capset(ctypes.byref(header), none) == 0
    try:
        yield
    finally:
        assert libc.capset(ctypes.byref(header), rights) == 0


@contextlib.contextmanager
def read_only(path: Path) -> Iterator[None]:
    """Let nobody write to a file, or make and remove files in a folder."""
    mode = path.stat().st_mode
    path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        with like_anybody():
            yield
    finally:
        path.chmod(mode)


@contextlib.contextmanager
def small_disk(folder: Path, *, kilobytes: int) -> Iterator[Path]:
    """Put a disk of that size in the place of a folder; skip the test where that is not allowed."""
    folder.mkdir()
    command: list[str | Path] = [
        "mount",
        "-t",
        "tmpfs",
        "-o",
        f"size={kilobytes}k",
        "tmpfs",
        folder,
    ]
    if (
        sys.platform != "linux"
        or subprocess.run(command, check=False, capture_output=True).returncode
    ):
        pytest.skip("only root may mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def enlarge_disk(folder: Path, *, kilobytes: int) -> None:
    """Make a small disk larger."""
    subprocess.run(["mount", "-o", f"remount,size={kilobytes}k", folder], check=True)


@contextlib.contextmanager
def largest_file(size: int) -> Iterator[None]:
    """Let this process write no file beyond `size` bytes."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
