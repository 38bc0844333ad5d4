"""What a search has found, as rows: conversations, and below each what was found in it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from gui.sidebar.day_groups import local_day
from gui.sidebar.hit import Hit
from gui.sidebar.row_model import AnyIndex, Roles, RowModel
from gui.sidebar.summary_texts import SummaryTexts

_NOWHERE = QModelIndex()
_LONGEST_TITLE = 300
Marks = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Result:
    """One row."""

    conversation_id: int
    message_id: int | None
    text: str
    marks: Marks
    created_at: float
    is_title: bool


class ResultModel(RowModel):
    """Results grouped by conversation, in the order in which the conversations were found."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._results: list[Result] = []
        self._title_rows: list[int] = []
        self._texts = SummaryTexts(self)
        self._today = local_day(time.time())

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Show these hits."""
        self._today = local_day(time.time())
        self.beginResetModel()
        self._results = _rows(hits, self.tr("New conversation"))
        self._title_rows = [row for row, one in enumerate(self._results) if one.is_title]
        self.endResetModel()

    def result(self, row: int) -> Result | None:
        """Return what is in a row; None outside of the list."""
        return self._results[row] if 0 <= row < len(self._results) else None

    def first_choice(self) -> int:
        """Return the row that Enter opens at once: a title that was found, or the first text."""
        if len(self._results) > 1 and not self._results[0].marks:
            return 1
        return 0

    def header_rows(self) -> Sequence[int]:
        """Return the rows with titles."""
        return self._title_rows

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """Count the rows."""
        return 0 if parent.isValid() else len(self._results)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Every row can be opened."""
        if self.result(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a title or a piece of text, and what in it was searched for."""
        result = self.result(index.row())
        if result is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return result.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(result)
        known: dict[int, Any] = {
            Roles.ID: result.conversation_id,
            Roles.MARKS: result.marks,
            Roles.TIME: self._texts.short(result.created_at, self._today),
        }
        return known.get(role)

    def _spoken(self, result: Result) -> str:
        if result.is_title:
            return self.tr("{title}, conversation").format(title=result.text)
        titles = (one for one in self._results if one.is_title)
        title = next(one for one in titles if one.conversation_id == result.conversation_id)
        return f"{result.text}, {title.text}"


def _rows(hits: Sequence[Hit], untitled: str) -> list[Result]:
    groups: dict[int, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(hit.conversation_id, []).append(hit)
    rows = []
    for group in groups.values():
        rows.append(_title_row(group, untitled))
        rows += [_text_row(hit) for hit in group if hit.message_id is not None]
    return rows


def _title_row(group: Sequence[Hit], untitled: str) -> Result:
    first = group[0]
    found = next((hit for hit in group if hit.message_id is None), None)
    if found is not None:
        text, marks = found.snippet, tuple(found.marks)
    else:
        text, marks = first.title[:_LONGEST_TITLE], ()
    newest = max(hit.created_at for hit in group)
    return Result(first.conversation_id, None, _one_line(text) or untitled, marks, newest, True)  # noqa: FBT003 - the last field of a value


def _text_row(hit: Hit) -> Result:
    text, marks = _one_line(hit.snippet), tuple(hit.marks)
    return Result(hit.conversation_id, hit.message_id, text, marks, hit.created_at, False)  # noqa: FBT003 - the last field of a value


def _one_line(text: str) -> str:
    """Return `text` on one line, with every character where it was: the marks count them."""
    return "".join(" " if character.isspace() else character for character in text)
