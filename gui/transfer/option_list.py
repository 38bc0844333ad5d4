"""A few choices of which one holds, each with a sentence about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from gui.metrics import metrics


@dataclass(frozen=True, slots=True)
class Option:
    """One choice."""

    value: str
    text: str
    hint: str = ""


class OptionList(QWidget):
    """Radio buttons under a title.

    Signals:
        value_changed: another option holds; its value.
    """

    value_changed = Signal(str)

    def __init__(
        self, title: str, options: Sequence[Option], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        heading = QLabel(title)
        heading.setProperty("kind", "heading")
        self._group = QButtonGroup(self)
        self._rows: dict[str, tuple[QRadioButton, QWidget | None]] = {}

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(metrics().space_small)
        layout.addWidget(heading)
        for option in options:
            button, hint = self._row(option)
            layout.addWidget(button)
            if hint is not None:
                layout.addWidget(hint)
        self._group.buttons()[0].setChecked(True)

        self._group.buttonToggled.connect(self._on_group_button_toggled)

    def value(self) -> str:
        """Return the value of the option that holds."""
        return next(value for value, (button, _) in self._rows.items() if button.isChecked())

    def choose(self, value: str) -> None:
        """Let an option hold."""
        self._rows[value][0].setChecked(True)

    def offer(self, value: str, *, is_offered: bool) -> None:
        """Show or hide an option; the first one takes the place of one that hides."""
        button, hint = self._rows[value]
        button.setVisible(is_offered)
        if hint is not None:
            hint.setVisible(is_offered)
        if not is_offered and button.isChecked():
            self._group.buttons()[0].setChecked(True)

    def button(self, value: str) -> QRadioButton:
        """Return the button of an option."""
        return self._rows[value][0]

    def _row(self, option: Option) -> tuple[QRadioButton, QWidget | None]:
        button = QRadioButton(option.text.replace("&", "&&"))
        button.setObjectName(f"{option.value}Option")
        button.setAccessibleName(option.text)
        button.setAccessibleDescription(option.hint)
        self._group.addButton(button)
        hint = self._hint(option.hint, button) if option.hint else None
        self._rows[option.value] = button, hint
        return button, hint

    def _hint(self, text: str, button: QRadioButton) -> QWidget:
        """Return a sentence that stands below the words of its button."""
        label = QLabel(text)
        label.setProperty("kind", "hint")
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        row = QWidget()
        layout = QHBoxLayout(row)
        style = button.style()
        metric = QStyle.PixelMetric
        width = style.pixelMetric(metric.PM_ExclusiveIndicatorWidth, None, button)
        gap = style.pixelMetric(metric.PM_RadioButtonLabelSpacing, None, button)
        layout.setContentsMargins(width + gap, 0, 0, 0)
        layout.addWidget(label)
        return row

    @Slot(QAbstractButton, bool)
    def _on_group_button_toggled(self, button: QAbstractButton, is_checked: bool) -> None:  # noqa: FBT001 - Qt's signature
        for value, (known, _) in self._rows.items():
            if is_checked and known is button:
                self.value_changed.emit(value)
