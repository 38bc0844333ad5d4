"""A line of text."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from gui.settings.control import Control


class TextControl(Control):
    """A field; what is typed holds at once."""

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = QLineEdit()
        self._line.setPlaceholderText(placeholder)

        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._line)

        self._line.textEdited.connect(self._on_line_text_edited)

    def field(self) -> QLineEdit:
        """Return the field."""
        return self._line

    def show_value(self, value: object) -> None:
        """Show a text; the caret stays when it is the one that is shown."""
        text = "" if value is None else str(value)
        if text != self._line.text().strip():
            self._line.setText(text)
            self._line.setCursorPosition(0)

    @Slot(str)
    def _on_line_text_edited(self, text: str) -> None:
        self.value_changed.emit(text.strip())
