"""A program that is killed at some instant, and what must be found on the disk afterwards."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from helpers.running_program import LIMIT, RunningProgram

from core.models import Message, MessageState, Role
from core.storage.store import FILE_NAME, Store

CHECKPOINTED = 1.5
"""Seconds after which the words of an answer that had arrived are on the disk."""
_INDEXES = ("message_search", "title_search")


@dataclass(frozen=True, slots=True)
class Killing:
    """How a program was ended."""

    at: float
    """When (time.monotonic)."""
    starved: float
    """Seconds that it had been ready to run meanwhile and was not let, for all others did."""

    @property
    def safe_since(self) -> float:
        """What had arrived before this moment must be on the disk."""
        return self.at - CHECKPOINTED - self.starved


def kill(program: RunningProgram, *, starved_before: float = 0.0) -> Killing:
    """End a program as a power cut does, as far as the program is concerned."""
    starved = starvation(program) - starved_before
    moment = time.monotonic()
    if program.exit_code is None:
        os.kill(program.pid, signal.SIGKILL)
    program.wait()
    return Killing(moment, max(0.0, starved))


def starvation(program: RunningProgram) -> float:
    """Return the seconds that the threads of a program have waited for a processor so far."""
    waited = 0.0
    for task in Path(f"/proc/{program.pid}/task").glob("*/schedstat"):
        try:
            waited += int(task.read_text().split()[1]) / 1e9
        except OSError:  # the thread has just ended
            continue
    return waited


def wait_for(condition: Callable[[], bool], *, until: float | None = None) -> bool:
    """Look until `condition` holds, or `until` a moment (time.monotonic); return whether it does.

    Raises:
        AssertionError: it does not, without `until`, after a long while.
    """
    deadline = time.monotonic() + LIMIT if until is None else until
    while not condition():
        if time.monotonic() > deadline:
            assert until is not None, "waited in vain"
            return False
        time.sleep(0.002)
    return True


def remains(folder: Path, place: Path) -> Path:
    """Copy what a killed program has left in its data folder to `place`, and return that.

    The folder itself stays untouched for the next start to mend.
    """
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(folder, place, ignore=shutil.ignore_patterns("runs", "backups"))
    return place


def check_file(path: Path) -> int:
    """Assert that a database is sound throughout; return its version, 0 for none."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:

        def rows(statement: str) -> list[tuple[object, ...]]:
            return connection.execute(statement).fetchall()

        assert rows("PRAGMA integrity_check") == [("ok",)]
        assert rows("PRAGMA foreign_key_check") == []
        version = int(str(rows("PRAGMA user_version")[0][0]))
        for index in _INDEXES if version else ():
            rows(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")  # noqa: S608 - our own names
    return version


@dataclass(frozen=True, slots=True)
class Kept:
    """One question with its answer, as the store has them; the answer may not be there."""

    conversation_id: int
    question: str
    answer: Message | None

    @property
    def text(self) -> str:
        """The words of the answer."""
        return "" if self.answer is None else self.answer.text


def kept_exchanges(folder: Path) -> Mapping[str, Kept]:
    """Return what is in the store of a folder by question, which opening has mended before."""
    return asyncio.run(_kept_exchanges(folder / FILE_NAME))


async def _kept_exchanges(path: Path) -> Mapping[str, Kept]:
    store = await Store.open(path)
    found: dict[str, Kept] = {}
    try:
        for conversation_id in await store.tree_ids(with_trash=True):
            tree = await store.load_tree(conversation_id, with_trash=True)
            assert tree is not None
            by_id = {message.id: message for message in tree.messages}
            answers = {m.parent_id: m for m in tree.messages if m.role is Role.ASSISTANT}
            for id_, message in by_id.items():
                assert message.state is not MessageState.STREAMING
                if message.role is Role.USER:
                    found[message.text] = Kept(conversation_id, message.text, answers.get(id_))
    finally:
        await store.close()
    return found
