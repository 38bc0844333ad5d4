"""What is typed into the search field, and its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent

from gui.sidebar.result_list import ResultList

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLineEdit

_PATIENCE = 60
"""Milliseconds after the last key before the search begins."""
_ENTER_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class SearchBox(QObject):
    """Listens to the field of the frame; arrows choose among the results, which it leads.

    Signals:
        query_changed: what is to be searched for now; empty for nothing.
        list_requested: the user wants to go down into the list, without a query.
        left: the user wants to go back to writing; the field is empty then.
    """

    query_changed = Signal(str)
    list_requested = Signal()
    left = Signal()

    def __init__(self, field: QLineEdit, results: ResultList) -> None:
        super().__init__(field)
        self._field = field
        self._results = results
        self._asked = ""
        self._opens_first = False
        self._timer = QTimer(self, singleShot=True, interval=_PATIENCE)

        field.installEventFilter(self)
        field.textChanged.connect(self._on_field_text_changed)
        self._timer.timeout.connect(self._ask)
        if field.text():
            # It was typed before this was loaded.
            self._timer.start()

    @property
    def query(self) -> str:
        """What was asked for last."""
        return self._asked

    def results_shown(self) -> None:
        """The results of `query` are there: open the first when Enter was too fast for them."""
        if self._opens_first:
            self._opens_first = False
            self._results.open_chosen()

    @Slot()
    def focus(self) -> None:
        """Let the user search; what stands there can be typed over."""
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def clear(self) -> None:
        """End the search."""
        self._field.clear()
        self._ask()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the field the keys of a list."""
        if isinstance(event, QKeyEvent) and watched is self._field:
            is_escape = event.key() == Qt.Key.Key_Escape
            if event.type() == QEvent.Type.ShortcutOverride and is_escape:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                return self._pressed(event)
        return super().eventFilter(watched, event)

    def _pressed(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
            return True
        if key in _ENTER_KEYS:
            self._open_first()
            return True
        if self._field.text():
            return self._results.step(key)
        if key == Qt.Key.Key_Down:
            self.list_requested.emit()
            return True
        return False

    def _open_first(self) -> None:
        is_waiting = self._timer.isActive() or self._opens_first
        if self._field.text().strip() and is_waiting:
            self._opens_first = True
            self._timer.stop()
            self._ask()
        elif self._field.text().strip():
            self._results.open_chosen()

    @Slot(str)
    def _on_field_text_changed(self, text: str) -> None:
        self._opens_first = False
        if text.strip():
            self._timer.start()
        else:
            self._ask()

    @Slot()
    def _ask(self) -> None:
        self._timer.stop()
        query = self._field.text().strip()
        if query != self._asked:
            self._asked = query
            self.query_changed.emit(query)
