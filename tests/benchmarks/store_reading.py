"""Opening a long conversation, and the order of the sidebar, in a store of a million messages."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable

from helpers.measuring import Row
from helpers.store_workload import StoreWorkload, shared_store

from core.storage.store import Store


def run(rounds: int) -> list[Row]:
    """Measure both through the store, as the window asks for them."""
    return asyncio.run(_rows(shared_store(), rounds))


async def _rows(made: StoreWorkload, rounds: int) -> list[Row]:
    store = await Store.open(made.path)
    try:
        loaded = await store.load(made.longest_id)
        index = await store.index()
        assert loaded is not None
        screen = list(index.ids[:50])
        return [
            await _row(
                "store, open the longest conversation",
                lambda: store.load(made.longest_id),
                rounds,
                note=f"{len(loaded.messages):,} messages of {made.messages:,}",
            ),
            await _row(
                "store, order of the sidebar",
                store.index,
                rounds,
                note=f"{len(index.ids):,} conversations in the list",
            ),
            await _row(
                "store, 50 rows of the sidebar",
                lambda: store.summaries(screen),
                rounds,
                note="what one screen of the list shows",
            ),
        ]
    finally:
        await store.close()


async def _row(name: str, work: Callable[[], Awaitable[object]], rounds: int, *, note: str) -> Row:
    figures: list[float] = []
    for _ in range(rounds):
        started = time.perf_counter()
        await work()
        figures.append((time.perf_counter() - started) * 1e3)
    spread = f"{min(figures):.1f} to {max(figures):.1f} ms, n={rounds}"
    return Row(name, statistics.median(figures), "ms", note=f"{note}; {spread}")
