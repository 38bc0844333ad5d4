"""A store with its file, for the tests of what joins the formats with it."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from core.storage.store import Store

OpenStore = Callable[[], AbstractAsyncContextManager[Store]]


@pytest.fixture
def open_store(tmp_path: Path) -> OpenStore:
    """Give what opens a store in a folder of the test's own, and closes it again."""

    @contextlib.asynccontextmanager
    async def opened() -> AsyncIterator[Store]:
        folder = tmp_path / "data"
        folder.mkdir(exist_ok=True)
        store = await Store.open(folder / "beseda.sqlite3")
        try:
            yield store
        finally:
            await store.close()

    return opened
