"""Colours: from `resources/themes` to a palette and a style sheet, light or dark."""

from __future__ import annotations

from collections.abc import Mapping
from string import Template
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QPalette

from gui.metrics import metrics
from gui.properties import set_by_name
from gui.theme_files import theme_table, theme_text

if TYPE_CHECKING:
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication

SYSTEM, LIGHT, DARK = "system", "light", "dark"
_MIDDLE_LIGHTNESS = 128

_ROLES = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "window",
    QPalette.ColorRole.AlternateBase: "card",
    QPalette.ColorRole.ToolTipBase: "surface",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.PlaceholderText: "dim",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "on_accent",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Midlight: "hover",
    QPalette.ColorRole.Mid: "border",
    QPalette.ColorRole.Dark: "dim",
    QPalette.ColorRole.Shadow: "border",
    QPalette.ColorRole.Highlight: "selection",
    QPalette.ColorRole.HighlightedText: "on_selection",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.Accent: "accent",
}
_DISABLED_ROLES = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
)


class Theme:
    """One set of colours by name."""

    def __init__(self, colours: Mapping[str, str]) -> None:
        self.colours = dict(colours)

    @classmethod
    def named(cls, name: str) -> Theme:
        """Return the theme in `resources/themes/<name>.toml`."""
        return cls({key: str(value) for key, value in theme_table(f"{name}.toml").items()})

    def palette(self) -> QPalette:
        """Return the colours as Qt's widgets know them."""
        palette = QPalette()
        for role, name in _ROLES.items():
            palette.setColor(role, QColor(self.colours[name]))
        for role in _DISABLED_ROLES:
            palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(self.colours["disabled"]))
        return palette

    def style_sheet(self) -> str:
        """Return what a palette cannot say, as a style sheet."""
        values = {**metrics()._asdict(), **self.colours}
        return Template(theme_text("window.qss")).substitute(values)


class Appearance(QObject):
    """Dresses the application, and dresses it anew when other colours are wanted.

    Signals:
        changed: the application wears other colours.
    """

    changed = Signal()

    def __init__(self, application: QApplication, *, choice: str = SYSTEM) -> None:
        super().__init__(application)
        self._application = application
        self._shown = ""
        self._choice = choice
        if choice == SYSTEM:
            window = application.palette().color(QPalette.ColorRole.Window)
            self._show(DARK if window.lightness() < _MIDDLE_LIGHTNESS else LIGHT)
        else:
            # The system then draws the window's frame to match, too.
            set_by_name(application.styleHints(), colorScheme=choice.capitalize())
            self._show(choice)

    def follow_system(self) -> None:
        """Show what the system asks for from now on.

        After the first frame, for which the system's palette says enough: to hear of changes
        takes all of Qt's names, and 0.02 s.
        """
        from PySide6.QtCore import Qt  # noqa: PLC0415 - see above

        hints = self._application.styleHints()
        if hints.colorScheme() is not Qt.ColorScheme.Unknown:
            self.show_scheme(hints.colorScheme())
        hints.colorSchemeChanged.connect(self.show_scheme)

    @property
    def name(self) -> str:
        """`light` or `dark`: what is shown now."""
        return self._shown

    def choose(self, choice: str) -> None:
        """Show `light`, `dark` or what the `system` asks for from now on; after the first frame."""
        from PySide6.QtCore import Qt  # noqa: PLC0415 - see `follow_system`

        if choice == self._choice:
            return
        self._choice = choice
        hints = self._application.styleHints()
        if choice == SYSTEM:
            hints.unsetColorScheme()
            self.show_scheme(hints.colorScheme())
        else:
            hints.setColorScheme(Qt.ColorScheme[choice.capitalize()])
            self._show(choice)

    def show_scheme(self, scheme: Qt.ColorScheme) -> None:
        """Show what was chosen, or what the system asks for; light where it does not say."""
        if self._choice == SYSTEM:
            self._show(DARK if scheme.name == "Dark" else LIGHT)

    def _show(self, name: str) -> None:
        if name == self._shown:
            return
        self._shown = name
        theme = Theme.named(name)
        self._application.setPalette(theme.palette())
        self._application.setStyleSheet(theme.style_sheet())
        self.changed.emit()
