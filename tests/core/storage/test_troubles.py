"""Whatever is wrong with the file or the disk is said, and what is in the file stays."""

from __future__ import annotations

import contextlib
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.stores import answer, conversation, loaded, names_in, opened, question, said, texts
from helpers.unwritable import enlarge_disk, largest_file, read_only, small_disk

from core.errors import Fault, StorageError
from core.sentences import sentence
from core.storage.store import FILE_NAME

HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA locking_mode = " + sys.argv[2])
connection.execute("BEGIN EXCLUSIVE")
connection.execute("CREATE TABLE held (x)")
print("held", flush=True)
sys.stdin.read()
"""


@contextlib.contextmanager
def held_by_another_process(path: Path, *, mode: str = "NORMAL") -> Iterator[None]:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, path, mode], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout
    assert holder.stdout.readline() == b"held\n"
    try:
        yield
    finally:
        holder.communicate()


async def fault_of_opening(folder: Path) -> Fault:
    with pytest.raises(StorageError) as caught:
        async with opened(folder, busy_timeout=0.05):
            pass
    assert str(folder / FILE_NAME) in sentence(caught.value) or caught.value.message
    return caught.value.fault


async def filled(folder: Path, count: int = 40) -> None:
    async with opened(folder) as store:
        for number in range(count):
            await said(store, f"question {number} " * 50, f"answer {number} " * 200)


@pytest.mark.parametrize("mode", ["NORMAL", "EXCLUSIVE"])
async def test_a_file_that_another_process_holds_cannot_be_opened(
    tmp_path: Path, mode: str
) -> None:
    await filled(tmp_path, 1)
    with held_by_another_process(tmp_path / FILE_NAME, mode=mode):
        assert await fault_of_opening(tmp_path) is Fault.STORE_LOCKED
    async with opened(tmp_path) as store:
        assert len((await store.index()).ids) == 1


async def test_a_file_that_is_held_for_a_while_can_be_written_to_afterwards(tmp_path: Path) -> None:
    async with opened(tmp_path, busy_timeout=0.05) as store:
        new, asked = conversation(), question()
        with held_by_another_process(tmp_path / FILE_NAME):
            with pytest.raises(StorageError) as caught:
                await store.save_exchange(new, [asked])
            assert caught.value.fault is Fault.STORE_LOCKED
            assert await store.load(new.id) is None
        await store.save_exchange(new, [asked])
        assert texts(await loaded(store, new.id)) == ["Why?"]


async def test_a_full_disk_is_said_and_the_store_goes_on_when_there_is_space(
    tmp_path: Path,
) -> None:
    with small_disk(tmp_path / "disk", kilobytes=1500) as disk:
        async with opened(disk) as store:
            first = await said(store, "before", "saved")
            ballast = disk / "ballast"
            ballast.write_bytes(b"x" * (shutil.disk_usage(disk).free - 40_000))
            new, asked = conversation(), question("long " * 50_000)
            with pytest.raises(StorageError) as caught:
                await store.save_exchange(new, [asked])
            assert caught.value.fault is Fault.STORE_FULL
            assert texts(await loaded(store, first.id)) == ["before", "saved"]
            assert await store.load(new.id) is None
            ballast.unlink()
            await store.save_exchange(new, [asked])
        async with opened(disk) as store:
            assert texts(await loaded(store, new.id)) == [asked.text]


async def test_a_disk_that_is_full_from_the_start_is_said(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", kilobytes=40) as disk:
        assert await fault_of_opening(disk) is Fault.STORE_FULL
        enlarge_disk(disk, kilobytes=4000)
        async with opened(disk) as store:
            assert texts(await said(store, "now")) == ["now"]


async def test_a_file_that_may_not_grow_is_said_and_the_store_goes_on(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        first = await said(store, "before", "saved")
        new, asked = conversation(), question("long " * 50_000)
        with largest_file(120_000), pytest.raises(StorageError):
            await store.save_exchange(new, [asked])
        assert texts(await loaded(store, first.id)) == ["before", "saved"]
        await store.save_exchange(new, [asked])
        assert texts(await loaded(store, new.id)) == [asked.text]


@pytest.mark.parametrize("what", [FILE_NAME, "."])
async def test_a_file_or_a_folder_that_is_read_only_is_said(tmp_path: Path, what: str) -> None:
    await filled(tmp_path, 1)
    before = (tmp_path / FILE_NAME).read_bytes()
    with read_only(tmp_path / what):
        assert await fault_of_opening(tmp_path) is Fault.STORE_READ_ONLY
    assert (tmp_path / FILE_NAME).read_bytes() == before


async def test_a_folder_in_which_nothing_can_be_made_is_said(tmp_path: Path) -> None:
    with read_only(tmp_path):
        assert await fault_of_opening(tmp_path) is Fault.STORE_READ_ONLY
        assert await fault_of_opening(tmp_path / "new") is Fault.STORE_READ_ONLY
    assert names_in(tmp_path) == set()


async def test_a_folder_in_the_place_of_the_file_is_said(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    assert await fault_of_opening(tmp_path) is Fault.STORAGE
    assert not list((tmp_path / FILE_NAME).iterdir())


async def test_a_file_of_another_kind_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("My diary\n" * 1000)
    assert await fault_of_opening(tmp_path) is Fault.STORE_DAMAGED
    assert (tmp_path / FILE_NAME).read_text() == "My diary\n" * 1000
    assert names_in(tmp_path) == {FILE_NAME}


async def test_a_database_of_another_program_is_left_as_it_is(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    connection.execute("CREATE TABLE recipe (name TEXT)")
    connection.commit()
    connection.close()
    before = (tmp_path / FILE_NAME).read_bytes()
    assert await fault_of_opening(tmp_path) is Fault.STORE_DAMAGED
    assert (tmp_path / FILE_NAME).read_bytes() == before


async def test_a_file_of_a_newer_version_is_left_as_it_is(tmp_path: Path) -> None:
    await filled(tmp_path, 1)
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = (tmp_path / FILE_NAME).read_bytes()
    assert await fault_of_opening(tmp_path) is Fault.STORE_NEWER
    assert (tmp_path / FILE_NAME).read_bytes() == before


async def test_an_empty_file_is_what_an_interrupted_first_start_leaves(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).touch()
    async with opened(tmp_path) as store:
        assert len((await store.index()).ids) == 0


async def test_an_empty_file_beside_backups_was_not_empty_once(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.back_up_if_due()
    (tmp_path / FILE_NAME).write_bytes(b"")
    assert await fault_of_opening(tmp_path) is Fault.STORE_DAMAGED
    assert (tmp_path / FILE_NAME).read_bytes() == b""


@pytest.mark.parametrize("place", range(0, 100, 7))
async def test_a_damaged_header_never_makes_an_empty_store(tmp_path: Path, place: int) -> None:
    await filled(tmp_path, 1)
    content = bytearray((tmp_path / FILE_NAME).read_bytes())
    content[place : place + 8] = b"\xff" * 8
    (tmp_path / FILE_NAME).write_bytes(content)
    error = await error_of_using(tmp_path)
    if error is not None:
        assert error.fault in {Fault.STORE_DAMAGED, Fault.STORE_NEWER}
        assert (tmp_path / FILE_NAME).read_bytes() == content


@pytest.mark.parametrize("seed", range(12))
async def test_a_damaged_page_is_said_and_never_an_unexpected_error(
    tmp_path: Path, seed: int
) -> None:
    await filled(tmp_path)
    chance = random.Random(seed)  # noqa: S311 - the same at every run
    content = bytearray((tmp_path / FILE_NAME).read_bytes())
    for _ in range(5):
        page = chance.randrange(1, len(content) // 4096) * 4096
        content[page : page + 4096] = chance.randbytes(4096)
    (tmp_path / FILE_NAME).write_bytes(content)
    error = await error_of_using(tmp_path)
    if error is not None:
        assert error.fault is Fault.STORE_DAMAGED
        assert str(tmp_path / "backups") in sentence(error)


async def error_of_using(folder: Path) -> StorageError | None:
    """Return what is said of a file that had conversations, None when all goes well."""
    try:
        async with opened(folder) as store:
            index = await store.index()
            assert index.ids
            await store.summaries(list(index.ids))
            for conversation_id in index.ids:
                await store.load(conversation_id)
            await said(store, "new", "messages")
            await store.clear()
            await store.empty_trash()
    except StorageError as error:
        return error
    return None


async def test_an_answer_is_not_lost_to_letters_that_no_file_can_hold() -> None:
    async with opened(None) as store:
        new, asked = conversation("\ud800"), question("a\0b\udfffc")
        await store.save_exchange(new, [asked, answer("😀", after=asked, prompt_tokens=10**30)])
        assert texts(await loaded(store, new.id)) == ["a\ufffdb\ufffdc", "😀"]
