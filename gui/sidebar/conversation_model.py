"""The conversations of one place as rows: 100,000 of them, of which a few hundred are known."""

from __future__ import annotations

import json
import time
from array import array
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QMimeData, QModelIndex, QObject, Qt, QTimer, Signal, Slot

from core.models import ConversationSummary
from gui.sidebar.day_groups import PINNED, Calendar, local_day
from gui.sidebar.grouped_rows import GroupedRows, Spot
from gui.sidebar.place import ALL, Place, Section
from gui.sidebar.row_look import RowLook
from gui.sidebar.row_model import AnyIndex, Roles, RowModel
from gui.sidebar.summary_cache import SummaryCache
from gui.sidebar.summary_texts import SummaryTexts

MIME_TYPE = "application/x-beseda-conversations"
"""What is dragged: ids as a list of JSON."""
_LONGEST_SLEEP = 3600.0
"""Seconds; the clock may be set, and a computer may sleep over midnight."""
_MOST_LOOKS = 1_000
"""Rows whose words are kept; making them costs more than painting them."""
_NOWHERE = QModelIndex()


class ConversationListModel(RowModel):
    """Knows all ids and times, and asks for titles as they come into view.

    Give it `fill` first; answer `summaries_wanted` with `add_summaries` of `next_wanted`.

    Signals:
        summaries_wanted: rows are looked at of which nothing is known.
        rename_requested: the id of a conversation, and the title that the user wants for it.
    """

    summaries_wanted = Signal()
    rename_requested = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._place = ALL
        self._rows = GroupedRows()
        self._calendar = Calendar(local_day(time.time()))
        self._cache = SummaryCache()
        self._open_id: int | None = None
        self._is_filled = False
        self._looks: dict[ConversationSummary, RowLook] = {}
        self._texts = SummaryTexts(self)
        self._wish = QTimer(self, singleShot=True, interval=0)
        self._midnight = QTimer(self, singleShot=True)

        self._wish.timeout.connect(self.summaries_wanted)
        self._midnight.timeout.connect(self.regroup_if_new_day)

    @property
    def place(self) -> Place:
        """What is shown."""
        return self._place

    @property
    def is_filled(self) -> bool:
        """Whether it was ever told what there is."""
        return self._is_filled

    @property
    def ids(self) -> Sequence[int]:
        """All ids in order."""
        return self._rows.ids

    def fill(self, place: Place, ids: array[int], times: array[float], *, pinned: int) -> None:
        """Show the conversations of a place: `pinned` ones first, then the newest first."""
        is_same = place == self._place and ids == self._rows.ids and times == self._rows.times
        self._place = place
        if is_same and self._is_filled and pinned == self._rows.pinned:
            return
        self._is_filled = True
        self.rows_about_to_shift.emit()
        self.beginResetModel()
        self._calendar = Calendar(local_day(time.time()))
        self._looks.clear()
        self._rows.is_grouped = place.section is not Section.TRASH
        self._rows.fill(ids, times, pinned=pinned)
        self._rows.regroup(self._calendar)
        self.endResetModel()
        self.rows_shifted.emit()
        self._await_midnight()

    def forget_summaries(self) -> None:
        """Ask for everything anew as it comes into view."""
        self._cache.clear()
        if len(self._rows):
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def next_wanted(self) -> list[int]:
        """Return the ids whose summaries are wanted most; empty when none is."""
        return self._cache.next_wanted(self._rows.ids)

    def add_summaries(
        self, summaries: Iterable[ConversationSummary], *, asked: Sequence[int]
    ) -> None:
        """Show what has come for the ids that were `asked` for; the rest is not to be had."""
        found = list(summaries)
        self._cache.add(found)
        self._cache.give_up(set(asked).difference(one.id for one in found))
        places = []
        near = 0
        for summary in found:
            place = self._rows.find(summary.id, near=near)
            if place is not None:
                places.append(place)
                near = place + 1
        if places:
            first, last = self._rows.spot_of(min(places)), self._rows.spot_of(max(places))
            self.dataChanged.emit(self.index(first.row), self.index(last.row))

    def apply(self, changes: Mapping[int, ConversationSummary | None]) -> None:
        """Show what became of some conversations; None for one that is no more."""
        self.rows_about_to_shift.emit()
        for conversation_id, summary in changes.items():
            if summary is None:
                self._cache.forget(conversation_id)
            else:
                self._cache.add([summary])
            place = self._rows.find(conversation_id)
            belongs = summary is not None and self._place.has(summary)
            if place is not None and not belongs:
                self._remove(self._rows.spot_of(place))
            elif summary is not None and belongs:
                self._put(summary, place)
        self.rows_shifted.emit()

    def set_open(self, conversation_id: int | None) -> None:
        """Mark the conversation that the window shows."""
        before, self._open_id = self._open_id, conversation_id
        for one in {before, conversation_id} - {None}:
            row = self.row_of(one)
            if row is not None:
                self.dataChanged.emit(self.index(row), self.index(row))

    def summary(self, conversation_id: int) -> ConversationSummary | None:
        """Return what is known of a conversation."""
        return self._cache.peek(conversation_id)

    def title(self, conversation_id: int) -> str:
        """Return the title as it is shown; empty while it is not known."""
        summary = self._cache.peek(conversation_id)
        return "" if summary is None else self._texts.title(summary)

    def id_at(self, row: int) -> int | None:
        """Return the id of a row; None for a header and outside of the list."""
        spot = self._rows.spot(row) if 0 <= row < len(self._rows) else None
        return None if spot is None else self._rows.ids[spot.place]

    def row_of(self, thing_id: int | None) -> int | None:
        """Return the row of a conversation; None when it is not here."""
        place = None if thing_id is None else self._rows.find(thing_id)
        return None if place is None else self._rows.spot_of(place).row

    def header_rows(self) -> Sequence[int]:
        """Return the rows in which groups begin."""
        return self._rows.header_rows

    def is_header(self, row: int) -> bool:
        """Whether a group begins in a row."""
        return row < len(self._rows) and self._rows.spot(row) is None

    def group_text(self, row: int) -> str:
        """Return the words of a header."""
        return self._texts.group(self._rows.header(row))

    def is_open_at(self, row: int) -> bool:
        """Whether the window shows the conversation in a row."""
        return self._open_id is not None and self.id_at(row) == self._open_id

    def look(self, row: int) -> RowLook | None:
        """Return what a row shows; None for a header, and for what is not known and asked for."""
        spot = self._rows.spot(row)
        summary = None if spot is None else self._known(spot)
        return None if summary is None else self._look(summary)

    def _known(self, spot: Spot) -> ConversationSummary | None:
        summary = self._cache.get(self._rows.ids[spot.place])
        if summary is None:
            self._cache.want(spot.place)
            if not self._wish.isActive():
                self._wish.start()
        return summary

    def find_title(self, beginning: str, *, after: int) -> int | None:
        """Return the next row below `after`, from the top again, whose title begins so.

        Only titles that have been looked at are known.
        """
        words = beginning.casefold()
        rows = []
        for summary in self._cache:
            if self.title(summary.id).casefold().startswith(words):
                row = self.row_of(summary.id)
                if row is not None:
                    rows.append(row)
        rows.sort()
        return next((row for row in rows if row > after), rows[0] if rows else None)

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """Count conversations and headers."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Headers can be neither chosen nor dragged; what is deleted has no other name."""
        if not index.isValid() or self._rows.spot(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        flags |= Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemNeverHasChildren
        if self._place.section is not Section.TRASH:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what is known; what is not is asked for."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        spot = self._rows.spot(index.row())
        if spot is None:
            texts = {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}
            return self.group_text(index.row()) if role in texts else None
        conversation_id = self._rows.ids[spot.place]
        if role == Roles.ID:
            return conversation_id
        if role == Roles.IS_OPEN:
            return conversation_id == self._open_id
        summary = self._known(spot)
        return None if summary is None else self._summary_data(summary, spot, role)

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for another title; nothing changes until somebody grants it."""
        conversation_id = self.id_at(index.row())
        title = " ".join(str(value).split())
        if conversation_id is None or role != Qt.ItemDataRole.EditRole or not title:
            return False
        if title != self.title(conversation_id):
            self.rename_requested.emit(conversation_id, title)
        return True

    def mimeTypes(self) -> list[str]:
        """Return what is dragged."""
        return [MIME_TYPE]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the ids of what is dragged."""
        ids = [self.id_at(index.row()) for index in indexes]
        data = QMimeData()
        data.setData(MIME_TYPE, json.dumps([one for one in ids if one is not None]).encode())
        return data

    def supportedDragActions(self) -> Qt.DropAction:
        """Conversations are moved."""
        return Qt.DropAction.MoveAction

    def _summary_data(self, summary: ConversationSummary, spot: Spot, role: int) -> Any:
        if role == Qt.ItemDataRole.AccessibleTextRole:
            group = self._rows.groups[spot.group] if spot.group >= 0 else None
            return self._texts.spoken(summary, group, today=self._calendar.today)
        look = self._look(summary)
        known: dict[int, Any] = {
            Qt.ItemDataRole.DisplayRole: look.title,
            Qt.ItemDataRole.EditRole: look.title,
            Roles.TIME: look.time,
            Roles.NOTE: look.note,
            Roles.IS_PINNED: look.is_pinned,
            Roles.IS_STREAMING: look.is_streaming,
        }
        return known.get(role)

    def _look(self, summary: ConversationSummary) -> RowLook:
        look = self._looks.get(summary)
        if look is None:
            if len(self._looks) > _MOST_LOOKS:
                self._looks.clear()
            look = self._looks[summary] = self._texts.look(summary, self._calendar.today)
        return look

    def _put(self, summary: ConversationSummary, place: int | None) -> None:
        """Show a conversation where it belongs; `place` is where it is now."""
        moment = self._place.time_of(summary)
        is_pinned = summary.is_pinned and self._place.section is not Section.TRASH
        if place is not None:
            stays = moment == self._rows.times[place]
            if stays and is_pinned == self._rows.is_pinned_at(place):
                index = self.index(self._rows.spot_of(place).row)
                self.dataChanged.emit(index, index)
                return
        group = self._group(moment, is_pinned=is_pinned)
        target = Spot(self._rows.place_for(moment, is_pinned=is_pinned, without=place), group)
        if place is None:
            self.beginInsertRows(QModelIndex(), target.row, target.row)
            self._rows.insert(target, summary.id, moment, is_pinned=is_pinned)
            self.endInsertRows()
            return
        self._move(self._rows.spot_of(place), target, summary)
        index = self.index(target.row)
        self.dataChanged.emit(index, index)
        self._drop_empty_groups()

    def _move(self, source: Spot, target: Spot, summary: ConversationSummary) -> None:
        is_pinned = summary.is_pinned and self._place.section is not Section.TRASH
        moment = self._place.time_of(summary)
        # Qt counts the row to move before with the moved one still in its place.
        before = target.row + (target.row > source.row)
        moves = target.row != source.row
        if moves:
            self.beginMoveRows(QModelIndex(), source.row, source.row, QModelIndex(), before)
        self._rows.remove(source)
        self._rows.insert(target, summary.id, moment, is_pinned=is_pinned)
        if moves:
            self.endMoveRows()

    def _remove(self, spot: Spot) -> None:
        self.beginRemoveRows(QModelIndex(), spot.row, spot.row)
        self._rows.remove(spot)
        self.endRemoveRows()
        self._drop_empty_groups()

    def _group(self, moment: float, *, is_pinned: bool) -> int:
        """Return the number of the group of a time, which is made when there is none."""
        number, is_there = self._rows.group_for(moment, self._calendar, is_pinned=is_pinned)
        if not is_there:
            group = PINNED if is_pinned else self._calendar.group_of(moment)[0]
            row = self._rows.header_row_before(number)
            self.beginInsertRows(QModelIndex(), row, row)
            self._rows.insert_group(number, group)
            self.endInsertRows()
        return number

    def _drop_empty_groups(self) -> None:
        for number in reversed(range(len(self._rows.groups))):
            if not self._rows.size_of(number):
                row = self._rows.header_rows[number]
                self.beginRemoveRows(QModelIndex(), row, row)
                self._rows.remove_group(number)
                self.endRemoveRows()

    def _await_midnight(self) -> None:
        seconds = min(max(self._calendar.next_midnight() - time.time(), 1.0), _LONGEST_SLEEP)
        self._midnight.start(round(seconds * 1000))

    @Slot()
    def regroup_if_new_day(self) -> None:
        """Put all conversations under the headers of today."""
        self.show_day(local_day(time.time()))
        self._await_midnight()

    def show_day(self, today: date) -> None:
        """Group as seen from a day."""
        if today == self._calendar.today:
            return
        self.rows_about_to_shift.emit()
        self.layoutAboutToBeChanged.emit()
        before = [(index, self.id_at(index.row())) for index in self.persistentIndexList()]
        self._calendar = Calendar(today)
        self._looks.clear()
        self._rows.regroup(self._calendar)
        for index, conversation_id in before:
            row = self.row_of(conversation_id)
            self.changePersistentIndex(index, QModelIndex() if row is None else self.index(row))
        self.layoutChanged.emit()
        self.rows_shifted.emit()
