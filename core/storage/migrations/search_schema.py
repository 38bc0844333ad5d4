"""What the search needs in the file.

`message_entry` gives each message that was ever found a small number. Ids are large and far
apart, and an index that kept them would be two and a half times as large (measured). The number
stays while the message is in the trash, so that it comes back to its place.

`message_search` and `title_search` are FTS5 tables without a copy of the texts. Two views say
what is in them: `message_text` has every message that is neither in the trash nor being written,
`title_text` every title that is not in the trash. Triggers keep them equal, so that whatever
writes a message (the store, an import, a person with `sqlite3`) keeps the search right. They must
be told the old text exactly, and are: it stands in the row that changes.

The indexes for prefixes of one to three letters double the size of the index, and make the first
letters of a search take one millisecond instead of 100 to 900 among a million messages (measured).
"""

from __future__ import annotations

import sqlite3

from core.storage.folding import REPLACED

_OPTIONS = "tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'"


def create_search(connection: sqlite3.Connection) -> None:
    """Make the tables of the search, fill them with what there is, and make their triggers."""
    for statement in (*_tables(), *_messages(), *_titles()):
        connection.execute(statement)
    connection.execute(
        "INSERT INTO message_entry (message_id, conversation_id)"
        " SELECT id, conversation_id FROM message WHERE state <> 'streaming' ORDER BY id"
    )
    connection.execute("INSERT INTO message_search (message_search) VALUES ('rebuild')")
    connection.execute("INSERT INTO title_search (title_search) VALUES ('rebuild')")


def _mended(column: str) -> str:
    """Return SQL for `core.storage.folding.mended` of a column."""
    for old, new in REPLACED:
        column = f"replace({column}, '{old}', '{new}')"
    return column


def _is_found(row: str) -> str:
    """Return SQL for whether a message is to be found."""
    return f"({row}.state <> 'streaming' AND {row}.deleted_at = 0)"


def _tables() -> tuple[str, ...]:
    return (
        # conversation_id: so that what is in the trash is passed over without reading its rows.
        """
        CREATE TABLE message_entry (
            number INTEGER PRIMARY KEY,
            message_id INTEGER NOT NULL UNIQUE,
            conversation_id INTEGER NOT NULL
        ) STRICT
        """,
        f"""
        CREATE VIEW message_text (number, text) AS
        SELECT entry.number, {_mended("message.text")}
        FROM message_entry AS entry JOIN message ON message.id = entry.message_id
        WHERE {_is_found("message")}
        """,  # noqa: S608 - our own words
        f"""
        CREATE VIEW title_text (id, title) AS
        SELECT id, {_mended("title")} FROM conversation WHERE deleted_at = 0
        """,  # noqa: S608 - our own words
        f"""
        CREATE VIRTUAL TABLE message_search
        USING fts5 (text, content = 'message_text', content_rowid = 'number', {_OPTIONS})
        """,
        f"""
        CREATE VIRTUAL TABLE title_search
        USING fts5 (title, content = 'title_text', content_rowid = 'id', {_OPTIONS})
        """,
    )


def _messages() -> tuple[str, ...]:
    add = f"""
        INSERT OR IGNORE INTO message_entry (message_id, conversation_id)
        SELECT new.id, new.conversation_id WHERE {_is_found("new")};
        INSERT INTO message_search (rowid, text)
        SELECT number, {_mended("new.text")} FROM message_entry
        WHERE message_id = new.id AND {_is_found("new")};
    """  # noqa: S608 - our own words
    remove = f"""
        INSERT INTO message_search (message_search, rowid, text)
        SELECT 'delete', number, {_mended("old.text")} FROM message_entry
        WHERE message_id = old.id AND {_is_found("old")};
    """  # noqa: S608 - our own words
    forget = "DELETE FROM message_entry WHERE message_id = old.id;"
    differs = f"old.text IS NOT new.text OR {_is_found('old')} <> {_is_found('new')}"
    changed = f"UPDATE OF text, state, deleted_at ON message WHEN {differs}"
    return (
        f"CREATE TRIGGER message_is_added AFTER INSERT ON message BEGIN {add} END",
        f"CREATE TRIGGER message_is_changed AFTER {changed} BEGIN {remove} {add} END",
        f"CREATE TRIGGER message_is_gone AFTER DELETE ON message BEGIN {remove} {forget} END",
    )


def _titles() -> tuple[str, ...]:
    add = f"""
        INSERT INTO title_search (rowid, title)
        SELECT new.id, {_mended("new.title")} WHERE new.deleted_at = 0;
    """
    remove = f"""
        INSERT INTO title_search (title_search, rowid, title)
        SELECT 'delete', old.id, {_mended("old.title")} WHERE old.deleted_at = 0;
    """
    differs = "old.title IS NOT new.title OR (old.deleted_at = 0) <> (new.deleted_at = 0)"
    changed = f"UPDATE OF title, deleted_at ON conversation WHEN {differs}"
    return (
        f"CREATE TRIGGER title_is_added AFTER INSERT ON conversation BEGIN {add} END",
        f"CREATE TRIGGER title_is_changed AFTER {changed} BEGIN {remove} {add} END",
        f"CREATE TRIGGER title_is_gone AFTER DELETE ON conversation BEGIN {remove} END",
    )
