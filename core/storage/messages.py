"""Messages in the file, one statement for each function."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from core.models import Attachment, Message, MessageState, Role
from core.storage.attachments import Attachments
from core.storage.tree import Node, Tree
from core.storage.values import milliseconds, seconds, storable, storable_number

_COLUMNS = (
    "id, parent_id, role, text, reasoning, state, profile, model, finish_reason, error,"
    " prompt_tokens, completion_tokens, created_at, ended_at, deleted_at"
)

_NO_FILES: Mapping[int, tuple[Attachment, ...]] = MappingProxyType({})


class Messages:
    """The messages of all conversations, seen through one connection in a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def insert(self, conversation_id: int, message: Message, *, writer: str, now: int) -> bool:
        """Add a message at the end of its conversation; whether it was not there yet.

        A parent that is in no row of this conversation is left out.
        """
        is_streaming = message.state is MessageState.STREAMING
        cursor = self._connection.execute(
            "INSERT INTO message (id, conversation_id, number, parent_id, role, text, reasoning,"
            " state, writer, profile, model, finish_reason, error, prompt_tokens,"
            " completion_tokens, created_at, ended_at) VALUES (?1, ?2,"
            " (SELECT ifnull(max(number), 0) + 1 FROM message WHERE conversation_id = ?2),"
            " (SELECT id FROM message WHERE id = ?3 AND conversation_id = ?2),"
            " ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)"
            " ON CONFLICT (id) DO NOTHING",
            (
                message.id,
                conversation_id,
                message.parent_id,
                message.role.value,
                storable(message.text),
                storable(message.reasoning),
                message.state.value,
                writer if is_streaming else "",
                storable(message.profile),
                storable(message.model),
                storable(message.finish_reason),
                storable(message.error),
                storable_number(message.prompt_tokens),
                storable_number(message.completion_tokens),
                milliseconds(message.created_at) or now,
                milliseconds(message.ended_at),
            ),
        )
        is_new = cursor.rowcount == 1
        if is_new and message.attachments:
            Attachments(self._connection).insert(message.id, message.attachments)
        return is_new

    def conversation_of(self, message_id: int) -> int | None:
        """Return the id of the conversation that a message is in."""
        row = self._connection.execute(
            "SELECT conversation_id FROM message WHERE id = ?", (message_id,)
        ).fetchone()
        return None if row is None else int(row[0])

    def add_part(self, message_id: int, kind: str, text: str) -> None:
        """Keep a piece of a message while it is streaming; nothing where it is not."""
        self._connection.execute(
            "INSERT INTO message_part (message_id, number, kind, text) SELECT id,"
            " (SELECT ifnull(max(number), 0) + 1 FROM message_part WHERE message_id = ?1), ?2, ?3"
            " FROM message WHERE id = ?1 AND state = 'streaming'",
            (message_id, kind, storable(text)),
        )

    def end(self, message: Message, *, writer: str, now: int) -> None:
        """Write what a message has become in the end."""
        self._connection.execute(
            "UPDATE message SET text = ?, reasoning = ?, state = ?, writer = ?, profile = ?,"
            " model = ?, finish_reason = ?, error = ?, prompt_tokens = ?, completion_tokens = ?,"
            " ended_at = ? WHERE id = ? AND deleted_at >= 0",
            (
                storable(message.text),
                storable(message.reasoning),
                message.state.value,
                writer if message.state is MessageState.STREAMING else "",
                storable(message.profile),
                storable(message.model),
                storable(message.finish_reason),
                storable(message.error),
                storable_number(message.prompt_tokens),
                storable_number(message.completion_tokens),
                milliseconds(message.ended_at) or now,
                message.id,
            ),
        )

    def reopen(self, message_id: int, *, writer: str) -> None:
        """Let a message be streaming again, with the text that it has."""
        self._connection.execute(
            "UPDATE message SET state = 'streaming', writer = ?, finish_reason = '', error = '',"
            " ended_at = 0 WHERE id = ? AND deleted_at >= 0",
            (writer, message_id),
        )

    def discard(self, message_id: int) -> None:
        """Remove a message that stayed empty, for good; nothing where something follows it."""
        self._connection.execute(
            "DELETE FROM message WHERE id = ?1 AND text = '' AND reasoning = ''"
            " AND NOT EXISTS (SELECT 1 FROM message WHERE parent_id = ?1)"
            " AND NOT EXISTS (SELECT 1 FROM message_part WHERE message_id = ?1)",
            (message_id,),
        )

    def parts(self, message_id: int) -> tuple[str, str]:
        """Return the text and the reasoning that were kept of a streaming message."""
        found: dict[str, list[str]] = {"text": [], "reasoning": []}
        for kind, text in self._connection.execute(
            "SELECT kind, text FROM message_part WHERE message_id = ? ORDER BY number",
            (message_id,),
        ):
            found[kind].append(text)
        return "".join(found["text"]), "".join(found["reasoning"])

    def drop_parts(self, message_id: int) -> None:
        """Forget the pieces that have gone into the message's row."""
        self._connection.execute("DELETE FROM message_part WHERE message_id = ?", (message_id,))

    def writers(self) -> list[str]:
        """Return the tokens of the runs that have streaming messages."""
        rows = self._connection.execute(
            "SELECT DISTINCT writer FROM message WHERE state = 'streaming'"
        )
        return [writer for (writer,) in rows]

    def written_by(self, writer: str) -> list[tuple[int, int]]:
        """Return (message, conversation) of what a run was writing."""
        return self._connection.execute(
            "SELECT id, conversation_id FROM message WHERE state = 'streaming' AND writer = ?",
            (writer,),
        ).fetchall()

    def interrupt(self, message_id: int, *, now: int) -> None:
        """End a message of a run that is gone, with all that was kept of it."""
        text, reasoning = self.parts(message_id)
        self._connection.execute(
            "UPDATE message SET text = text || ?, reasoning = reasoning || ?,"
            " state = 'interrupted', writer = '', ended_at = ? WHERE id = ?",
            (text, reasoning, now, message_id),
        )
        self.drop_parts(message_id)

    def tree(self, conversation_id: int) -> Tree:
        """Return the shape of a conversation; of its texts nothing is read."""
        rows = self._connection.execute(
            "SELECT id, parent_id, role, deleted_at <> 0 FROM message"
            " WHERE conversation_id = ? ORDER BY number",
            (conversation_id,),
        )
        return Tree(map(Node._make, rows))

    def by_id(self, ids: Sequence[int]) -> dict[int, Message]:
        """Return the messages with these ids, their files too.

        A streaming one comes with all that was kept of it.
        """
        files = Attachments(self._connection).of_messages(ids)
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM message"  # noqa: S608 - our own columns
            " WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(ids),),
        )
        return {message.id: message for message in self._messages(rows, files)}

    def deleted(self) -> list[tuple[int, Message]]:
        """Return (conversation, message) of what is in the trash by itself, the newest first.

        Their files are left out: a list does not show them.
        """
        rows = self._connection.execute(
            f"SELECT {_COLUMNS}, conversation_id FROM message"  # noqa: S608 - our own columns
            " WHERE deleted_at <> 0 AND deleted_at > 0 AND conversation_id IN"
            " (SELECT id FROM conversation WHERE deleted_at = 0) ORDER BY deleted_at DESC, id"
        ).fetchall()
        owners = [row[-1] for row in rows]
        return list(zip(owners, self._messages(row[:-1] for row in rows), strict=True))

    def delete(self, message_id: int, *, when: int) -> bool:
        """Put a message into the trash; whether it was not there yet."""
        cursor = self._connection.execute(
            "UPDATE message SET deleted_at = ? WHERE id = ? AND deleted_at = 0",
            (when, message_id),
        )
        return cursor.rowcount == 1

    def restore(self, message_id: int) -> bool:
        """Bring a message back from the trash; whether it was there."""
        cursor = self._connection.execute(
            "UPDATE message SET deleted_at = 0 WHERE id = ? AND deleted_at > 0", (message_id,)
        )
        return cursor.rowcount == 1

    def _messages(
        self,
        rows: Iterable[tuple[Any, ...]],
        files: Mapping[int, tuple[Attachment, ...]] = _NO_FILES,
    ) -> list[Message]:
        return [self._message(row, files.get(row[0], ())) for row in rows]

    def _message(self, row: tuple[Any, ...], attachments: tuple[Attachment, ...]) -> Message:
        text, reasoning, state = row[3], row[4], MessageState(row[5])
        if state is MessageState.STREAMING:
            more_text, more_reasoning = self.parts(row[0])
            text, reasoning = text + more_text, reasoning + more_reasoning
        return Message(
            Role(row[2]),
            text,
            id=row[0],
            parent_id=row[1],
            state=state,
            reasoning=reasoning,
            profile=row[6],
            model=row[7],
            finish_reason=row[8],
            error=row[9],
            prompt_tokens=row[10],
            completion_tokens=row[11],
            created_at=seconds(row[12]),
            ended_at=seconds(row[13]),
            deleted_at=seconds(row[14]),
            attachments=attachments,
        )
