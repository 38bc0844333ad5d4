"""Finds the newest copy of the store that can be put in its place."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from core.storage.backup import copies
from core.storage.migrations import MIGRATIONS
from core.storage.opening import APPLICATION_ID

_STEPS = 100_000
"""Of SQLite's machine, between two looks whether to go on: some milliseconds."""
_TIME_IN_NAME = slice(len("beseda-"), len("beseda-YYYYMMDD-HHMMSS"))


@dataclass(frozen=True, slots=True)
class StoreCopy:
    """A copy that is whole."""

    path: Path
    made_at: float
    """Seconds since 1970."""
    conversations: int
    """Without those in the trash."""


def newest_good_copy(
    folder: Path, *, is_cancelled: Callable[[], bool] | None = None
) -> StoreCopy | None:
    """Return the newest copy in `folder` that is whole and not of a newer version.

    It reads all of a copy, which can take a while: run it in a thread. Nothing is changed, and
    nothing is written beside the copies.
    """
    for path in reversed(copies(folder)):
        if is_cancelled is not None and is_cancelled():
            return None
        with contextlib.suppress(sqlite3.Error, OSError):
            found = _checked(path, is_cancelled)
            if found is not None:
                return found
    return None


def _checked(path: Path, is_cancelled: Callable[[], bool] | None) -> StoreCopy | None:
    address = f"{path.absolute().as_uri()}?mode=ro"
    with contextlib.closing(sqlite3.connect(address, uri=True)) as connection:
        connection.set_progress_handler(is_cancelled, _STEPS)
        ((application,),) = connection.execute("PRAGMA application_id")
        ((version,),) = connection.execute("PRAGMA user_version")
        if application != APPLICATION_ID or not 0 < version <= len(MIGRATIONS):
            return None
        if list(connection.execute("PRAGMA integrity_check(1)")) != [("ok",)]:
            return None
        ((count,),) = connection.execute("SELECT count(*) FROM conversation WHERE deleted_at = 0")
    return StoreCopy(path, made_at=_made_at(path), conversations=count)


def _made_at(path: Path) -> float:
    """Return the time in the name, which is local; else that of the file."""
    try:
        moment = datetime.strptime(path.name[_TIME_IN_NAME], "%Y%m%d-%H%M%S").astimezone()
    except ValueError:
        return path.stat().st_mtime
    return moment.timestamp()
