from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from helpers.stores import DAY, NOON, Clock, names_in, opened, said

from core.storage.backup import copies
from core.storage.copies import newest_good_copy
from core.storage.migrations import MIGRATIONS


async def with_copies(folder: Path, days: int) -> list[Path]:
    """Make a store with a copy of each day, one conversation more each time; oldest first."""
    for day in range(days):
        async with opened(folder, clock=Clock(NOON + day * DAY)) as store:
            await said(store, "Why?", title=f"Day {day}")
            await store.back_up_if_due()
    return copies(folder / "backups")


async def test_the_newest_copy_is_found(tmp_path: Path) -> None:
    made = await with_copies(tmp_path, 3)
    before = names_in(tmp_path / "backups")
    found = newest_good_copy(tmp_path / "backups")
    assert found is not None
    assert (found.path, found.made_at, found.conversations) == (made[-1], NOON + 2 * DAY, 3)
    assert names_in(tmp_path / "backups") == before


async def test_damaged_and_newer_copies_are_passed_over(tmp_path: Path) -> None:
    good, other, newer, cut, damaged = await with_copies(tmp_path, 5)
    other.write_bytes(b"no database")
    with contextlib.closing(sqlite3.connect(newer)) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    cut.write_bytes(cut.read_bytes()[:10_000])
    content = bytearray(damaged.read_bytes())
    content[8192:20_000] = b"\xff" * (20_000 - 8192)
    damaged.write_bytes(content)
    found = newest_good_copy(tmp_path / "backups")
    assert found is not None
    assert found.path == good


async def test_a_search_that_is_cancelled_finds_nothing(tmp_path: Path) -> None:
    await with_copies(tmp_path, 1)
    assert newest_good_copy(tmp_path / "backups", is_cancelled=lambda: True) is None


def test_where_there_are_no_copies_none_is_found(tmp_path: Path) -> None:
    assert newest_good_copy(tmp_path / "backups") is None
