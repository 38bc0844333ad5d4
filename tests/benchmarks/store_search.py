"""The search as one types, letter by letter, among a million messages."""

from __future__ import annotations

import asyncio
import sqlite3
import statistics
import time
from contextlib import closing
from pathlib import Path

from helpers.measuring import Row
from helpers.store_workload import shared_store, words

from core.storage.search_reader import SearchReader
from core.storage.search_terms import SearchQuery

GOAL = 1.5
LIMIT = 50

_ALONE = """
    SELECT rowid, snippet(message_search, 0, '[', ']', '…', 24) FROM message_search
    WHERE message_search MATCH ? ORDER BY rowid DESC LIMIT ?
"""
_NUMBERS = """
    SELECT rowid FROM message_search WHERE message_search MATCH ? ORDER BY rowid DESC LIMIT ?
"""


def run(rounds: int) -> list[Row]:
    """Measure each letter against FTS5 alone: the same words, order and number, with snippets."""
    made = shared_store()
    ours, alone, numbers = asyncio.run(_measured(made.path, max(rounds, 3)))
    note = f"{made.messages:,} messages, {LIMIT} hits, {len(ours)} letters"
    slowest = max(ours, key=lambda search: ours[search])
    return [
        Row(
            "search, median letter",
            statistics.median(ours.values()),
            "ms",
            baseline=statistics.median(alone.values()),
            ratio=statistics.median(ours.values()) / statistics.median(alone.values()),
            goal=GOAL,
            note=f"FTS5 with its own snippets; {note}",
        ),
        Row(
            "search, all letters",
            sum(ours.values()),
            "ms",
            baseline=sum(alone.values()),
            ratio=sum(ours.values()) / sum(alone.values()),
            goal=GOAL,
            note=f"FTS5 with its own snippets; slowest “{slowest}” {ours[slowest]:.1f} ms,"
            f" alone {alone[slowest]:.1f}",
        ),
        Row(
            "search, against rowids without texts",
            statistics.median(ours.values()),
            "ms",
            baseline=statistics.median(numbers.values()),
            ratio=statistics.median(ours.values()) / statistics.median(numbers.values()),
            note="FTS5 that reads no text and makes no snippet: the least that a query can take",
        ),
    ]


def _typed() -> list[str]:
    """Return what stands in the box after each letter of some searches."""
    russian, english = words(russian=True), words(russian=False)
    searches = (
        russian[300],
        english[300],
        russian[5_000],
        english[5_000],
        f"как {russian[100]}",
        f"the {english[150]} {english[100]}",
        "ёлка который",
        "ъъъъ",
    )
    return [search[: end + 1] for search in searches for end in range(len(search))]


async def _measured(
    path: Path, rounds: int
) -> tuple[dict[str, float], dict[str, float], dict[str, float]]:
    """Return the median milliseconds of each search: ours, FTS5 alone, FTS5 without texts."""
    reader = SearchReader(path)
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            connection.execute("PRAGMA cache_size = -16000")
            ours: dict[str, list[float]] = {}
            alone: dict[str, list[float]] = {}
            numbers: dict[str, list[float]] = {}
            for _ in range(rounds):
                for search in _typed():
                    query = SearchQuery.of(search)
                    assert query is not None
                    asked = query.expression(with_prefixes=True)
                    started = time.perf_counter()
                    await reader.search(search, limit=LIMIT)
                    ours.setdefault(search, []).append((time.perf_counter() - started) * 1e3)
                    for statement, figures in ((_ALONE, alone), (_NUMBERS, numbers)):
                        taken = _milliseconds(connection, statement, asked)
                        figures.setdefault(search, []).append(taken)
    finally:
        await reader.close()
    return _medians(ours), _medians(alone), _medians(numbers)


def _milliseconds(connection: sqlite3.Connection, statement: str, asked: str) -> float:
    started = time.perf_counter()
    connection.execute(statement, (asked, LIMIT)).fetchall()
    return (time.perf_counter() - started) * 1e3


def _medians(figures: dict[str, list[float]]) -> dict[str, float]:
    return {search: statistics.median(values) for search, values in figures.items()}
