"""A button with one of our icons, which follows the colours of the theme."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QToolButton, QWidget

from gui.icons import icon
from gui.metrics import metrics
from gui.properties import set_by_name


class IconButton(QToolButton):
    """A tool button that draws `resources/icons/<name>.svg` in a colour of the palette."""

    def __init__(
        self,
        name: str,
        *,
        role: QPalette.ColorRole = QPalette.ColorRole.WindowText,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._role = role
        side = metrics().icon_size
        self.setIconSize(QSize(side, side))
        self.setMinimumHeight(metrics().button_size)
        set_by_name(self, focusPolicy="TabFocus")
        self._draw()

    def set_icon_name(self, name: str) -> None:
        """Show another icon."""
        self._name = name
        self._draw()

    def label(self, text: str, *, shows_text: bool = False) -> None:
        """Name the button for the eye (beside the icon, or as a tip) and for a screen reader."""
        self.setText(text)
        self.setToolTip("" if shows_text else text)
        self.setAccessibleName(text)
        if shows_text:
            set_by_name(self, toolButtonStyle="ToolButtonTextBesideIcon")
            # Qt's own distance between icon and text is tight, and cannot be set.
            side = metrics().icon_size
            self.setIconSize(QSize(side + metrics().space_small, side))
            self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon anew when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        # The application's palette: a style sheet rewrites the button's own.
        palette = QPalette()
        disabled = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText)
        colour = palette.color(self._role)
        self.setIcon(icon(self._name, self.iconSize(), colour=colour, disabled=disabled))
