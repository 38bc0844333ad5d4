"""A process that works with a store until it is killed, and says what was acknowledged to it.

Each line that it prints is a list of JSON. One that begins with `try` tells what it is about to
do; the same without `try` follows when the store has said that it is done.
"""

from __future__ import annotations

import asyncio
import json
import random
import sqlite3
import sys
from dataclasses import replace
from pathlib import Path

from helpers.stores import beginning, conversation, ended, question

from core.models import Message
from core.storage.changes import Deletion
from core.storage.migrations import MIGRATIONS, Migration
from core.storage.store import Store


def migrations(count: int) -> tuple[Migration, ...]:
    """Return the real migrations, and `count` that rewrite every message."""
    return (*MIGRATIONS, *[_rewrite] * count)


def _rewrite(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE copy_of_messages AS SELECT * FROM message")
    connection.execute("UPDATE message SET profile = profile || '.'")
    connection.execute("DROP TABLE copy_of_messages")


def _say(*values: object) -> None:
    sys.stdout.write(json.dumps(values) + "\n")
    sys.stdout.flush()


class _Victim:
    def __init__(self, store: Store, chance: random.Random) -> None:
        self._store = store
        self._chance = chance
        self._deletions: list[Deletion] = []
        self._conversations: list[int] = []
        self._messages: list[Message] = []

    async def work(self) -> None:
        """Do one thing after the other, for ever."""
        while True:
            await self._converse()
            await self._chance.choice([self._delete, self._restore, self._go_on, self._back_up])()

    async def _converse(self) -> None:
        new, last = conversation(f"Title {self._chance.random()}"), None
        for _ in range(self._chance.randint(1, 4)):
            asked = question(f"question {self._chance.random()}" * 20, after=last)
            reply = beginning(after=asked)
            await self._store.save_exchange(new, [asked, reply])
            _say("exchange", new.id, [asked.id, asked.text], [reply.id, ""])
            last = await self._stream(reply)
        self._conversations.append(new.id)

    async def _stream(self, reply: Message) -> Message:
        text = reply.text
        for _ in range(self._chance.randint(0, 6)):
            piece = f"{self._chance.random()} " * self._chance.randint(1, 200)
            await self._store.checkpoint(reply.id, text=piece)
            text += piece
            _say("checkpoint", reply.id, text)
        reply = ended(reply, text + "end")
        await self._store.end_message(reply)
        _say("end", reply.id, reply.text)
        self._messages.append(reply)
        return reply

    async def _go_on(self) -> None:
        # Taken out: what it is now, it is no more when it has gone on.
        reply = self._messages.pop(self._chance.randrange(len(self._messages)))
        _say("try", "reopen", reply.id)
        await self._store.reopen_message(reply.id)
        _say("reopen", reply.id)
        await self._stream(replace(reply, text=reply.text))

    async def _delete(self) -> None:
        id_ = self._chance.choice(self._conversations)
        _say("try", "delete", id_)
        deletion = await self._store.delete_conversations([id_])
        self._deletions.append(deletion)
        _say("delete", id_)

    async def _restore(self) -> None:
        for deletion in self._deletions:
            for id_ in deletion.ids:
                _say("try", "restore", id_)
            await self._store.restore(deletion)
            for id_ in deletion.ids:
                _say("restore", id_)
        self._deletions.clear()

    async def _back_up(self) -> None:
        await self._store.back_up_if_due()


async def _main(path: Path, extra: int, seed: int) -> None:
    store = await Store.open(path, migrations=migrations(extra))
    _say("open", extra)
    await _Victim(store, random.Random(seed)).work()  # noqa: S311 - the same at every run


if __name__ == "__main__":
    asyncio.run(_main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
