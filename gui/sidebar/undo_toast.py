"""Says what was deleted, and takes it back for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from gui.metrics import metrics

if TYPE_CHECKING:
    from PySide6.QtGui import QEnterEvent

STAYS = 10_000
"""Milliseconds, counted anew once the pointer has left it."""


class UndoToast(QFrame):
    """One sentence with Undo; goes away by itself, but not under the pointer.

    Signals:
        undo_requested: the user wants back what was deleted; what `show_deletion` was given.
    """

    undo_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, stays: int = STAYS) -> None:
        super().__init__(parent)
        self._deletion: object = None
        self._timer = QTimer(self, singleShot=True, interval=stays)

        self.setObjectName("undoToast")
        self._text = QLabel()
        self._text.setObjectName("undoText")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.undo_button = QPushButton(self.tr("Undo"))
        self.undo_button.setObjectName("undoButton")
        self.undo_button.setAccessibleName(self.tr("Undo"))
        self.hide()

        layout = QHBoxLayout(self)
        small, medium = metrics().space_small, metrics().space_medium
        layout.setContentsMargins(metrics().field_padding + small, small, small, small)
        layout.setSpacing(medium)
        layout.addWidget(self._text, 1)
        layout.addWidget(self.undo_button)

        self.undo_button.clicked.connect(self.undo)
        self._timer.timeout.connect(self.clear)

    @property
    def is_counting(self) -> bool:
        """Whether it will go by itself."""
        return self._timer.isActive()

    def text(self) -> str:
        """Return what is said; empty while nothing can be undone."""
        return "" if self._deletion is None else self._text.text()

    def show_deletion(self, text: str, deletion: object) -> None:
        """Say what was deleted; `deletion` is handed back with the wish to undo it."""
        self._deletion = deletion
        self._text.setText(text)
        self.setAccessibleName(text)
        self.show()
        self._timer.start()
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    @Slot()
    def undo(self) -> None:
        """Ask for the last deletion back; nothing happens when it is too late."""
        deletion = self._deletion
        if deletion is not None:
            self.clear()
            self.undo_requested.emit(deletion)

    @Slot()
    def clear(self) -> None:
        """Hide the notice."""
        self._deletion = None
        self._timer.stop()
        self.hide()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay under the pointer."""
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Go on counting."""
        super().leaveEvent(event)
        if self._deletion is not None:
            self._timer.start()
