"""Where the link under the pointer leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

if TYPE_CHECKING:
    from gui.transcript.style import TranscriptStyle


class LinkLabel(QLabel):
    """Shows where the link under the pointer leads."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("linkTarget")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def set_style(self, style: TranscriptStyle) -> None:
        """Take other colours."""
        colours = style.colours
        self.setStyleSheet(
            f"QLabel {{ background: {colours.code_header.name()}; color: {colours.text.name()};"
            f" border: 1px solid {colours.border.name()}; border-radius: 6px; padding: 3px 8px; }}"
        )

    def show_target(self, target: str, room: int) -> None:
        """Show an address, or hide if there is none."""
        if not target:
            self.hide()
            return
        self.setText(self.fontMetrics().elidedText(target, Qt.TextElideMode.ElideMiddle, room))
        self.adjustSize()
        self.show()
        self.raise_()
