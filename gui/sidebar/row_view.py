"""A list of any length whose every step takes as long as what is on the screen."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QMouseEvent, QPainter, QRegion
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from gui.sidebar.row_model import AnyIndex, Roles, RowModel

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtGui import QPaintEvent


_MOST_KEPT = 1_000
"""Chosen rows that stay chosen when the whole list is replaced."""


@dataclass(slots=True)
class _Kept:
    """What must look the same after rows have shifted: by ids."""

    chosen: list[int]
    current: int | None
    anchor: int | None = None
    y: int = 0
    """Where the anchor is in the viewport."""


class RowView(QListView):
    """Rows of one height under headers of another, found by arithmetic.

    Qt's own list lays out all rows after each change, and asks the model for each: a quarter of a
    second for 100,000. What screen readers see of a QListView stays.

    Signals:
        activated_by_user: a row was clicked without a modifier, or Enter was pressed on it.
    """

    activated_by_user = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = RowModel(self)
        self._row_height = 1
        self._header_height = 1
        self._hovered: int | None = None
        self._kept: _Kept | None = None

        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.viewport().setMouseTracking(True)

    @property
    def hovered(self) -> int | None:
        """The row under the pointer."""
        return self._hovered

    @property
    def content_height(self) -> int:
        """How high all rows are together."""
        return self._top(self._count())

    def shows_choice_strongly(self) -> bool:
        """Whether keys go to what is chosen; what was left behind is shown in passing."""
        return self.hasFocus()

    def set_heights(self, row: int, header: int) -> None:
        """Make rows and headers this high."""
        self._row_height, self._header_height = max(row, 1), max(header, 1)
        self.scheduleDelayedItemsLayout()

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show a `RowModel`, and stay where one is while its rows shift."""
        super().setModel(model)
        if isinstance(model, RowModel):
            self._rows = model
            model.rows_about_to_shift.connect(self._keep_anchor)
            model.rows_shifted.connect(self._return_to_anchor)

    def chosen_ids(self) -> list[int]:
        """Return the ids of the chosen rows, from top to bottom."""
        ids = (self._rows.index(row, 0).data(Roles.ID) for row in self._chosen_rows())
        return [one for one in ids if one is not None]

    def _chosen_rows(self) -> list[int]:
        # `selectedRows` asks the model for the flags of each.
        ranges = _ranges(self.selectionModel().selection())
        return sorted({row for one in ranges for row in range(one.top(), one.bottom() + 1)})

    def visible_rows(self) -> range:
        """Return the rows of which something can be seen."""
        top = self.verticalOffset()
        bottom = top + self.viewport().height()
        count = self._count()
        first = self._row_at(top)
        return range(first, min(count, self._row_at(bottom - 1) + 1)) if count else range(0)

    def visualRect(self, index: AnyIndex) -> QRect:
        """Return where a row is in the viewport."""
        if not index.isValid():
            return QRect()
        row = index.row()
        top = self._top(row)
        height = self._top(row + 1) - top
        # Also below the scroll bar, which has its room beside what is painted of a row.
        return QRect(0, top - self.verticalOffset(), self.width(), height)

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Return what is at a point of the viewport."""
        y = point.y() + self.verticalOffset()
        if not 0 <= y < self.content_height:
            return QModelIndex()
        return self._rows.index(self._row_at(y), 0)

    def scrollTo(
        self,
        index: AnyIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a row into view, with its header where that is right above."""
        if not index.isValid():
            return
        # The scroll bar may not know yet of rows that have just come.
        self.updateGeometries()
        row, bar = index.row(), self.verticalScrollBar()
        first = row - 1 if row and self._rows.is_header(row - 1) else row
        top, bottom, height = self._top(first), self._top(row + 1), self.viewport().height()
        if hint == QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue((top + bottom - height) // 2)
        elif top < bar.value() or hint == QAbstractItemView.ScrollHint.PositionAtTop:
            bar.setValue(top)
        elif bottom > bar.value() + height:
            bar.setValue(bottom - height)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, _modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Return where a key leads; headers are passed over."""
        count, current = self._count(), self.currentIndex().row()
        actions = QAbstractItemView.CursorAction
        page = max(1, self.viewport().height() // self._row_height - 1)
        steps = {
            actions.MoveUp: -1,
            actions.MovePrevious: -1,
            actions.MoveDown: 1,
            actions.MoveNext: 1,
            actions.MovePageUp: -page,
            actions.MovePageDown: page,
            actions.MoveHome: -count,
            actions.MoveEnd: count,
        }
        step = steps.get(action, 0)
        if current < 0:
            # The first key goes to what can be seen.
            visible = self.visible_rows()
            goal = visible.start if visible else 0
            return self._nearest(goal, 1)
        goal = min(max(current + step, 0), count - 1)
        return self._nearest(goal, 1 if step > 0 else -1)

    def horizontalOffset(self) -> int:
        """Nothing is ever moved sideways."""
        return 0

    def verticalOffset(self) -> int:
        """Return how much is above the viewport."""
        return self.verticalScrollBar().value()

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Choose the rows in a rectangle of the viewport."""
        top = min(rect.top(), rect.bottom()) + self.verticalOffset()
        bottom = max(rect.top(), rect.bottom()) + self.verticalOffset()
        selection = QItemSelection()
        if self._count() and bottom >= 0 and top < self.content_height:
            first, last = self._row_at(max(top, 0)), self._row_at(bottom)
            selection.select(self._rows.index(first, 0), self._rows.index(last, 0))
        self.selectionModel().select(selection, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Return what has to be painted anew."""
        region = QRegion()
        view = self.viewport().rect()
        for chosen in _ranges(selection):
            top = self.visualRect(chosen.topLeft())
            region += top.united(self.visualRect(chosen.bottomRight())) & view
        return region

    def doItemsLayout(self) -> None:
        """Lay nothing out: all places are known."""
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:
        """Tell the scroll bar how much there is."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, self.content_height - height))
        bar.setPageStep(height)
        bar.setSingleStep(self._row_height)
        QAbstractItemView.updateGeometries(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows that are in view."""
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        flags = QStyle.StateFlag
        usual = option.state & ~(flags.State_HasFocus | flags.State_MouseOver | flags.State_Active)
        is_strong = self.shows_choice_strongly()
        if is_strong:
            usual |= flags.State_Active
        selection, current = self.selectionModel(), self.currentIndex()
        shows_choice = is_strong or len(self._chosen_rows()) > 1
        with QPainter(self.viewport()) as painter:
            for row in self.visible_rows():
                index = self._rows.index(row, 0)
                option.rect = self.visualRect(index)
                if not option.rect.intersects(event.rect()):
                    continue
                option.state = usual
                if shows_choice and selection.isSelected(index):
                    option.state |= flags.State_Selected
                if row == self._hovered:
                    option.state |= flags.State_MouseOver
                if index == current and self.hasFocus():
                    option.state |= flags.State_HasFocus
                self.itemDelegate().paint(painter, option, index)

    def viewportEvent(self, event: QEvent) -> bool:
        """Follow the pointer."""
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseMove:
            self._hover(event.position().toPoint())
        elif event.type() in {QEvent.Type.Leave, QEvent.Type.Wheel}:
            self._hover(None)
        return super().viewportEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open what was clicked."""
        pressed = self.state() == QAbstractItemView.State.NoState
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        is_plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        is_left = event.button() == Qt.MouseButton.LeftButton
        if pressed and is_plain and is_left and index == self.currentIndex() and index.isValid():
            self.activated_by_user.emit(index.row())

    def _hover(self, point: QPoint | None) -> None:
        index = QModelIndex() if point is None else self.indexAt(point)
        row = index.row() if index.isValid() else None
        if row == self._hovered:
            return
        before, self._hovered = self._hovered, row
        for one in (before, row):
            if one is not None:
                self.viewport().update(self.visualRect(self._rows.index(one, 0)))

    def _count(self) -> int:
        return self._rows.rowCount()

    def _top(self, row: int) -> int:
        headers = bisect_left(self._rows.header_rows(), row)
        return headers * self._header_height + (row - headers) * self._row_height

    def _row_at(self, y: int) -> int:
        """Return the row at a height of the whole list; the last one below all rows."""
        count = self._count()
        return max(0, bisect_right(range(count), y, key=self._top) - 1)

    def _nearest(self, row: int, step: int) -> QModelIndex:
        """Return a row that can be chosen: this one, or else the next in either direction."""
        for direction in (step, -step):
            candidate = row
            while 0 <= candidate < self._count():
                index = self._rows.index(candidate, 0)
                if index.flags() & Qt.ItemFlag.ItemIsSelectable:
                    return index
                candidate += direction
        return QModelIndex()

    @Slot()
    def _keep_anchor(self) -> None:
        current = self.currentIndex().data(Roles.ID)
        self._kept = _Kept(self.chosen_ids()[:_MOST_KEPT], current)
        if self.verticalOffset() <= 0:
            # Who is at the top wants to see what comes there.
            return
        for row in self.visible_rows():
            index = self._rows.index(row, 0)
            if index.data(Roles.ID) is not None:
                self._kept.anchor = index.data(Roles.ID)
                self._kept.y = self.visualRect(index).top()
                return

    @Slot()
    def _return_to_anchor(self) -> None:
        kept, self._kept = self._kept, None
        if kept is None:
            return
        self.updateGeometries()
        self._hovered = None
        row = self._rows.row_of(kept.anchor)
        if row is not None:
            self.verticalScrollBar().setValue(self._top(row) - kept.y)
        if not self.currentIndex().isValid():
            self._choose_again(kept)

    def _choose_again(self, kept: _Kept) -> None:
        """Choose what was chosen before all rows were replaced."""
        current = self._rows.row_of(kept.current)
        if current is not None:
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(self._rows.index(current, 0), flags.NoUpdate)
            for row in map(self._rows.row_of, kept.chosen):
                if row is not None:
                    self.selectionModel().select(self._rows.index(row, 0), flags.Select)


def _ranges(selection: QItemSelection) -> list[QItemSelectionRange]:
    # Python cannot iterate over a QItemSelection.
    return [selection.at(number) for number in range(selection.count())]
