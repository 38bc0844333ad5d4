"""The files that belong to questions, one statement for each function."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from core.models import Attachment
from core.storage.values import storable


class Attachments:
    """The attachments of all messages, seen through one connection in a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def insert(self, message_id: int, attachments: Sequence[Attachment]) -> None:
        """Add the files of a message that has none yet."""
        self._connection.executemany(
            "INSERT INTO attachment (message_id, number, name, media_type, data)"
            " VALUES (?, ?, ?, ?, ?)",
            [
                (message_id, number, storable(item.name), storable(item.media_type), item.data)
                for number, item in enumerate(attachments)
            ],
        )

    def of_messages(self, ids: Sequence[int]) -> dict[int, tuple[Attachment, ...]]:
        """Return the files of those messages that have any, in the order of each question."""
        found: dict[int, list[Attachment]] = {}
        for message_id, name, media_type, data in self._connection.execute(
            "SELECT message_id, name, media_type, data FROM attachment"
            " WHERE message_id IN (SELECT value FROM json_each(?)) ORDER BY message_id, number",
            (json.dumps(ids),),
        ):
            found.setdefault(message_id, []).append(Attachment(name, media_type, data))
        return {message_id: tuple(items) for message_id, items in found.items()}
