"""What a living process is writing is left alone; what a dead one left is not."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from helpers.stores import beginning, conversation, loaded, opened, question, said, texts

from core.models import MessageState
from core.storage.runs import Run
from core.storage.store import FILE_NAME

ROOT = Path(__file__).parents[3]

WRITER = """
import asyncio, sys, pathlib
from core.storage.store import Store
from helpers.stores import beginning, conversation, question, ended

async def main():
    store = await Store.open(pathlib.Path(sys.argv[1]))
    new, asked = conversation(), question("from the other process")
    reply = beginning(after=asked)
    await store.save_exchange(new, [asked, reply])
    await store.checkpoint(reply.id, text="half")
    print(new.id, flush=True)
    sys.stdin.readline()
    await store.checkpoint(reply.id, text=" and half")
    await store.end_message(ended(reply, "half and half"))
    await store.close()

asyncio.run(main())
"""


@contextlib.contextmanager
def other_process(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, folder / FILE_NAME],
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout
    try:
        yield process, int(process.stdout.readline())
    finally:
        process.kill()
        process.communicate()


async def test_a_living_process_goes_on_with_its_reply(tmp_path: Path) -> None:
    with other_process(tmp_path) as (process, conversation_id):
        async with opened(tmp_path) as store:
            assert store.recovered == ()
            found = (await loaded(store, conversation_id)).messages[-1]
            assert (found.text, found.state) == ("half", MessageState.STREAMING)
            mine = await said(store, "from this one")
            process.communicate(b"go on\n", timeout=30)
            assert process.returncode == 0
            found = (await loaded(store, conversation_id)).messages[-1]
            assert (found.text, found.state) == ("half and half", MessageState.COMPLETE)
            assert texts(await loaded(store, mine.id)) == ["from this one"]


async def test_the_reply_of_a_dead_process_is_interrupted(tmp_path: Path) -> None:
    with other_process(tmp_path) as (process, conversation_id):
        process.kill()
        process.communicate()
        async with opened(tmp_path) as store:
            assert store.recovered == (conversation_id,)
            found = (await loaded(store, conversation_id)).messages[-1]
            assert (found.text, found.state) == ("half", MessageState.INTERRUPTED)
            assert len(list((tmp_path / "runs").iterdir())) == 1


async def test_a_store_that_is_opened_twice_leaves_the_first_alone(tmp_path: Path) -> None:
    async with opened(tmp_path) as first:
        new, asked = conversation(), question()
        await first.save_exchange(new, [asked, beginning(after=asked)])
        async with opened(tmp_path) as second:
            assert second.recovered == ()
            assert (await second.summaries([new.id]))[0].is_streaming


def test_a_run_is_dead_when_nobody_holds_its_lock(tmp_path: Path) -> None:
    first, second = Run(tmp_path / "runs"), Run(tmp_path / "runs")
    left = tmp_path / "runs" / "abc.lock"
    left.touch()
    assert first.others() == [second.token]
    assert not left.exists()
    assert first.dead([first.token, second.token, "gone", "../x"]) == ["../x", "gone"]
    second.close()
    assert first.dead([second.token]) == [second.token]
    first.close()
    first.close()
    assert not list((tmp_path / "runs").iterdir())
