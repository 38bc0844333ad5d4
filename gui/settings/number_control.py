"""A number with its unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from gui.metrics import metrics
from gui.settings.control import Control
from gui.settings.settings_metrics import characters, settings_metrics

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_FINE_STEPS = 20
"""How many presses of an arrow key go through the range of a decimal number."""


class _NumberLine(QLineEdit):
    """A line that tells of the arrow keys."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Up and Down as one more and one less."""
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if steps is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(steps)


class NumberControl(Control):
    """A short field and a unit.

    A spin box would quietly mend what is typed; here it is said what is wrong with it. An empty
    field means that nothing is set; the placeholder then says what holds.
    """

    def __init__(
        self,
        *,
        is_whole: bool,
        smallest: float | None = None,
        largest: float | None = None,
        unit: str = "",
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._is_whole = is_whole
        self._smallest, self._largest = smallest, largest
        self._value: object = None
        self._is_emptied = False
        self._line = _NumberLine()
        self._line.setFixedWidth(characters(self, settings_metrics().number_characters))
        self._line.setPlaceholderText(placeholder)
        self._unit = QLabel(unit)
        self._unit.setProperty("kind", "hint")

        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(metrics().space_medium)
        layout.addWidget(self._line)
        layout.addWidget(self._unit)
        layout.addStretch(1)
        self._unit.setVisible(bool(unit))

        self._line.textEdited.connect(self._on_line_text_edited)
        self._line.editingFinished.connect(self._on_line_editing_finished)
        self._line.stepped.connect(self._on_line_stepped)

    def field(self) -> QLineEdit:
        """Return the field."""
        return self._line

    def show_inherited(self, value: object) -> None:
        """Show what holds while nothing is set; None for nothing."""
        self._line.setPlaceholderText(self._shown(value))

    def name_as(self, key: str, label: str, hint: str) -> None:
        """Name the field, with its unit."""
        unit = self._unit.text()
        super().name_as(key, f"{label}, {unit}" if unit else label, hint)

    def show_value(self, value: object) -> None:
        """Show a number; None for none. What says the same stays as it was typed."""
        self._value = value
        if self._is_emptied:
            return  # something else is about to be typed
        if self._parsed(self._line.text()) != value:
            self._line.setText(self._shown(value))

    def _parsed(self, text: str) -> int | float | str | None:
        """Return the number, None for an empty text, and the text itself for one that is none."""
        plain = text.strip().replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
        if not plain:
            return None
        try:
            return int(plain) if self._is_whole else float(plain.replace(",", "."))
        except ValueError:
            return text.strip()

    def _shown(self, value: object) -> str:
        if value is None:
            return ""
        if isinstance(value, float):
            text = f"{value:.4f}".rstrip("0").rstrip(".")
            return text.replace(".", QLocale().decimalPoint())
        return str(value)

    @Slot(str)
    def _on_line_text_edited(self, text: str) -> None:
        self._is_emptied = not text.strip()
        self.value_changed.emit(self._parsed(text))

    @Slot()
    def _on_line_editing_finished(self) -> None:
        if self._is_emptied:
            self._is_emptied = False
            self._line.setText(self._shown(self._value))

    @Slot(int)
    def _on_line_stepped(self, steps: int) -> None:
        shown = self._line.text() or self._line.placeholderText()
        value = self._parsed(shown)
        if not isinstance(value, int | float):
            value = self._smallest or 0
        stepped = self._bounded(value + steps * self._step())
        self._line.setText(self._shown(int(stepped) if self._is_whole else round(stepped, 4)))
        self._on_line_text_edited(self._line.text())

    def _step(self) -> float:
        if self._is_whole or self._smallest is None or self._largest is None:
            return 1
        return (self._largest - self._smallest) / _FINE_STEPS

    def _bounded(self, value: float) -> float:
        if self._largest is not None:
            value = min(value, self._largest)
        return value if self._smallest is None else max(value, self._smallest)
