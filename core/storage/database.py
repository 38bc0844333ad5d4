"""The file of the conversations: opened with care, and used from one thread only."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from core.errors import StorageError
from core.storage.backup import back_up, is_due
from core.storage.faults import translated
from core.storage.migrations import MIGRATIONS, Migration
from core.storage.opening import BUSY_TIMEOUT, connect, open_file
from core.storage.transaction import transact
from core.storage.worker import Worker

P = ParamSpec("P")
T = TypeVar("T")

_STEPS = 10_000
"""Of SQLite's machine, between two looks whether to go on: about a millisecond."""
_CLOSED = "The store is closed."


class Database:
    """One connection to one file, owned by one thread.

    What is handed to it is done in order, each piece in one transaction: as a whole or not at
    all, also when the task that waits for it is cancelled. Every error of SQLite or of the system
    is raised as a `StorageError`.
    """

    def __init__(
        self,
        path: Path | None,
        *,
        migrations: Sequence[Migration] = MIGRATIONS,
        busy_timeout: float = BUSY_TIMEOUT,
    ) -> None:
        self.path = path
        self._migrations = migrations
        self._busy_timeout = busy_timeout
        self._worker = Worker("storage")
        self._connection: sqlite3.Connection | None = None
        self._copying: _Copying | None = None
        self._closed: asyncio.Event | None = None

    async def open(self) -> None:
        """Create the file where there is none, or bring it to the present version.

        Raises:
            StorageError: it is locked, damaged, newer, or cannot be written; it is left as it is.
        """
        self._connection = await self._worker.call(self._open)

    async def run(
        self,
        function: Callable[Concatenate[sqlite3.Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Return what `function(connection, …)` returns, once what it wrote is on the disk."""
        return await self.commit(lambda connection: function(connection, *args, **kwargs))

    async def commit(
        self,
        function: Callable[[sqlite3.Connection], T],
        *,
        done: Callable[[T], object] | None = None,
    ) -> T:
        """Like `run`; `done` gets the result on the loop's thread, even if the caller is gone."""
        self._check()
        return await self._worker.call(
            lambda: self._transact("BEGIN IMMEDIATE", function), done=done
        )

    async def read(
        self,
        function: Callable[Concatenate[sqlite3.Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Return what `function(connection, …)` returns; it sees one state, and writes nothing."""
        self._check()
        return await self._worker.call(
            lambda: self._transact(
                "BEGIN", lambda connection: function(connection, *args, **kwargs)
            )
        )

    async def truncate_log(self) -> None:
        """Put the log into the file and empty it, unless another process is reading."""
        self._check()
        await self._worker.call(self._truncate_log)

    async def back_up(self, *, now: float) -> Path | None:
        """Make the copy of the day, if there is none yet, beside all other work.

        Closing ends it early, and then there is none.
        """
        self._check()
        if self.path is None or not is_due(self.path.parent / "backups", now=now):
            return None
        copying = self._copying = _Copying(self.path)
        try:
            return await copying.run(now)
        finally:
            copying.stop()

    async def close(self) -> None:
        """Do what was handed over, put the log into the file, and end the thread."""
        if self._closed is not None:
            await self._closed.wait()
            return
        self._closed = asyncio.Event()
        if self._copying is not None:
            self._copying.stop()
        try:
            await self._worker.call(self._close)
        finally:
            # Cancelled or not, it does not go on before all is done.
            self._worker.close()
            self._closed.set()

    def _check(self) -> None:
        if self._closed is not None or self._connection is None:
            raise StorageError(_CLOSED)

    def _open(self) -> sqlite3.Connection:
        with translated(self.path):
            return open_file(
                self.path, migrations=self._migrations, busy_timeout=self._busy_timeout
            )

    def _transact(self, begin: str, function: Callable[[sqlite3.Connection], T]) -> T:
        connection = self._connection
        if connection is None:
            raise StorageError(_CLOSED)
        with translated(self.path):
            return transact(connection, function, begin=begin)

    def _truncate_log(self) -> None:
        if self._connection is not None:
            with translated(self.path):
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is None:
            return
        with translated(self.path):
            try:
                # Passive: it does not wait for another process that reads. What stays in the log
                # is safe there.
                with contextlib.suppress(sqlite3.DatabaseError):
                    connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
            finally:
                connection.close()


class _Copying:
    """The making of a backup, on a thread and a connection of its own."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._worker = Worker("backup")
        self._is_stopped = False

    async def run(self, now: float) -> Path | None:
        """Return the copy, None when it was stopped."""
        return await self._worker.call(lambda: self._copy(now))

    def stop(self) -> None:
        """End it, finished or not. Blocks for as long as SQLite needs to notice: milliseconds."""
        self._is_stopped = True
        self._worker.close()

    def _copy(self, now: float) -> Path | None:
        with translated(self._path), contextlib.closing(connect(self._path)) as connection:
            connection.set_progress_handler(lambda: self._is_stopped, _STEPS)
            try:
                return back_up(connection, self._path.parent / "backups", now=now)
            except sqlite3.OperationalError:
                if self._is_stopped:
                    return None
                raise
