"""Searching beside all other work: on a thread and a connection of its own."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from pathlib import Path

from core.errors import StorageError
from core.storage.faults import translated
from core.storage.search import SearchHit, search
from core.storage.worker import Worker

_STEPS = 10_000
"""Of SQLite's machine, between two looks whether to go on: about a millisecond."""
_CACHE = 16_000
"""Kilobytes: the beginnings of the index are read again with every letter that is typed."""


class SearchReader:
    """Searches a file that a `Database` has open; only the newest search counts.

    It reads only and never waits for what is being written, nor the other way round. It is opened
    by the first search.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._worker = Worker("search")
        self._connection: sqlite3.Connection | None = None
        self._dropped = threading.Event()
        """Set when nobody waits any more for the newest search."""
        self._is_closed = False

    async def search(self, text: str, *, limit: int = 50) -> list[SearchHit]:
        """Return what `core.storage.search.search` finds; ends the search before this one.

        A task that is cancelled ends its search too.

        Raises:
            asyncio.CancelledError: a later search, or `close`, has ended this one: the task that
                waits for it is over as if it had been cancelled.
            StorageError: the file cannot be read, or the reader was closed.
        """
        if self._is_closed:
            raise StorageError("The store is closed.")
        self._dropped.set()
        dropped = self._dropped = threading.Event()
        try:
            hits = await self._worker.call(lambda: self._search(dropped, text, limit))
        finally:
            dropped.set()
        if hits is None:
            raise asyncio.CancelledError
        return hits

    async def close(self) -> None:
        """End the search that is under way, and close the file; twice does no harm."""
        if self._is_closed:
            return
        self._is_closed = True
        self._dropped.set()
        try:
            await self._worker.call(self._close)
        finally:
            self._worker.close()

    def _search(self, dropped: threading.Event, text: str, limit: int) -> list[SearchHit] | None:
        """Return the hits; None when nobody wants them any more."""
        if dropped.is_set():
            return None
        with translated(self._path):
            if self._connection is None:
                self._connection = _opened(self._path)
            # Not `interrupt`, which is lost when it comes between two statements.
            self._connection.set_progress_handler(dropped.is_set, _STEPS)
            try:
                hits = search(self._connection, text, limit=limit)
            except sqlite3.OperationalError:
                if dropped.is_set():
                    return None
                raise
        return None if dropped.is_set() else hits

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with translated(self._path):
                connection.close()


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None
    )
    connection.execute(f"PRAGMA cache_size = -{_CACHE}")
    return connection
