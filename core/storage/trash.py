"""What was deleted lies in the trash, can come back, and is gone for good in the end."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from core.storage.changes import Deletion, DeletionKind
from core.storage.messages import Messages
from core.storage.values import milliseconds

DAY = 24 * 60 * 60 * 1000
"""In milliseconds, as all times here."""

_PAGES = 200
"""Of the index, merged in one step."""
_CATCHING_UP = 7
"""How much faster than the clock the trusted time may run, and how many days at once."""


class Trash:
    """The trash, seen through one connection in a transaction.

    Times are milliseconds since 1970. `now` is what the system's clock says, which may jump.
    """

    def __init__(self, connection: sqlite3.Connection, *, now: int) -> None:
        self._connection = connection
        self._now = now
        # A clock that is behind must not make what is deleted now look old.
        self._when = max(now, self._fact("trusted_time", now))

    def delete_conversations(
        self, ids: Iterable[int], *, what: DeletionKind = DeletionKind.CONVERSATIONS
    ) -> Deletion:
        """Put conversations into the trash."""
        rows = self._connection.execute(
            "UPDATE conversation SET deleted_at = ? WHERE deleted_at = 0"
            " AND id IN (SELECT value FROM json_each(?)) RETURNING id",
            (self._when, json.dumps(list(ids))),
        )
        return Deletion(what, tuple(id_ for (id_,) in rows), self._when / 1000)

    def clear(self) -> Deletion:
        """Put all conversations into the trash; the folders stay."""
        rows = self._connection.execute("SELECT id FROM conversation WHERE deleted_at = 0")
        return self.delete_conversations((id_ for (id_,) in rows), what=DeletionKind.CLEAR)

    def delete_message(self, message_id: int) -> Deletion:
        """Put one message into the trash; what follows it stays.

        Where nothing that is shown follows it, the newest of its other versions is shown.
        """
        messages = Messages(self._connection)
        conversation_id = messages.conversation_of(message_id)
        is_deleted = messages.delete(message_id, when=self._when)
        if is_deleted and conversation_id is not None:
            self._show_other_version(conversation_id, message_id)
        ids = (message_id,) if is_deleted else ()
        return Deletion(DeletionKind.MESSAGE, ids, self._when / 1000)

    def delete_folder(self, folder_id: int, *, with_conversations: bool) -> Deletion:
        """Put a folder into the trash, with what is in it or without."""
        deletion = self.delete_conversations(
            self._in_folder(folder_id) if with_conversations else (), what=DeletionKind.FOLDER
        )
        self._connection.execute(
            "UPDATE folder SET deleted_at = ? WHERE id = ? AND deleted_at = 0",
            (self._when, folder_id),
        )
        if not with_conversations:
            self._connection.execute(
                "UPDATE conversation SET folder_id = NULL, former_folder_id = ?1"
                " WHERE folder_id = ?1",
                (folder_id,),
            )
        return Deletion(deletion.what, deletion.ids, deletion.when, folder_id)

    def restore(self, deletion: Deletion) -> None:
        """Bring back what went to the trash together, as far as it is still there."""
        if deletion.what is DeletionKind.MESSAGE:
            for message_id in deletion.ids:
                self.restore_message(message_id)
            return
        if deletion.folder_id is not None:
            self._restore_folder(deletion.folder_id)
        self.restore_conversations(deletion.ids, when=milliseconds(deletion.when))

    def restore_conversations(self, ids: Iterable[int], *, when: int | None = None) -> None:
        """Bring conversations back, with their folders; only those deleted at `when` if given."""
        listed = json.dumps(list(ids))
        self._connection.execute(
            "UPDATE conversation SET deleted_at = 0 WHERE id IN (SELECT value FROM json_each(?1))"
            " AND deleted_at > 0 AND (?2 IS NULL OR deleted_at = ?2)",
            (listed, when),
        )
        self._connection.execute(
            "UPDATE folder SET deleted_at = 0 WHERE deleted_at > 0 AND id IN (SELECT folder_id"
            " FROM conversation WHERE id IN (SELECT value FROM json_each(?)) AND deleted_at = 0)",
            (listed,),
        )

    def restore_message(self, message_id: int) -> None:
        """Bring a message back, and show it."""
        messages = Messages(self._connection)
        conversation_id = messages.conversation_of(message_id)
        if conversation_id is None or not messages.restore(message_id):
            return
        tree = messages.tree(conversation_id)
        if message_id not in tree.path(self._leaf(conversation_id)):
            self._set_leaf(conversation_id, tree.newest_leaf(message_id))

    def purge(self, *, older_than: int) -> None:
        """Remove for good what has lain in the trash for longer than `older_than`.

        It trusts a clock that jumped ahead only as fast as time passes since: what was deleted
        a minute ago is not lost because the computer believes that a year has gone by.
        """
        self._remove_before(self._trusted_time() - older_than)

    def purge_conversations(self, ids: Iterable[int]) -> None:
        """Remove these conversations for good, as far as they are in the trash."""
        self._connection.execute(
            "DELETE FROM conversation WHERE deleted_at > 0"
            " AND id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        )

    def empty(self) -> None:
        """Remove for good all that is in the trash."""
        self._remove_before(1 << 62)

    def _trusted_time(self) -> int:
        """Return the time that has come for sure, and remember it."""
        last_look = self._fact("last_look", self._now)
        trusted = self._fact("trusted_time", self._now)
        if self._now <= trusted:
            trusted = self._now
        else:
            passed = max(self._now - last_look, 0)
            trusted += min(self._now - trusted, _CATCHING_UP * min(passed, DAY))
        self._remember("last_look", self._now)
        self._remember("trusted_time", trusted)
        return trusted

    def _remove_before(self, cutoff: int) -> None:
        old = "deleted_at > 0 AND deleted_at < ?"
        self._connection.execute(f"DELETE FROM conversation WHERE {old}", (cutoff,))  # noqa: S608 - our own words
        for table in ("message_part", "attachment"):
            self._connection.execute(
                f"DELETE FROM {table} WHERE message_id IN"  # noqa: S608 - our own words
                f" (SELECT id FROM message WHERE deleted_at <> 0 AND {old})",
                (cutoff,),
            )
        self._connection.execute(
            "UPDATE message SET text = '', reasoning = '', error = '', state = 'complete',"  # noqa: S608 - our own words
            " writer = '', profile = '', model = '', deleted_at = -1"
            f" WHERE deleted_at <> 0 AND {old}",
            (cutoff,),
        )
        while self._remove_ends():
            pass
        self._connection.execute(f"DELETE FROM folder WHERE {old}", (cutoff,))  # noqa: S608 - our own words

    def _remove_ends(self) -> bool:
        """Remove the rows of messages that are gone and that nothing follows; whether any were."""
        ends = (
            "SELECT id FROM message WHERE deleted_at <> 0 AND deleted_at = -1"
            " AND NOT EXISTS (SELECT 1 FROM message AS child WHERE child.parent_id = message.id)"
        )
        self._connection.execute(
            "UPDATE conversation SET leaf_id ="  # noqa: S608 - our own words
            " (SELECT parent_id FROM message WHERE message.id = conversation.leaf_id)"
            f" WHERE leaf_id IN ({ends})"
        )
        removed = self._connection.execute(f"DELETE FROM message WHERE id IN ({ends})")  # noqa: S608 - our own words
        return removed.rowcount > 0

    def _show_other_version(self, conversation_id: int, message_id: int) -> None:
        tree = Messages(self._connection).tree(conversation_id)
        path = tree.path(self._leaf(conversation_id))
        if message_id not in path:
            return
        shown_after = set(path[path.index(message_id) :]).intersection(tree.branch(path[-1]))
        versions = tree.versions_of(message_id)
        if versions and not shown_after:
            self._set_leaf(conversation_id, tree.newest_leaf(versions[-1]))

    def _restore_folder(self, folder_id: int) -> None:
        self._connection.execute("UPDATE folder SET deleted_at = 0 WHERE id = ?", (folder_id,))
        self._connection.execute(
            "UPDATE conversation SET folder_id = ?1, former_folder_id = NULL"
            " WHERE former_folder_id = ?1 AND folder_id IS NULL",
            (folder_id,),
        )

    def _in_folder(self, folder_id: int) -> list[int]:
        rows = self._connection.execute(
            "SELECT id FROM conversation WHERE folder_id = ?", (folder_id,)
        )
        return [id_ for (id_,) in rows]

    def _leaf(self, conversation_id: int) -> int | None:
        row = self._connection.execute(
            "SELECT leaf_id FROM conversation WHERE id = ?", (conversation_id,)
        ).fetchone()
        return None if row is None else row[0]

    def _set_leaf(self, conversation_id: int, leaf_id: int) -> None:
        self._connection.execute(
            "UPDATE conversation SET leaf_id = ? WHERE id = ?", (leaf_id, conversation_id)
        )

    def _fact(self, name: str, otherwise: int) -> int:
        row = self._connection.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
        return otherwise if row is None else int(row[0])

    def _remember(self, name: str, value: int) -> None:
        self._connection.execute(
            "INSERT INTO fact (name, value) VALUES (?, ?)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (name, value),
        )


def forget_words(connection: sqlite3.Connection, *, is_first: bool) -> bool:
    """Take a step towards an index without the words of what is gone; whether there is more.

    The index keeps them until it merges its parts. It does so from the `is_first` step on, each
    of which takes some milliseconds.
    """
    before = connection.total_changes
    for table in ("message_search", "title_search"):
        connection.execute(
            f"INSERT INTO {table} ({table}, rank) VALUES ('merge', ?)",  # noqa: S608 - our own words
            (-_PAGES if is_first else _PAGES,),
        )
    # Each command counts as one change, and whatever it did as more.
    return connection.total_changes - before > 2
