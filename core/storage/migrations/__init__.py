"""How the file came to its form: one module and one function for each version.

A migration that has been released is never changed; a new one is added to the end of the list.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from core.storage.migrations import m0001, m0002

Migration = Callable[[sqlite3.Connection], None]

MIGRATIONS: tuple[Migration, ...] = (m0001.migrate, m0002.migrate)
"""The first makes version 1 from nothing, the next version 2 from 1, and so on."""
