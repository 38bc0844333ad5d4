"""Folders in the file, one statement for each function."""

from __future__ import annotations

import sqlite3

from core.ids import new_id
from core.models import Folder
from core.storage.values import storable


class Folders:
    """The folders that are not in the trash, seen through one connection in a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def all(self) -> list[Folder]:
        """Return the folders by their names."""
        rows = self._connection.execute("SELECT id, name FROM folder WHERE deleted_at = 0")
        return sorted(
            (Folder(*row) for row in rows), key=lambda folder: (folder.name.casefold(), folder.id)
        )

    def add(self, name: str) -> Folder:
        """Make a folder; another may have the same name."""
        folder = Folder(new_id(), storable(name))
        self._connection.execute(
            "INSERT INTO folder (id, name) VALUES (?, ?)", (folder.id, folder.name)
        )
        return folder

    def rename(self, folder_id: int, name: str) -> None:
        """Give a folder another name."""
        self._connection.execute(
            "UPDATE folder SET name = ? WHERE id = ?", (storable(name), folder_id)
        )

    def name(self, folder_id: int | None) -> str:
        """Return the name of a folder; empty where there is none."""
        row = self._connection.execute(
            "SELECT name FROM folder WHERE id = ? AND deleted_at = 0", (folder_id,)
        ).fetchone()
        return "" if row is None else str(row[0])

    def named(self, name: str) -> Folder:
        """Return the oldest folder of this name, or make one."""
        row = self._connection.execute(
            "SELECT id, name FROM folder WHERE name = ? AND deleted_at = 0 ORDER BY id LIMIT 1",
            (storable(name),),
        ).fetchone()
        return self.add(name) if row is None else Folder(*row)
