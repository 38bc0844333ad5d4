"""The way to the end, and to new text there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from gui.transcript.icons import icon

if TYPE_CHECKING:
    from gui.transcript.formats import Formats


class JumpButton(QPushButton):
    """Leads to the end; says so when there is new text."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("jumpToEndButton")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    def set_style(self, formats: Formats, ratio: float) -> None:
        """Take other colours."""
        colours, metrics = formats.style.colours, formats.metrics
        side = round(metrics.icon_size)
        self.setIcon(icon("down", colours.text, side, ratio))
        self.setIconSize(QSize(side, side))
        self.setStyleSheet(
            f"QPushButton {{ background: {colours.background.name()}; color: {colours.text.name()};"
            f" border: {metrics.hairline:.0f}px solid {colours.border.name()};"
            f" border-radius: {metrics.jump_radius:.0f}px; min-height: {side}px;"
            f" padding: {metrics.button_radius:.0f}px {metrics.jump_padding:.0f}px; }}"
            f"QPushButton:hover {{ background: {colours.hover.name()}; }}"
            f"QPushButton:focus {{ border-color: {colours.focus.name()}; }}"
        )

    def offer(self, *, news: bool) -> None:
        """Show itself, with or without saying that there is new text."""
        self.setText(self.tr("New text below") if news else "")
        self.setAccessibleName(self.tr("New text below") if news else self.tr("To the end"))
        self.setToolTip(self.tr("To the end"))
        self.adjustSize()
        self.show()
        self.raise_()
