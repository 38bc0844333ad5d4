"""The index holds what can be found, whatever is done to the rows."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from core.storage.opening import open_file
from core.storage.search import search

TEXTS = st.text(alphabet="аёйи\u0306 \nABé語", max_size=12)
STATES = st.sampled_from(["streaming", "complete", "stopped"])
NUMBERS = st.integers(min_value=1, max_value=6)


def check(connection: sqlite3.Connection) -> None:
    """Compare the index with what it should hold; SQLite raises where they differ."""
    for table in ("message_search", "title_search"):
        statement = f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)"  # noqa: S608 - our own names
        connection.execute(statement)


class AnyOrder(RuleBasedStateMachine):
    """Rows come, change, go to the trash, come back and are removed, in any order."""

    @initialize()
    def open(self) -> None:
        self.connection = open_file(None)

    def teardown(self) -> None:
        self.connection.close()

    def execute(self, statement: str, *values: Any) -> None:
        self.connection.execute(statement, values)

    @rule(number=NUMBERS, title=TEXTS)
    def add_conversation(self, number: int, title: str) -> None:
        self.execute("INSERT OR IGNORE INTO conversation (id, title) VALUES (?, ?)", number, title)

    @rule(number=NUMBERS, title=TEXTS)
    def rename(self, number: int, title: str) -> None:
        self.execute("UPDATE conversation SET title = ? WHERE id = ?", title, number)

    @rule(table=st.sampled_from(["message", "conversation"]), number=NUMBERS, when=NUMBERS)
    def delete_or_restore(self, table: str, number: int, when: int) -> None:
        deleted = when if when % 2 else 0
        statement = f"UPDATE {table} SET deleted_at = ? WHERE id = ?"  # noqa: S608 - our own names
        self.execute(statement, deleted, number)

    @rule(number=NUMBERS, inside=NUMBERS, after=NUMBERS, text=TEXTS, state=STATES)
    def add_message(self, number: int, inside: int, after: int, text: str, state: str) -> None:
        self.execute(
            "INSERT INTO message (id, conversation_id, number, parent_id, role, text, state)"
            " SELECT ?1, id, ?1, (SELECT id FROM message WHERE id = ?3 AND ?3 < ?1), 'user', ?4, ?5"
            " FROM conversation WHERE id = ?2 ON CONFLICT (id) DO NOTHING",
            number,
            inside,
            after,
            text,
            state,
        )

    @rule(number=NUMBERS, text=TEXTS, state=STATES)
    def change(self, number: int, text: str, state: str) -> None:
        self.execute("UPDATE message SET text = ?, state = ? WHERE id = ?", text, state, number)

    @rule(number=NUMBERS)
    def empty(self, number: int) -> None:
        self.execute("UPDATE message SET text = '', deleted_at = -1 WHERE id = ?", number)

    @rule(table=st.sampled_from(["message", "conversation"]), number=NUMBERS)
    def remove(self, table: str, number: int) -> None:
        self.execute(f"DELETE FROM {table} WHERE id = ?", number)  # noqa: S608 - our own names

    @rule(number=NUMBERS, text=TEXTS)
    def undo(self, number: int, text: str) -> None:
        self.execute("BEGIN")
        self.execute("UPDATE message SET text = ? WHERE id >= ?", text, number)
        self.execute("DELETE FROM message WHERE id < ?", number)
        self.execute("ROLLBACK")

    @invariant()
    def the_index_holds_what_can_be_found(self) -> None:
        if hasattr(self, "connection"):
            check(self.connection)

    @invariant()
    def a_search_finds_what_the_rows_say(self) -> None:
        if not hasattr(self, "connection"):
            return
        found = {hit.message_id for hit in search(self.connection, "A")} - {None}
        rows = self.connection.execute(
            "SELECT message.id FROM message JOIN conversation ON conversation.id = conversation_id"
            " WHERE message.state <> 'streaming' AND message.deleted_at = 0"
            " AND conversation.deleted_at = 0 AND (' ' || replace(text, char(10), ' '))"
            " GLOB '* [aA]*'"
        )
        assert found == {id_ for (id_,) in rows}


AnyOrder.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
test_after_any_operations_the_index_holds_what_can_be_found = pytest.mark.timeout(120)(
    AnyOrder.TestCase
)


def test_the_check_sees_an_index_that_is_behind() -> None:
    connection = open_file(None)
    connection.execute("INSERT INTO conversation (id) VALUES (1)")
    connection.execute(
        "INSERT INTO message (id, conversation_id, number, role, text)"
        " VALUES (1, 1, 1, 'user', 'один')"
    )
    check(connection)
    connection.execute("DROP TRIGGER message_is_changed")
    connection.execute("UPDATE message SET text = 'два'")
    with pytest.raises(sqlite3.DatabaseError, match="malformed"):
        check(connection)
    connection.close()


def test_a_file_that_had_messages_before_the_search_is_searched() -> None:
    connection = open_file(None)
    connection.execute("INSERT INTO conversation (id, title) VALUES (1, 'имя')")
    connection.execute(
        "INSERT INTO message (id, conversation_id, number, role, text)"
        " VALUES (1, 1, 1, 'user', 'ёлка')"
    )
    for table in ("message_search", "title_search"):
        statement = f"INSERT INTO {table} ({table}) VALUES ('rebuild')"  # noqa: S608 - our own names
        connection.execute(statement)
    check(connection)
    assert [hit.message_id for hit in search(connection, "елка")] == [1]
    connection.close()
