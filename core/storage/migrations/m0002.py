"""Version 2: the files that a user adds to a question."""

from __future__ import annotations

import sqlite3


def migrate(connection: sqlite3.Connection) -> None:
    """Make the table of the attachments, which are as many as nobody has added yet.

    They stand apart from the messages, so that lists, trees and the search never read one.
    """
    connection.execute(
        """
        CREATE TABLE attachment (
            message_id INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
            number INTEGER NOT NULL,
            name TEXT NOT NULL,
            media_type TEXT NOT NULL,
            data BLOB NOT NULL,
            PRIMARY KEY (message_id, number)
        ) STRICT
        """
    )
