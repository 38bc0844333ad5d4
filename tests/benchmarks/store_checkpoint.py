"""What it costs to keep an answer while it is written, in a store of a million messages."""

from __future__ import annotations

import asyncio
import statistics
import time
from dataclasses import dataclass

from helpers.measuring import Row
from helpers.store_workload import shared_store
from helpers.stores import beginning, conversation, ended, question

from core.reply_keeper import Pace
from core.storage.store import Store

DELTAS = 2_000
"""A second."""
PIECE = "слов "
SECONDS = 5
TICK = 0.002
"""Seconds between two looks of the loop at what has arrived."""
CPU_GOAL = 5.0
BLOCK_GOAL = 4.0


@dataclass(frozen=True, slots=True)
class Cost:
    """What a stream took: seconds of the processor, and the loop's longest pause.

    A pause counts only as far as this process was busy in it, or else other programs would count.
    """

    processor: float
    block: float
    checkpoints: int


def run(rounds: int) -> list[Row]:
    """Measure a stream with checkpoints and the same one without."""
    return asyncio.run(_rows(rounds))


async def _rows(rounds: int) -> list[Row]:
    store = await Store.open(shared_store().path)
    try:
        await _stream(store)
        pairs = [(await _stream(store), await _stream(None)) for _ in range(rounds)]
    finally:
        await store.close()
    added = [(ours.processor - bare.processor) / SECONDS * 100 for ours, bare in pairs]
    blocks = [ours.block * 1e3 for ours, _ in pairs]
    bare = max(bare.block for _, bare in pairs) * 1e3
    spread = f"{min(added):.1f} to {max(added):.1f}"
    return [
        Row(
            "store, CPU of checkpoints",
            statistics.median(added),
            "% of a core",
            goal=CPU_GOAL,
            note=f"{DELTAS:,} deltas a second for {SECONDS} s,"
            f" {pairs[0][0].checkpoints} checkpoints; {spread}, n={rounds}",
        ),
        Row(
            "store, longest block of the loop",
            max(blocks),
            "ms",
            goal=BLOCK_GOAL,
            note=f"median of rounds {statistics.median(blocks):.2f}, without a store {bare:.2f}",
        ),
    ]


async def _stream(store: Store | None) -> Cost:
    """Take deltas as they come, and keep them as often as a reply does; None: keep nothing."""
    asked = question("?")
    reply = beginning(after=asked)
    if store is not None:
        await store.save_exchange(conversation(), [asked, reply])
    text: list[str] = []
    unsaved: list[str] = []
    tasks: list[asyncio.Task[None]] = []
    block, arrived = 0.0, 0
    processor, start = time.process_time(), time.perf_counter()
    last, last_processor, saved = start, processor, start
    while last - start < SECONDS:
        await asyncio.sleep(TICK)
        now, now_processor = time.perf_counter(), time.process_time()
        block = max(block, min(now - last, now_processor - last_processor))
        last, last_processor = now, now_processor
        while arrived < (now - start) * DELTAS:
            arrived += 1
            text.append(PIECE)
            unsaved.append(PIECE)
        is_due = now - saved >= Pace().checkpoint_seconds
        if len(unsaved) * len(PIECE.encode()) >= Pace().checkpoint_bytes or is_due:
            if store is not None:
                keep = store.checkpoint(reply.id, text="".join(unsaved))
                tasks.append(asyncio.create_task(keep))
            unsaved, saved = [], now
    await asyncio.gather(*tasks)
    cost = Cost(time.process_time() - processor, block, len(tasks))
    if store is not None:
        await store.end_message(ended(reply, "".join(text)))
    return cost
