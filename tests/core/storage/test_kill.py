"""Nothing that was acknowledged is lost when the process is killed, at whatever instant."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from helpers.store_victim import migrations
from helpers.stores import opened

from core.models import Message, MessageState
from core.storage.changes import Section
from core.storage.store import FILE_NAME, Store

ROOT = Path(__file__).parents[3]
ROUNDS = int(os.environ.get("BESEDA_KILL_ROUNDS", "20"))
LONGEST_LIFE = 1.2
"""Seconds; most of the first third goes into the start of the interpreter."""


@dataclass
class Expected:
    """What victims were told that it is saved."""

    texts: dict[int, str] = field(default_factory=dict)
    open_replies: set[int] = field(default_factory=set)
    owner: dict[int, int] = field(default_factory=dict)
    in_trash: dict[int, bool | None] = field(default_factory=dict)
    """None where it was killed while it deleted or restored."""
    reopening: set[int] = field(default_factory=set)

    def note(self, what: str, *values: Any) -> None:
        if what == "exchange":
            conversation_id, (asked, text), (reply, _) = values
            self.texts |= {asked: text, reply: ""}
            self.owner |= {asked: conversation_id, reply: conversation_id}
            self.open_replies.add(reply)
            self.in_trash[conversation_id] = False
        elif what == "checkpoint":
            self.texts[values[0]] = values[1]
        elif what == "end":
            self.texts[values[0]] = values[1]
            self.open_replies.discard(values[0])
            self.reopening.discard(values[0])
        elif what == "reopen":
            self.open_replies.add(values[0])
        elif what in {"delete", "restore"}:
            self.in_trash[values[0]] = what == "delete"
        elif what == "try" and values[0] == "reopen":
            self.reopening.add(values[1])
        elif what == "try":
            self.in_trash[values[1]] = None


def live_and_die(path: Path, *, extra: int, seed: int, seconds: float) -> list[list[Any]]:
    """Return what a victim said in its life."""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    victim = subprocess.Popen(
        [sys.executable, "-m", "helpers.store_victim", path, str(extra), str(seed)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        output, errors = victim.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        victim.kill()
        output, errors = victim.communicate()
    assert not errors, errors.decode()
    *lines, _unfinished = output.split(b"\n")
    return [json.loads(line) for line in lines]


def check_file(path: Path, *, extra: int) -> None:
    """The file is sound, and in the old version or the new."""
    connection = sqlite3.connect(path)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        assert version == 0 or len(migrations(0)) <= version <= len(migrations(extra))
        if version:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
            assert "message" in tables
            assert "copy_of_messages" not in tables
    finally:
        connection.close()


async def check_store(store: Store, expected: Expected) -> None:
    trash = set((await store.index(section=Section.TRASH)).ids)
    active = set((await store.index()).ids)
    for conversation_id, in_trash in expected.in_trash.items():
        assert conversation_id in active | trash
        if in_trash is not None:
            assert (conversation_id in trash) is in_trash
    for conversation_id in set(expected.owner.values()):
        tree = await store.load_tree(conversation_id)
        assert tree is not None
        found = {message.id: message for message in tree.messages}
        for message_id, owner in expected.owner.items():
            if owner == conversation_id:
                check_message(found[message_id], expected)


def check_message(message: Message, expected: Expected) -> None:
    text = expected.texts[message.id]
    assert message.state is not MessageState.STREAMING
    if message.id in expected.open_replies | expected.reopening:
        # What was asked for last may have been done, though nobody was told.
        assert message.text.startswith(text)
        if not message.text.endswith("end"):
            assert message.state is MessageState.INTERRUPTED
    else:
        assert message.text == text
        assert message.state is MessageState.COMPLETE


@pytest.mark.timeout(60 + 6 * ROUNDS)
async def test_nothing_acknowledged_is_lost_when_the_process_is_killed(tmp_path: Path) -> None:
    chance = random.Random(4)  # noqa: S311 - the same at every run
    expected = Expected()
    path = tmp_path / FILE_NAME
    acknowledged, migrated = 0, 0
    for number in range(ROUNDS):
        extra = number // 2
        lines = live_and_die(
            path, extra=extra, seed=number, seconds=chance.uniform(0.1, LONGEST_LIFE)
        )
        acknowledged += len(lines)
        for line in lines:
            expected.note(*line)
        if path.exists():
            check_file(path, extra=extra)
        async with opened(tmp_path, migrations=migrations(extra)) as store:
            await check_store(store, expected)
            migrated += 1
        settle(expected)
    assert acknowledged > ROUNDS
    assert not list((tmp_path / "runs").iterdir())
    for copy in (tmp_path / "backups").glob("*.sqlite3"):
        check_file(copy, extra=ROUNDS)


def settle(expected: Expected) -> None:
    """Forget what was under way: it has come out one way or the other, and stays so."""
    for message_id in expected.open_replies | expected.reopening:
        del expected.texts[message_id], expected.owner[message_id]
    expected.open_replies.clear()
    expected.reopening.clear()
    expected.in_trash = {id_: now for id_, now in expected.in_trash.items() if now is not None}
