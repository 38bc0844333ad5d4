"""Version 1: folders, conversations, their trees of messages, and the search in them.

Times are milliseconds since 1970, UTC. 0 stands for a time that nobody knows, and a `deleted_at`
of 0 for what is not in the trash.
"""

from __future__ import annotations

import sqlite3

from core.storage.migrations.search_schema import create_search

_TABLES = (
    """
    CREATE TABLE fact (
        name TEXT PRIMARY KEY,
        value INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE folder (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        deleted_at INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    # former_folder_id: the folder that went to the trash without its conversations, so that it
    # can have them back.
    """
    CREATE TABLE conversation (
        id INTEGER PRIMARY KEY,
        title TEXT NOT NULL DEFAULT '',
        has_own_title INTEGER NOT NULL DEFAULT 0,
        profile TEXT NOT NULL DEFAULT '',
        model TEXT NOT NULL DEFAULT '',
        system_prompt TEXT NOT NULL DEFAULT '',
        parameters TEXT NOT NULL DEFAULT '{}',
        folder_id INTEGER REFERENCES folder ON DELETE SET NULL,
        former_folder_id INTEGER REFERENCES folder ON DELETE SET NULL,
        is_pinned INTEGER NOT NULL DEFAULT 0,
        is_archived INTEGER NOT NULL DEFAULT 0,
        draft TEXT NOT NULL DEFAULT '',
        leaf_id INTEGER,
        created_at INTEGER NOT NULL DEFAULT 0,
        updated_at INTEGER NOT NULL DEFAULT 0,
        deleted_at INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    # number: the order in which the messages of a conversation came, whatever the clock said.
    # writer: the run that is writing it, while its state is 'streaming'.
    # deleted_at -1: gone, text and all; the row only holds together what follows it.
    """
    CREATE TABLE message (
        id INTEGER PRIMARY KEY,
        conversation_id INTEGER NOT NULL REFERENCES conversation ON DELETE CASCADE,
        number INTEGER NOT NULL,
        parent_id INTEGER REFERENCES message ON DELETE CASCADE,
        role TEXT NOT NULL,
        text TEXT NOT NULL DEFAULT '',
        reasoning TEXT NOT NULL DEFAULT '',
        state TEXT NOT NULL DEFAULT 'complete',
        writer TEXT NOT NULL DEFAULT '',
        profile TEXT NOT NULL DEFAULT '',
        model TEXT NOT NULL DEFAULT '',
        finish_reason TEXT NOT NULL DEFAULT '',
        error TEXT NOT NULL DEFAULT '',
        prompt_tokens INTEGER,
        completion_tokens INTEGER,
        created_at INTEGER NOT NULL DEFAULT 0,
        ended_at INTEGER NOT NULL DEFAULT 0,
        deleted_at INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    # What was checkpointed of a streaming message: adding to it costs the same however long
    # the message is. It moves into the message's row when that ends.
    """
    CREATE TABLE message_part (
        message_id INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
        number INTEGER NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('text', 'reasoning')),
        text TEXT NOT NULL,
        PRIMARY KEY (message_id, number)
    ) STRICT
    """,
)

_INDEXES = (
    # The lists of the sidebar, each read from one end to the other without touching the table.
    """
    CREATE INDEX conversation_list
    ON conversation (is_archived, is_pinned DESC, updated_at DESC, id DESC, deleted_at)
    WHERE deleted_at = 0
    """,
    """
    CREATE INDEX conversation_folder
    ON conversation (folder_id, deleted_at, is_archived, is_pinned DESC, updated_at DESC, id DESC)
    """,
    """
    CREATE INDEX conversation_trash
    ON conversation (deleted_at DESC, id DESC) WHERE deleted_at > 0
    """,
    """
    CREATE INDEX conversation_former_folder
    ON conversation (former_folder_id) WHERE former_folder_id IS NOT NULL
    """,
    # The shape of a conversation's tree, without its texts.
    """
    CREATE INDEX message_tree
    ON message (conversation_id, number, id, parent_id, role, deleted_at)
    """,
    "CREATE INDEX message_parent ON message (parent_id)",
    """
    CREATE INDEX message_streaming
    ON message (conversation_id, writer) WHERE state = 'streaming'
    """,
    "CREATE INDEX message_trash ON message (deleted_at) WHERE deleted_at <> 0",
)


def migrate(connection: sqlite3.Connection) -> None:
    """Make version 1 in an empty file."""
    for statement in (*_TABLES, *_INDEXES):
        connection.execute(statement)
    create_search(connection)
