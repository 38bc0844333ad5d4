"""What the sidebar's lists ask of their models."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import TypeAlias

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

AnyIndex: TypeAlias = QModelIndex | QPersistentModelIndex


_NOWHERE = QModelIndex()


class Roles(IntEnum):
    """What the models know of a row, besides Qt's own roles."""

    ID = Qt.ItemDataRole.UserRole
    """Of the conversation or the folder; None for a header."""
    TIME = Qt.ItemDataRole.UserRole + 1
    """The text at the right edge."""
    IS_PINNED = Qt.ItemDataRole.UserRole + 2
    IS_STREAMING = Qt.ItemDataRole.UserRole + 3
    NOTE = Qt.ItemDataRole.UserRole + 4
    """The text below the title."""
    IS_OPEN = Qt.ItemDataRole.UserRole + 6
    """Whether the window shows it."""
    ICON = Qt.ItemDataRole.UserRole + 7
    """The name of a drawing in `resources/icons`."""
    MARKS = Qt.ItemDataRole.UserRole + 8
    """Which parts of the text were searched for: pairs of start and end."""


class RowModel(QAbstractListModel):
    """A list in which some rows are headers: they have a height of their own. This one is empty.

    Signals:
        rows_about_to_shift: rows come, go or move as long as `rows_shifted` was not emitted.
        rows_shifted: all rows are where they belong.
    """

    rows_about_to_shift = Signal()
    rows_shifted = Signal()

    def header_rows(self) -> Sequence[int]:
        """Return the rows that are headers, in order."""
        return ()

    def rowCount(self, _parent: AnyIndex = _NOWHERE) -> int:
        """Count headers and other rows."""
        return 0

    def is_header(self, row: int) -> bool:
        """Whether a row is a header."""
        return row in self.header_rows()

    def row_of(self, _thing_id: int | None) -> int | None:
        """Return the row of an id; None when it is not in the list."""
        return None
