"""A long text that was pasted, kept beside what is typed."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from gui.metrics import metrics
from gui.widgets.icon_button import IconButton


class PasteChip(QFrame):
    """Shows how much was pasted, and lets it go; hidden while there is nothing.

    A text field takes seconds for every key once a line of it is millions of characters long.

    Signals:
        changed: a text was added, or all of it was removed.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts: list[str] = []

        self.setObjectName("pasteChip")
        self._label = QLabel()
        self._remove = IconButton("close", role=QPalette.ColorRole.PlaceholderText)
        self._remove.setObjectName("removePasteButton")
        self._remove.label(self.tr("Remove the pasted text"))
        self.hide()

        layout = QHBoxLayout(self)
        small, medium = metrics().space_small, metrics().space_medium
        layout.setContentsMargins(medium, small, small, small)
        layout.addWidget(self._label, 1)
        layout.addWidget(self._remove)

        self._remove.clicked.connect(self.clear)

    def text(self) -> str:
        """Return all that was pasted, with an empty line between two texts."""
        return "\n\n".join(self._texts)

    def add(self, text: str) -> None:
        """Keep one more text."""
        self._texts.append(text)
        self._refresh()

    @Slot()
    def clear(self) -> None:
        """Let all of it go."""
        self._texts.clear()
        self._refresh()

    def _refresh(self) -> None:
        count = sum(map(len, self._texts))
        self._label.setText(self.tr("Pasted text: %Ln characters", "", count))
        self.setVisible(bool(self._texts))
        self.changed.emit()
