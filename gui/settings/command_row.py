"""The command that opens the quick prompt, and where desktops let it have keys."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QFontDatabase

from gui import clipboard
from gui.first_start.parts import announce, plain_label, selectable
from gui.settings.button_control import ButtonControl
from gui.settings.setting_row import SettingRow

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class CommandRow(SettingRow):
    """Shows the command, and copies it."""

    def __init__(self, command: str, parent: QWidget | None = None) -> None:
        self._button = ButtonControl(self.tr("Copy the command"))
        self._button.is_wide = True  # what is said is long
        super().__init__(
            "quick.command",
            self._button,
            label=self.tr("Keys of the desktop’s own"),
            hint=self.tr("This command opens the quick prompt, too, wherever a key can start one:"),
            words=f"{command} GNOME KDE Sway",
            can_reset=False,
            parent=parent,
        )
        self._command = command
        self.command = selectable(plain_label("quickCommand"))
        self.command.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.add_words(self.command)
        self.steps = plain_label("quickCommandSteps", kind="hint")
        self.add_words(self.steps)
        self.show_command(command)

        self._button.pressed.connect(self._on_button_pressed)

    def show_command(self, command: str) -> None:
        """Show another command."""
        self._command = command
        self.command.setText(command)
        self.command.setAccessibleName(command)
        steps = self._steps()
        self.steps.setText(steps)
        self.steps.setHidden(not steps)

    def _steps(self) -> str:
        if sys.platform in {"win32", "darwin"}:
            return ""
        return "\n".join(
            (
                self.tr(
                    "GNOME: Settings → Keyboard → View and Customize Shortcuts → Custom Shortcuts."
                ),
                self.tr("KDE Plasma: System Settings → Shortcuts → Add New → Command."),
                self.tr("Sway, in ~/.config/sway/config: {line}").format(
                    line=f"bindsym Ctrl+Mod1+space exec {self._command}"
                ),
            )
        )

    @Slot()
    def _on_button_pressed(self) -> None:
        clipboard.copy_plain(self._command)
        text = self.tr("Copied")
        button = self._button.field()
        button.setText(text)
        announce(button, text)
