"""Where conversations are kept: the store, opened once, after the first frame."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import StorageError

if TYPE_CHECKING:
    from core.storage.store import Store


STORE_FILE = "beseda.sqlite3"
"""The same as `core.storage.store.FILE_NAME`, for which the first frame would wait."""


class StoreSource:
    """Opens the store when it is first asked for, and closes it.

    `folder` None keeps everything in memory, until it is closed. A store that could not be opened
    is tried again at each `open`.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._opening: asyncio.Task[Store] | None = None
        self._is_resting = False

    async def open(self) -> Store:
        """Return the store; who asks while it is being opened waits for that.

        After `rest` it is in nobody's hands until `wake`.

        Raises:
            StorageError: it cannot be opened; nothing in the folder was changed.
        """
        if self._is_resting:
            raise StorageError("another copy of it is put in its place")
        if self._opening is None or _has_failed(self._opening):
            self._opening = asyncio.get_running_loop().create_task(_open(self._folder))
        # Whoever gives up waiting must not break off what others wait for, too.
        return await asyncio.shield(self._opening)

    async def rest(self) -> None:
        """Close the store, and refuse to open it: somebody changes its file."""
        self._is_resting = True
        await self.close()

    def wake(self) -> None:
        """Open it again at the next `open`."""
        self._is_resting = False

    async def close(self) -> None:
        """Close the store, if it was opened; all that was asked of it is done then."""
        opening, self._opening = self._opening, None
        if opening is None:
            return
        await asyncio.wait([opening])
        if not _has_failed(opening):
            await opening.result().close()


def _has_failed(task: asyncio.Task[Store]) -> bool:
    return task.done() and (task.cancelled() or task.exception() is not None)


async def _open(folder: Path | None) -> Store:
    from core.storage.store import FILE_NAME, Store  # noqa: PLC0415 - after the first frame

    return await Store.open(None if folder is None else folder / FILE_NAME)
