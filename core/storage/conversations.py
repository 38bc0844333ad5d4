"""Conversations in the file, one statement for each function."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from core.models import Conversation, ConversationSummary
from core.storage.changes import (
    ALL,
    AnyFolder,
    ConversationChanges,
    ConversationIndex,
    Section,
)
from core.storage.values import json_from, milliseconds, parameters_from, seconds, storable

_COLUMNS = (
    "id, title, has_own_title, profile, model, system_prompt, parameters, folder_id, is_pinned,"
    " is_archived, draft, leaf_id, created_at, updated_at, deleted_at"
)


class Conversations:
    """All conversations, seen through one connection in a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def insert(self, conversation: Conversation, *, now: int) -> bool:
        """Add a conversation without its messages; whether it was not there yet.

        A folder that does not exist is left out.
        """
        cursor = self._connection.execute(
            "INSERT INTO conversation (id, title, has_own_title, profile, model, system_prompt,"
            " parameters, folder_id, is_pinned, is_archived, draft, created_at, updated_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, (SELECT id FROM folder WHERE id = ?), ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO NOTHING",
            (
                conversation.id,
                storable(conversation.title),
                conversation.has_own_title,
                storable(conversation.profile),
                storable(conversation.model),
                storable(conversation.system_prompt),
                json_from(conversation.parameters),
                conversation.folder_id,
                conversation.is_pinned,
                conversation.is_archived,
                storable(conversation.draft),
                milliseconds(conversation.created_at) or now,
                milliseconds(conversation.updated_at) or now,
            ),
        )
        return cursor.rowcount == 1

    def say(self, conversation_id: int, *, leaf_id: int | None, now: int) -> None:
        """Note that something was said: what ends the branch, when, and that nothing is drafted."""
        self._connection.execute(
            "UPDATE conversation SET leaf_id = ?, updated_at = ?, draft = '' WHERE id = ?",
            (leaf_id, now, conversation_id),
        )

    def touch(self, conversation_id: int, *, now: int) -> None:
        """Note that something was last said now."""
        self._connection.execute(
            "UPDATE conversation SET updated_at = ? WHERE id = ?", (now, conversation_id)
        )

    def set_leaf(self, conversation_id: int, leaf_id: int | None) -> None:
        """Show another branch."""
        self._connection.execute(
            "UPDATE conversation SET leaf_id = ? WHERE id = ?", (leaf_id, conversation_id)
        )

    def leaf(self, conversation_id: int) -> int | None:
        """Return where the branch ends that is shown."""
        row = self._connection.execute(
            "SELECT leaf_id FROM conversation WHERE id = ?", (conversation_id,)
        ).fetchone()
        return None if row is None else row[0]

    def update(self, conversation_id: int, changes: ConversationChanges) -> bool:
        """Change some columns; whether there is such a conversation."""
        values = _values(changes) or {"id": conversation_id}
        folder = "(SELECT id FROM folder WHERE id = :folder_id AND deleted_at = 0)"
        columns = [f"{name} = {folder if name == 'folder_id' else ':' + name}" for name in values]
        cursor = self._connection.execute(
            f"UPDATE conversation SET {', '.join(columns)} WHERE id = :id",  # noqa: S608 - ours
            {**values, "id": conversation_id},
        )
        return cursor.rowcount == 1

    def get(self, conversation_id: int) -> Conversation | None:
        """Return a conversation without its messages."""
        row = self._connection.execute(
            f"SELECT {_COLUMNS} FROM conversation WHERE id = ?",  # noqa: S608 - our own columns
            (conversation_id,),
        ).fetchone()
        return None if row is None else _conversation(row)

    def index(self, section: Section, folder_id: int | AnyFolder | None = ALL) -> ConversationIndex:
        """Return the order of a list, by one walk along one index."""
        if section is Section.TRASH:
            return self._trash()
        condition = "" if folder_id is ALL else " AND folder_id IS :folder"
        rows = self._connection.execute(
            "SELECT id, updated_at, is_pinned FROM conversation"  # noqa: S608 - our own words
            f" WHERE deleted_at = 0 AND is_archived = :archived{condition}"
            " ORDER BY is_pinned DESC, updated_at DESC, id DESC",
            {
                "archived": section is Section.ARCHIVED,
                "folder": None if folder_id is ALL else folder_id,
            },
        ).fetchall()
        return _index(rows)

    def _trash(self) -> ConversationIndex:
        rows = self._connection.execute(
            "SELECT id, deleted_at, 0 FROM conversation WHERE deleted_at > 0"
            " ORDER BY deleted_at DESC, id DESC"
        )
        return _index(rows.fetchall())

    def summaries(self, ids: Sequence[int]) -> list[ConversationSummary]:
        """Return what a list shows of these conversations, in this order."""
        rows = self._connection.execute(
            "SELECT id, title, updated_at, is_pinned, is_archived, folder_id, deleted_at,"
            " EXISTS (SELECT 1 FROM message"
            " WHERE conversation_id = conversation.id AND state = 'streaming')"
            " FROM conversation WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        )
        found = {row[0]: _summary(row) for row in rows}
        return [found[id_] for id_ in ids if id_ in found]

    def newest_id(self) -> int | None:
        """Return the conversation in which something was last said, if it is in the list."""
        row = self._connection.execute(
            "SELECT id FROM conversation WHERE deleted_at = 0 AND is_archived = 0"
            " ORDER BY updated_at DESC, id DESC LIMIT 1"
        ).fetchone()
        return None if row is None else int(row[0])

    def ids(self, *, with_trash: bool = False) -> array[int]:
        """Return the ids of all conversations, the oldest first."""
        rows = self._connection.execute(
            "SELECT id FROM conversation WHERE ? OR deleted_at = 0 ORDER BY created_at, id",
            (with_trash,),
        )
        return array("q", (id_ for (id_,) in rows))


def _values(changes: Mapping[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in changes.items():
        if name not in ConversationChanges.__annotations__:
            raise TypeError(f"A conversation has no {name!r} that could be changed.")
        if name == "parameters":
            values[name] = json_from(value)
        else:
            values[name] = storable(value) if isinstance(value, str) else value
    return values


def _conversation(row: Sequence[Any]) -> Conversation:
    return Conversation(
        row[0],
        title=row[1],
        has_own_title=bool(row[2]),
        profile=row[3],
        model=row[4],
        system_prompt=row[5],
        parameters=parameters_from(row[6]),
        folder_id=row[7],
        is_pinned=bool(row[8]),
        is_archived=bool(row[9]),
        draft=row[10],
        leaf_id=row[11],
        created_at=seconds(row[12]),
        updated_at=seconds(row[13]),
        deleted_at=seconds(row[14]),
    )


def _summary(row: Sequence[Any]) -> ConversationSummary:
    return ConversationSummary(
        row[0],
        row[1],
        seconds(row[2]),
        is_pinned=bool(row[3]),
        is_archived=bool(row[4]),
        folder_id=row[5],
        deleted_at=seconds(row[6]),
        is_streaming=bool(row[7]),
    )


def _index(rows: Iterable[tuple[int, int, int]]) -> ConversationIndex:
    rows = list(rows)
    return ConversationIndex(
        array("q", [row[0] for row in rows]),
        array("d", [row[1] / 1000 for row in rows]),
        sum(row[2] for row in rows),
    )
