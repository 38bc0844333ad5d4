"""The list of what a search has found."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from gui.sidebar.result_delegate import ResultDelegate, result_heights
from gui.sidebar.result_model import ResultModel
from gui.sidebar.row_view import RowView

_ACTIONS = {
    Qt.Key.Key_Up: QAbstractItemView.CursorAction.MoveUp,
    Qt.Key.Key_Down: QAbstractItemView.CursorAction.MoveDown,
    Qt.Key.Key_PageUp: QAbstractItemView.CursorAction.MovePageUp,
    Qt.Key.Key_PageDown: QAbstractItemView.CursorAction.MovePageDown,
}


class ResultList(RowView):
    """Results; one is always chosen, so that Enter opens it.

    Signals:
        opened: the user wants to see this: a conversation's id, and a message's or None.
        left: the user wants to go back to writing.
    """

    opened = Signal(object, object)
    left = Signal()

    def __init__(self, model: ResultModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._results = model

        self.setObjectName("resultList")
        self.setAccessibleName(self.tr("Search results"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setItemDelegate(ResultDelegate(self))
        self.setModel(model)

        self.activated_by_user.connect(self._open_row)
        model.modelReset.connect(self._choose_first)
        self._fit()

    def shows_choice_strongly(self) -> bool:
        """Enter in the search field opens what is chosen here."""
        return True

    def step(self, key: Qt.Key) -> bool:
        """Choose another result by a key that was pressed elsewhere; False for other keys."""
        action = _ACTIONS.get(key)
        if action is None:
            return False
        self._choose(self.moveCursor(action, Qt.KeyboardModifier.NoModifier).row())
        return True

    def open_chosen(self) -> None:
        """Open what is chosen; nothing happens when there are no results."""
        self._open_row(self.currentIndex().row())

    def event(self, event: QEvent) -> bool:
        """Keep Escape for the list: in the window, it stops the reply."""
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open or leave by key."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.open_chosen()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        text, title = result_heights(self.font())
        self.set_heights(text, title)

    def _choose(self, row: int) -> None:
        index = self._results.index(row)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect)
        self.scrollTo(index)

    @Slot()
    def _choose_first(self) -> None:
        if self._results.rowCount():
            self._choose(self._results.first_choice())

    @Slot(int)
    def _open_row(self, row: int) -> None:
        result = self._results.result(row)
        if result is not None:
            self.opened.emit(result.conversation_id, result.message_id)
