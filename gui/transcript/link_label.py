"""Where the link under the pointer leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

if TYPE_CHECKING:
    from gui.transcript.formats import Formats


class LinkLabel(QLabel):
    """Shows where the link under the pointer leads."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("linkTarget")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def set_style(self, formats: Formats) -> None:
        """Take other colours."""
        colours, metrics = formats.style.colours, formats.metrics
        self.setStyleSheet(
            f"QLabel {{ background: {colours.code_header.name()}; color: {colours.text.name()};"
            f" border: {metrics.hairline:.0f}px solid {colours.border.name()};"
            f" border-radius: {metrics.button_radius:.0f}px;"
            f" padding: {metrics.button_padding:.0f}px {metrics.overlay_padding:.0f}px; }}"
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
