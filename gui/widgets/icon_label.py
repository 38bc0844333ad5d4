"""One of our icons that cannot be pressed, in the colour that the style sheet gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QLabel, QWidget

from gui.icons import icon
from gui.metrics import metrics

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class IconLabel(QLabel):
    """Draws `resources/icons/<name>.svg` in the middle; a screen reader passes over it."""

    def __init__(
        self, name: str, *, extent: int | None = None, parent: QWidget | None = None
    ) -> None:
        """Take `extent` pixels in both directions; by default what the icon itself needs."""
        super().__init__(parent)
        self._name = name
        side = metrics().icon_size if extent is None else extent
        self.setFixedSize(QSize(side, side))

    @property
    def icon_name(self) -> str:
        """Which icon is shown."""
        return self._name

    def set_icon_name(self, name: str) -> None:
        """Show another icon."""
        self._name = name
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon over what the style sheet puts behind it."""
        super().paintEvent(event)
        side = metrics().icon_size
        colour = self.palette().color(QPalette.ColorRole.WindowText)
        place = QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)
        with QPainter(self) as painter:
            drawn = icon(self._name, place.size(), colour=colour, disabled=colour)
            drawn.paint(painter, place)
