"""Copies of the file, of which five are kept."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from functools import partial
from pathlib import Path

from core.atomic_file import undone_by_errors
from core.errors import Fault
from core.storage.faults import store_fault, translated
from core.storage.private import create_file, create_folder
from core.storage.runs import Run

KEPT = 5
_PREFIX, _SUFFIX = "beseda-", ".sqlite3"


def back_up(
    connection: sqlite3.Connection,
    folder: Path,
    *,
    now: float | None = None,
    before_version: int | None = None,
) -> Path:
    """Copy the connection's file into `folder`, and remove copies that are too many.

    The copy appears when it is whole, under the local time, which is given in seconds.

    Raises:
        sqlite3.Error: the file cannot be read, or the copy not written.
        OSError: as the system says.
    """
    moment = time.time() if now is None else now
    create_folder(folder)
    name = _PREFIX + time.strftime("%Y%m%d-%H%M%S", time.localtime(moment))
    if before_version is not None:
        name += f"-before-v{before_version}"
    copy = folder / (name + _SUFFIX)
    unfinished = folder / f".{copy.name}.{os.getpid()}.tmp"
    unfinished.unlink(missing_ok=True)
    with undone_by_errors(partial(unfinished.unlink, missing_ok=True)):
        # Made here, because SQLite would let others read it; it takes an empty file for none.
        os.close(create_file(unfinished))
        connection.execute("VACUUM INTO ?", (str(unfinished),))
        with unfinished.open("rb+") as file:
            os.fsync(file.fileno())
        unfinished.replace(copy)
    _prune(folder, keep=copy)
    return copy


def is_due(folder: Path, *, now: float) -> bool:
    """Whether there is no copy of the day `now`, in local time."""
    day = time.strftime("%Y%m%d", time.localtime(now))
    return not any(folder.glob(f"{_PREFIX}{day}-*{_SUFFIX}"))


def copies(folder: Path) -> list[Path]:
    """Return the copies in `folder`, oldest first."""
    return sorted(folder.glob(f"{_PREFIX}*{_SUFFIX}"))


def put_back(path: Path, copy: Path, *, now: float) -> Path:
    """Put a copy in the place of the file `path`; returns where the old file lies from then on.

    The old log goes with the old file: it would spoil the new one.

    Raises:
        StorageError: somebody has the file open, or the copy could not be written; then the old
            file is in its place.
    """
    with translated(path):
        run = Run(path.parent / "runs")
        try:
            if run.others():
                raise store_fault(Fault.STORE_LOCKED, path)
            return _replace(path, copy, now=now)
        finally:
            run.close()


def _replace(path: Path, copy: Path, *, now: float) -> Path:
    moment = time.strftime("%Y%m%d-%H%M%S", time.localtime(now))
    old = path.with_name(f"{path.stem}-replaced-{moment}{path.suffix}")
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    unfinished.unlink(missing_ok=True)
    with undone_by_errors(partial(unfinished.unlink, missing_ok=True)):
        _copy(copy, unfinished)
        for ending in ("-wal", "-shm", ""):
            with contextlib.suppress(FileNotFoundError):
                Path(f"{path}{ending}").replace(f"{old}{ending}")
        unfinished.replace(path)
    return old


def _copy(source: Path, target: Path) -> None:
    import shutil  # noqa: PLC0415 - hardly ever needed

    with os.fdopen(create_file(target), "wb") as file, source.open("rb") as content:
        shutil.copyfileobj(content, file)
        file.flush()
        os.fsync(file.fileno())


def _prune(folder: Path, *, keep: Path) -> None:
    # A copy with a name from after `keep` was made under a clock that was ahead. Those go first:
    # else they would be taken for the newest until that time has come.
    others = [copy for copy in copies(folder) if copy != keep]
    others.sort(key=lambda copy: (copy.name < keep.name, copy.name))
    for copy in others[: max(len(others) + 1 - KEPT, 0)]:
        copy.unlink(missing_ok=True)
