"""The objects in a document: which there are, and how many formulas wait for their drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gui.transcript.segments import OBJECT

if TYPE_CHECKING:
    from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument


class Undrawn(NamedTuple):
    """How many formulas of a document, as it was at a revision, were not drawn."""

    document: QTextDocument | None = None
    revision: int = -1
    formulas: int = 0


def object_formats(document: QTextDocument) -> list[tuple[QTextCursor, QTextCharFormat]]:
    """Return every object character of a document, marked by a cursor, and its format."""
    result = []
    cursor = document.find(OBJECT)
    while not cursor.isNull():
        result.append((cursor, cursor.charFormat()))
        cursor = document.find(OBJECT, cursor)
    return result
