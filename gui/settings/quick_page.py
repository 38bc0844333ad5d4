"""The page of the quick prompt: its keys, what it keeps, the tray."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from core.settings import (
    AUTOSTART,
    CLOSE_TO_TRAY,
    HOTKEY,
    HOTKEY_ON,
    NOTIFY,
    QUICK_PRIVATE,
    TEMPLATES,
    TRAY,
    TRAY_CLICK,
)
from gui.quick.hotkeys.interface import HotkeyState
from gui.settings.command_row import CommandRow
from gui.settings.hotkey_row import HotkeyRow
from gui.settings.keys_control import KeysControl
from gui.settings.option_rows import OptionRow
from gui.settings.settings_card import SettingsCard
from gui.settings.settings_editor import SettingsEditor
from gui.settings.settings_page import SettingsPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_PROMPT = (QUICK_PRIVATE, TEMPLATES)
_TRAY = (TRAY, TRAY_CLICK, CLOSE_TO_TRAY, NOTIFY, AUTOSTART)


class QuickPage(SettingsPage):
    """Tells the truth about the keys, once somebody has told it by `show_hotkey`.

    Signals:
        recording_changed: whether other keys are being chosen; the present ones are in the way.
        trying_changed, asked_again: as of `HotkeyRow`.
    """

    recording_changed = Signal(bool)
    trying_changed = Signal(bool)
    asked_again = Signal()

    def __init__(
        self, editor: SettingsEditor, *, title: str, command: str, parent: QWidget | None = None
    ) -> None:
        """Make the page; `command` opens the quick prompt."""
        super().__init__("quick", title, parent)
        self._hotkey_row = HotkeyRow()
        self._command_row = CommandRow(command)
        keys = OptionRow(HOTKEY, editor)

        self._add_card(
            self.tr("Keys"),
            *(OptionRow(HOTKEY_ON, editor), keys, self._hotkey_row, self._command_row),
        )
        self._add_card(self.tr("Questions"), *(OptionRow(option, editor) for option in _PROMPT))
        self._add_card(self.tr("Tray"), *(OptionRow(option, editor) for option in _TRAY))

        if isinstance(keys.control, KeysControl):
            keys.control.recording_changed.connect(self.recording_changed)
        self._hotkey_row.trying_changed.connect(self.trying_changed)
        self._hotkey_row.asked_again.connect(self.asked_again)

    @Slot(object)
    def show_hotkey(self, state: HotkeyState) -> None:
        """Say what is true of the keys now."""
        self._hotkey_row.show_state(state)

    @Slot()
    def show_tried(self) -> None:
        """Say that the keys were pressed while they were being tried."""
        self._hotkey_row.show_tried()

    def show_command(self, command: str) -> None:
        """Show another command that opens the quick prompt."""
        self._command_row.show_command(command)

    def _add_card(self, title: str, *rows: QWidget) -> None:
        card = SettingsCard(title)
        for row in rows:
            card.add(row)
        self.add(card)
