"""Text of many lines."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from gui.metrics import metrics
from gui.settings.control import Control
from gui.settings.settings_metrics import lines, settings_metrics


class LongTextControl(Control):
    """A box for paragraphs, or for a list with one entry a line; Tab leaves it."""

    is_wide = True

    def __init__(
        self, placeholder: str = "", *, is_list: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._is_list = is_list
        self._box = QPlainTextEdit()
        self._box.setTabChangesFocus(True)
        self._box.setPlaceholderText(placeholder)
        sizes = settings_metrics()
        count = sizes.list_lines if is_list else sizes.long_text_lines
        self._box.setFixedHeight(lines(self, count) + 2 * metrics().space_large)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._box)

        self._box.textChanged.connect(self._on_box_text_changed)

    def field(self) -> QPlainTextEdit:
        """Return the box."""
        return self._box

    def show_inherited(self, value: object) -> None:
        """Show what holds while nothing is set; an empty text for nothing."""
        self._box.setPlaceholderText(_text_of(value))

    def show_value(self, value: object) -> None:
        """Show a text, or the entries of a list; the caret stays when they are shown already."""
        if value == self._value():
            return
        was_blocked = self._box.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self._box.setPlainText(_text_of(value))
        self._box.blockSignals(was_blocked)

    def _value(self) -> str | tuple[str, ...]:
        text = self._box.toPlainText()
        if self._is_list:
            return tuple(line for line in text.split("\n") if line)
        return text

    @Slot()
    def _on_box_text_changed(self) -> None:
        self.value_changed.emit(self._value())


def _text_of(value: object) -> str:
    return "\n".join(value) if isinstance(value, tuple) else str(value or "")
