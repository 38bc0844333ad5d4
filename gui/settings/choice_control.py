"""One of a few."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.settings.choice_box import ChoiceBox
from gui.settings.control import Control


class ChoiceControl(Control):
    """A box with choices; each is a value and what a person reads."""

    def __init__(
        self, choices: Iterable[tuple[str, str]] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._value = ""
        self._offered = 0
        self._box = ChoiceBox()

        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._box)
        self.show_choices(choices)

        self._box.activated.connect(self._on_box_activated)

    def field(self) -> QWidget:
        """Return the box."""
        return self._box

    def choices(self) -> list[tuple[str, str]]:
        """Return what is offered."""
        return [
            (str(self._box.itemData(row)), self._box.itemText(row))
            for row in range(self._box.count())
        ]

    def show_choices(self, choices: Iterable[tuple[str, str]]) -> None:
        """Offer these; what is set stays set."""
        self._box.clear()
        for value, text in choices:
            self._box.addItem(text, value)
        self._offered = self._box.count()
        self.show_value(self._value)

    def show_value(self, value: object) -> None:
        """Show a choice; a value that is not offered is added as it is."""
        self._value = str(value)
        while self._box.count() > self._offered:
            self._box.removeItem(self._offered)
        row = self._box.findData(self._value)
        if row < 0 and self._value:
            self._box.addItem(self._value, self._value)
            row = self._box.count() - 1
        self._box.setCurrentIndex(row)

    def choose(self, value: str) -> None:
        """Do what a click on a choice does."""
        row = self._box.findData(value)
        self._box.setCurrentIndex(row)
        self._on_box_activated(row)

    @Slot(int)
    def _on_box_activated(self, row: int) -> None:
        value = str(self._box.itemData(row))
        if value != self._value:
            self._value = value
            self.value_changed.emit(value)
