"""How the file is opened: private, ours, in its present version, or left as it is."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from core.atomic_file import undone_by_errors
from core.errors import Fault, StorageError
from core.storage.backup import back_up
from core.storage.faults import store_fault
from core.storage.migrations import MIGRATIONS, Migration
from core.storage.private import create_file, create_folder, hide
from core.storage.transaction import transact

APPLICATION_ID: Final = 0x42455345
"""`BESE`: what tells our files from those of other programs."""
BUSY_TIMEOUT = 5.0
"""Seconds to wait for another process that is writing."""


def open_file(
    path: Path | None,
    *,
    migrations: Sequence[Migration] = MIGRATIONS,
    busy_timeout: float = BUSY_TIMEOUT,
) -> sqlite3.Connection:
    """Return a connection to the file in its present version; None is a file in memory.

    Raises:
        StorageError: it is damaged, of another kind or of a newer version.
        sqlite3.Error: as SQLite says it.
        OSError: the folder or the file cannot be made.
    """
    if path is not None:
        _prepare(path)
    connection = connect(path, busy_timeout=busy_timeout)
    with undone_by_errors(connection.close):
        version = _checked_version(connection, path, newest=len(migrations))
        connection.execute("PRAGMA journal_mode = WAL")
        _try_to_write(connection)
        if version < len(migrations):
            _migrate(connection, path, migrations)
        connection.execute("PRAGMA foreign_keys = ON")
    return connection


def connect(path: Path | None, *, busy_timeout: float = BUSY_TIMEOUT) -> sqlite3.Connection:
    """Return a connection with our settings, which does not look into the file yet."""
    connection = sqlite3.connect(
        ":memory:" if path is None else path, timeout=busy_timeout, isolation_level=None
    )
    for setting in (
        "synchronous = FULL",
        "cell_size_check = ON",
        # What is deleted for good is overwritten, and nothing is left in a temporary file.
        "secure_delete = ON",
        "temp_store = MEMORY",
    ):
        connection.execute(f"PRAGMA {setting}")
    return connection


def _prepare(path: Path) -> None:
    """Make the folder and the file where there are none."""
    create_folder(path.parent)
    with contextlib.suppress(FileExistsError):
        os.close(create_file(path))
    if path.is_file():
        # SQLite gives the other two the rights of the first.
        for file in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
            hide(file)


def _checked_version(connection: sqlite3.Connection, path: Path | None, *, newest: int) -> int:
    """Return the version of the file, which is ours or empty."""
    application, version = _pragma(connection, "application_id"), _version(connection)
    if application == APPLICATION_ID and version <= newest:
        return version
    if application == APPLICATION_ID:
        raise store_fault(Fault.STORE_NEWER, path)
    if application or version or _is_used(connection, path):
        raise store_fault(Fault.STORE_DAMAGED, path)
    return 0


def _try_to_write(connection: sqlite3.Connection) -> None:
    """Find out now whether the file is read-only: opened it was anyhow, and even locked."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute(f"PRAGMA user_version = {_version(connection)}")
    finally:
        connection.execute("ROLLBACK")


def _is_used(connection: sqlite3.Connection, path: Path | None) -> bool:
    """Whether a file without our mark has or had something in it.

    An empty file is what a program leaves that was ended while it made it. But where there are
    backups, the file was not empty once.
    """
    if connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone():
        return True
    return path is not None and any((path.parent / "backups").glob("*.sqlite3"))


def _migrate(
    connection: sqlite3.Connection, path: Path | None, migrations: Sequence[Migration]
) -> None:
    """Bring the file to the newest version: all steps in one transaction, a backup before."""
    if path is not None and _version(connection):
        back_up(connection, path.parent / "backups", before_version=len(migrations))

    def take_steps(connection: sqlite3.Connection) -> None:
        # Another process may have taken them while this one waited.
        for migration in migrations[_version(connection) :]:
            migration(connection)
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            raise StorageError("The migration left references to nothing.")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(migrations)}")

    transact(connection, take_steps)


def _version(connection: sqlite3.Connection) -> int:
    return _pragma(connection, "user_version")


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
