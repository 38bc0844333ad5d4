"""Tells that an answer is complete, when nobody looks."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication

from gui.quick.full_screen import wants_quiet

if TYPE_CHECKING:
    from gui.quick.desktop_notifications import DesktopNotifications
    from gui.quick.tray import Tray
    from gui.tasks import TaskScope


class Notifier(QObject):
    """Shows a message of the desktop's, or one beside the tray's icon.

    Signals:
        clicked: the user wants to see the conversation with this id; the desktop's token for it.
    """

    clicked = Signal(object, str)

    def __init__(self, tray: Tray, *, scope: TaskScope, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.is_on = True
        self._tray = tray
        self._scope = scope
        self._desktop: DesktopNotifications | None = None
        self._told = 0

        tray.message_clicked.connect(self._on_tray_message_clicked)

    def tell(self, conversation_id: int, title: str, line: str) -> None:
        """Show a message, unless one of our windows is in use or something fills the screen."""
        state = QGuiApplication.applicationState()
        if not self.is_on or state is Qt.ApplicationState.ApplicationActive or wants_quiet():
            return
        self._told = conversation_id
        if sys.platform != "linux":
            self._tray.show_message(title or "Beseda", line)
            return
        self._scope.start(self._tell_desktop(conversation_id, title, line), name="notification")

    def close(self) -> None:
        """Let go of the desktop."""
        if self._desktop is not None:
            self._desktop.close()

    async def _tell_desktop(self, conversation_id: int, title: str, line: str) -> None:
        if self._desktop is None:
            from gui.quick.desktop_notifications import (  # noqa: PLC0415 - 0.1 s, when needed
                DesktopNotifications,
            )

            self._desktop = DesktopNotifications(self)
            self._desktop.clicked.connect(self.clicked)
        is_shown = await self._desktop.show(conversation_id, title or "Beseda", line)
        if not is_shown and self._tray.is_available:
            self._tray.show_message(title or "Beseda", line)

    @Slot()
    def _on_tray_message_clicked(self) -> None:
        self.clicked.emit(self._told, "")
