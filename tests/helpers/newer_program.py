"""The program as its next versions would be: with so many more migrations than it has.

python tests/helpers/newer_program.py COUNT ARGUMENT…
"""

from __future__ import annotations

import sqlite3
import sys

import core.storage.migrations as steps


def _rewrite(connection: sqlite3.Connection) -> None:
    """Rewrite every message, which takes a while and leaves the words as they are."""
    connection.execute("CREATE TABLE copy_of_messages AS SELECT * FROM message")
    connection.execute("UPDATE message SET profile = profile || '.'")
    connection.execute("DROP TABLE copy_of_messages")


def main() -> int:
    """Run the program with that many steps more."""
    count, *arguments = sys.argv[1:]
    # Before anybody has read the list: who imports it now sees the longer one.
    steps.MIGRATIONS = (*steps.MIGRATIONS, *[_rewrite] * int(count))
    from gui.__main__ import main as beseda  # noqa: PLC0415 - see above

    return beseda(arguments)


if __name__ == "__main__":
    sys.exit(main())
