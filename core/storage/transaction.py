"""Several statements as one: all of them, or none."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def transact(
    connection: sqlite3.Connection,
    function: Callable[[sqlite3.Connection], T],
    *,
    begin: str = "BEGIN IMMEDIATE",
) -> T:
    """Return what `function(connection)` returns; whatever it raises undoes what it wrote."""
    connection.execute(begin)
    try:
        result = function(connection)
        connection.execute("COMMIT")
    finally:
        # Only after an error; a full disk ends the transaction by itself.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    return result
