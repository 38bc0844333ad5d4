"""Copies are made once a day and before a migration, are whole, and are five."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from pathlib import Path

import pytest
from helpers.stores import DAY, Clock, loaded, log_of, names_in, opened, said, texts

from core.errors import Fault, StorageError
from core.storage.backup import KEPT, copies, put_back
from core.storage.store import FILE_NAME


async def test_a_copy_is_made_once_a_day(tmp_path: Path) -> None:
    clock = Clock()
    async with opened(tmp_path, clock=clock) as store:
        await said(store, "kept")
        copy = await store.back_up_if_due()
        assert copy is not None
        assert copies(tmp_path / "backups") == [copy]
        clock.now += 60
        assert await store.back_up_if_due() is None
        clock.now += DAY
        assert await store.back_up_if_due() is not None
        assert len(copies(tmp_path / "backups")) == 2


async def test_a_copy_has_everything_and_is_sound(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        talk = await said(store, "kept", "too")
        copy = await store.back_up_if_due()
        assert copy is not None
    other = tmp_path / "other"
    other.mkdir()
    copy.rename(other / FILE_NAME)
    async with opened(other) as store:
        assert texts(await loaded(store, talk.id)) == ["kept", "too"]
        assert len(await store.search("kept")) == 1
    connection = sqlite3.connect(other / FILE_NAME)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


async def test_the_five_newest_copies_are_kept(tmp_path: Path) -> None:
    clock = Clock()
    async with opened(tmp_path, clock=clock) as store:
        made = []
        for _ in range(KEPT + 3):
            clock.now += DAY
            made.append(await store.back_up_if_due())
        assert copies(tmp_path / "backups") == made[-KEPT:]


async def test_copies_from_a_clock_that_was_ahead_go_first(tmp_path: Path) -> None:
    clock = Clock()
    async with opened(tmp_path, clock=clock) as store:
        clock.now += 1000 * DAY
        for _ in range(KEPT):
            clock.now += DAY
            await store.back_up_if_due()
        clock.now -= 2000 * DAY
        made = []
        for _ in range(KEPT):
            clock.now += DAY
            made.append(await store.back_up_if_due())
        assert copies(tmp_path / "backups") == made


async def test_other_files_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    clock = Clock()
    async with opened(tmp_path, clock=clock) as store:
        await store.back_up_if_due()
        mine = tmp_path / "backups" / "a-copy-of-mine.sqlite3"
        mine.write_text("precious")
        for _ in range(KEPT + 1):
            clock.now += DAY
            await store.back_up_if_due()
    assert mine.read_text() == "precious"


async def test_closing_does_not_wait_for_a_copy_and_leaves_no_half(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        for _ in range(20):
            await said(store, *["long words " * 5000] * 4)
        copying = asyncio.ensure_future(store.back_up_if_due())
        await asyncio.sleep(0)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("backup")]
    copy = await copying
    assert copies(tmp_path / "backups") == ([] if copy is None else [copy])
    assert names_in(tmp_path / "backups") == (set() if copy is None else {copy.name})


async def test_what_is_said_while_a_copy_is_made_does_not_wait_for_it(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        for _ in range(20):
            await said(store, *["long words " * 5000] * 4)
        copying = asyncio.ensure_future(store.back_up_if_due())
        await asyncio.sleep(0)
        talk = await said(store, "meanwhile")
        assert not copying.done()
        assert await copying is not None
        assert texts(await loaded(store, talk.id)) == ["meanwhile"]


async def test_a_copy_is_put_in_the_place_of_a_damaged_file(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    async with opened(tmp_path) as store:
        talk = await said(store, "kept")
        copy = await store.back_up_if_due()
        assert copy is not None
    path.write_bytes(b"damaged" * 1000)
    log_of(path).write_bytes(b"old log")
    old = put_back(path, copy, now=Clock()())
    assert old.read_bytes() == b"damaged" * 1000
    assert log_of(old).read_bytes() == b"old log"
    assert copy.exists()
    async with opened(tmp_path) as store:
        assert texts(await loaded(store, talk.id)) == ["kept"]


async def test_a_file_that_is_in_use_is_not_replaced(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        copy = await store.back_up_if_due()
        assert copy is not None
        before = (tmp_path / FILE_NAME).read_bytes()
        with pytest.raises(StorageError) as caught:
            put_back(tmp_path / FILE_NAME, copy, now=Clock()())
        assert caught.value.fault is Fault.STORE_LOCKED
        assert (tmp_path / FILE_NAME).read_bytes() == before
