"""A button with one of our icons that stays pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QPalette

from gui.widgets.icon_button import IconButton

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class ToggleButton(IconButton):
    """A checkable icon, in the accent's colour while it is on."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, role=QPalette.ColorRole.PlaceholderText, parent=parent)
        self.setCheckable(True)

        self.toggled.connect(self._on_toggled)

    @Slot(bool)
    def _on_toggled(self, is_on: bool) -> None:  # noqa: FBT001 - a signal's slot
        roles = QPalette.ColorRole
        self._role = roles.Accent if is_on else roles.PlaceholderText
        self._draw()
