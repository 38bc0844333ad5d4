"""Something to do, or to take back, at the end of a row."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from gui.settings.control import Control


class ButtonControl(Control):
    """One button.

    Signals:
        pressed: the user wants what stands on it.
    """

    pressed = Signal()

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._button = QPushButton(text)
        self._button.setProperty("kind", "plain")
        self._button.setAutoDefault(False)

        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._button)
        layout.addStretch(1)

        self._button.clicked.connect(self._on_button_clicked)

    def field(self) -> QPushButton:
        """Return the button."""
        return self._button

    def show_value(self, value: object) -> None:
        """Do nothing: a button has no value."""

    @Slot()
    def _on_button_clicked(self) -> None:
        self.pressed.emit()
