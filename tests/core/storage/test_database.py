"""One thread, one transaction for each piece of work, and an orderly end."""

from __future__ import annotations

import asyncio
import gc
import os
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.stores import answer, conversation, loaded, names_in, opened, question, said, texts

from core.errors import StorageError
from core.models import ConversationTree
from core.storage.store import FILE_NAME, Store

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")


def storage_threads() -> list[str]:
    names = ("storage", "search", "backup")
    return [thread.name for thread in threading.enumerate() if thread.name.startswith(names)]


@pytest.fixture(params=[0o000, 0o777])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


@posix
@pytest.mark.usefixtures("umask")
async def test_nobody_else_can_read_anything_whatever_the_umask(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    async with opened(folder) as store:
        await said(store, "secret")
        await store.back_up_if_due()
        modes = {
            path.relative_to(tmp_path).as_posix(): stat.S_IMODE(path.stat().st_mode)
            for path in [folder, *folder.rglob("*")]
        }
    assert {"data/beseda.sqlite3", "data/beseda.sqlite3-wal", "data/beseda.sqlite3-shm"} < {*modes}
    folders = {name for name, mode in modes.items() if mode == 0o700}
    assert folders == {"data", "data/runs", "data/backups"}
    assert {mode for name, mode in modes.items() if name not in folders} == {0o600}


@posix
async def test_a_file_that_others_could_read_is_hidden_from_them(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await said(store, "secret")
    (tmp_path / FILE_NAME).chmod(0o644)
    async with opened(tmp_path) as store:
        await said(store, "secret")
        for name in names_in(tmp_path) - {"runs"}:
            assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


async def test_closing_does_what_was_asked_for_and_leaves_nothing_open(tmp_path: Path) -> None:
    store = await Store.open(tmp_path / FILE_NAME)
    new, asked = conversation(), question()
    last = asyncio.ensure_future(store.save_exchange(new, [asked]))
    await asyncio.sleep(0)
    await asyncio.gather(store.close(), store.close())
    await store.close()
    await last
    assert storage_threads() == []
    assert names_in(tmp_path) == {FILE_NAME, "runs"}
    assert names_in(tmp_path / "runs") == set()
    async with opened(tmp_path) as store:
        assert texts(await loaded(store, new.id)) == ["Why?"]


async def test_a_closed_store_says_that_it_is_closed(tmp_path: Path) -> None:
    store = await Store.open(tmp_path / FILE_NAME)
    await store.close()
    for use in (
        store.index(),
        store.save_exchange(conversation(), [question()]),
        store.search("x"),
        store.back_up_if_due(),
        store.empty_trash(),
    ):
        with pytest.raises(StorageError):
            await use


async def test_a_store_that_cannot_be_opened_leaves_no_thread(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(StorageError):
        await Store.open(tmp_path / FILE_NAME)
    assert storage_threads() == []


async def test_what_a_cancelled_task_asked_for_is_done_as_a_whole() -> None:
    async with opened(None) as store:
        saved = []
        for _ in range(20):
            new, asked = conversation(), question()
            task = asyncio.ensure_future(
                store.save_exchange(new, [asked, answer("Because.", after=asked)])
            )
            await asyncio.sleep(0)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            saved.append(new.id)
        for conversation_id in saved:
            assert texts(await loaded(store, conversation_id)) == ["Why?", "Because."]


async def test_listeners_are_told_of_what_a_cancelled_task_asked_for() -> None:
    async with opened(None) as store:
        told: list[object] = []
        store.subscribe(told.append)
        task = asyncio.ensure_future(store.save_exchange(conversation(), [question()]))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await store.index()
        assert len(told) == 2


async def test_the_loop_hears_of_an_error_that_a_cancelled_task_cannot_be_told() -> None:
    heard: list[dict[str, object]] = []
    loop = asyncio.get_running_loop()
    before = loop.get_exception_handler()
    loop.set_exception_handler(lambda _, context: heard.append(context))
    async with opened(None) as store:
        task = asyncio.ensure_future(store.choose_version(1, 2))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await store.index()
    loop.set_exception_handler(before)
    assert [type(context["exception"]) for context in heard] == [StorageError]


async def test_work_is_done_in_the_order_in_which_it_was_asked_for() -> None:
    async with opened(None) as store:
        new = await said(store, "?")
        drafts = [f"draft {number}" for number in range(50)]
        await asyncio.gather(*(store.update(new.id, draft=draft) for draft in drafts))
        assert (await loaded(store, new.id)).draft == drafts[-1]


async def test_an_error_half_way_undoes_the_first_half() -> None:
    async with opened(None) as store:
        old = await said(store, "?")
        tree = await store.load_tree(old.id)
        assert tree is not None
        await store.clear()
        await store.empty_trash()

        def broken() -> Iterator[ConversationTree]:
            assert tree is not None
            yield tree
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            await store.insert_trees(broken())
        assert await store.load(old.id) is None
        assert await store.insert_trees([tree]) == [old.id]


async def test_the_loop_goes_on_while_the_store_works(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        asked = question("long " * 1_000_000)
        task = asyncio.ensure_future(store.save_exchange(conversation(), [asked]))
        turns = 0
        while not task.done():
            await asyncio.sleep(0)
            turns += 1
        assert turns > 10


async def test_two_stores_share_a_file(tmp_path: Path) -> None:
    async with opened(tmp_path) as one, opened(tmp_path) as two:
        new = await said(one, "from one")
        await said(two, "from two")
        assert texts(await loaded(two, new.id)) == ["from one"]
        assert len((await one.index()).ids) == 2


def test_a_program_that_forgets_to_close_ends_and_has_saved(tmp_path: Path) -> None:

    code = (
        "import asyncio, sys, pathlib\n"
        "from core.storage.store import Store\n"
        "from helpers.stores import conversation, question\n"
        "async def main():\n"
        "    store = await Store.open(pathlib.Path(sys.argv[1]))\n"
        "    await store.save_exchange(conversation(), [question('kept')])\n"
        "asyncio.run(main())\n"
    )
    root = Path(__file__).parents[3]
    subprocess.run(
        [sys.executable, "-c", code, tmp_path / FILE_NAME],
        env={**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{root / 'tests'}"},
        check=True,
        timeout=30,
    )
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    assert connection.execute("SELECT text FROM message").fetchall() == [("kept",)]
    connection.close()
    gc.collect()
