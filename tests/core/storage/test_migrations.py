"""A file is in the old version or in the new one, whatever happens between."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.stores import loaded, log_of, opened, said, texts

from core.errors import StorageError
from core.storage.backup import copies
from core.storage.migrations import MIGRATIONS
from core.storage.store import FILE_NAME

ROOT = Path(__file__).parents[3]

STOPS = """
import asyncio, os, pathlib, sys
from core.storage.migrations import MIGRATIONS
from core.storage.store import Store

def half(connection):
    connection.execute("CREATE TABLE half (x)")
    connection.execute("UPDATE message SET text = 'half'")
    # More than fits into the cache, so that some of it is in the log already.
    connection.execute("PRAGMA cache_spill = 1")
    connection.execute("CREATE TABLE filler AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL"
        " SELECT i + 1 FROM n WHERE i < 20000) SELECT i, hex(randomblob(500)) FROM n")
    os.kill(os.getpid(), %d)

asyncio.run(Store.open(pathlib.Path(sys.argv[1]), migrations=(*MIGRATIONS, half)))
"""


def add_table(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE more (x)")


def fail(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE message SET text = 'half'")
    connection.execute("SELECT * FROM nowhere")


def leave_dangling(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM conversation")


def version(path: Path) -> int:
    connection = sqlite3.connect(path)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
    finally:
        connection.close()


def end_of_a_killed_migration(path: Path) -> int:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", STOPS % signal.SIGKILL, path]
    return subprocess.run(command, env=environment, check=False).returncode


async def test_a_migration_keeps_everything_and_makes_a_backup_before(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        old = await said(store, "kept")
    async with opened(tmp_path, migrations=(*MIGRATIONS, add_table, add_table_2)) as store:
        assert texts(await loaded(store, old.id)) == ["kept"]
    newest = len(MIGRATIONS) + 2
    assert version(tmp_path / FILE_NAME) == newest
    [copy] = copies(tmp_path / "backups")
    assert copy.name.endswith(f"-before-v{newest}.sqlite3")
    assert version(copy) == len(MIGRATIONS)


def add_table_2(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE still_more (x)")


async def test_a_new_file_needs_no_backup(tmp_path: Path) -> None:
    async with opened(tmp_path):
        pass
    assert not (tmp_path / "backups").exists()


@pytest.mark.parametrize("last", [fail, leave_dangling])
async def test_a_migration_that_fails_leaves_the_old_version(tmp_path: Path, last: object) -> None:
    async with opened(tmp_path) as store:
        old = await said(store, "kept")
    before = (tmp_path / FILE_NAME).read_bytes()
    with pytest.raises(StorageError):
        async with opened(tmp_path, migrations=(*MIGRATIONS, add_table, last)):
            pass
    assert (tmp_path / FILE_NAME).read_bytes() == before
    assert len(copies(tmp_path / "backups")) == 1
    async with opened(tmp_path) as store:
        assert texts(await loaded(store, old.id)) == ["kept"]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
async def test_a_process_killed_in_a_migration_leaves_the_old_version(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        old = await said(store, "kept")
    assert end_of_a_killed_migration(tmp_path / FILE_NAME) == -signal.SIGKILL
    assert log_of(tmp_path / FILE_NAME).stat().st_size > 1_000_000
    assert version(tmp_path / FILE_NAME) == len(MIGRATIONS)
    async with opened(tmp_path, migrations=(*MIGRATIONS, add_table)) as store:
        assert texts(await loaded(store, old.id)) == ["kept"]


async def test_two_processes_that_migrate_at_once_do_it_once(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await said(store, "kept")
    more = (*MIGRATIONS, add_table)
    async with opened(tmp_path, migrations=more) as one, opened(tmp_path, migrations=more) as two:
        assert len((await one.index()).ids) == len((await two.index()).ids) == 1
