"""The icon in the system's tray, and its menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QAction, QColor, QGuiApplication, QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from gui.icons import icon
from gui.quick.quick_metrics import quick_metrics

if TYPE_CHECKING:
    from collections.abc import Iterable

_SIZES = (16, 22, 24, 32, 48, 64)
_WITHOUT_A_DESKTOP = frozenset({"offscreen", "minimal"})
_LONGEST = 48
"""Characters of an answer's name in the menu."""


class Tray(QObject):
    """What the tray offers; without a tray it is not seen, and nothing depends on it.

    Signals:
        clicked: the icon was clicked.
        quick_requested: the user wants the quick prompt.
        show_requested: the user wants the window.
        new_conversation_requested: the user wants the window, with a new conversation.
        settings_requested: the user wants the settings.
        quit_requested: the user wants the program to end.
        pause_toggled: whether the hotkey is to be off for now.
        copy_requested: the user wants the last answer with this index, as in `set_answers`.
        message_clicked: what `show_message` showed was clicked.
    """

    clicked = Signal()
    quick_requested = Signal()
    show_requested = Signal()
    new_conversation_requested = Signal()
    settings_requested = Signal()
    quit_requested = Signal()
    pause_toggled = Signal(bool)
    copy_requested = Signal(int)
    message_clicked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_streaming = False

        self._icon = QSystemTrayIcon(self)
        self._icon.setToolTip("Beseda")
        self.menu = QMenu()
        self.menu.setObjectName("trayMenu")
        self._add(self.tr("Quick prompt"), "trayQuick", self.quick_requested)
        self._add(self.tr("New conversation"), "trayNew", self.new_conversation_requested)
        self._add(self.tr("Show the window"), "trayShow", self.show_requested)
        self.menu.addSeparator()
        self.answers = self.menu.addMenu(self.tr("Copy an answer"))
        self.answers.setObjectName("trayAnswers")
        self.answers.menuAction().setVisible(False)
        self.pause_action = self._add(self.tr("Pause the hotkey"), "trayPause", None)
        self.pause_action.setCheckable(True)
        self._add(self.tr("Settings…"), "traySettings", self.settings_requested)
        self.menu.addSeparator()
        self._add(self.tr("Quit"), "trayQuit", self.quit_requested)
        self._icon.setContextMenu(self.menu)
        self._draw()

        self.pause_action.toggled.connect(self.pause_toggled)
        self.answers.triggered.connect(self._on_answers_triggered)
        self._icon.activated.connect(self._on_icon_activated)
        self._icon.messageClicked.connect(self.message_clicked)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._draw)
        self.destroyed.connect(self.menu.deleteLater)

    @property
    def is_available(self) -> bool:
        """Whether the system shows the icon: only then may a window hide behind it."""
        return self._icon.isVisible() and QSystemTrayIcon.isSystemTrayAvailable()

    @property
    def icon_name(self) -> str:
        """Which of our drawings is shown."""
        return "tray-streaming" if self._is_streaming else "tray"

    def set_visible(self, is_visible: bool) -> None:  # noqa: FBT001 - a state, not an option
        """Show the icon where there is a tray, also one that comes later."""
        # Where there is no desktop at all, Qt looks for a tray all the same, and complains.
        has_desktop = QGuiApplication.platformName() not in _WITHOUT_A_DESKTOP
        self._icon.setVisible(is_visible and has_desktop)

    def set_streaming(self, is_streaming: bool) -> None:  # noqa: FBT001 - a state, not an option
        """Show that an answer is on its way, or none."""
        if is_streaming != self._is_streaming:
            self._is_streaming = is_streaming
            text = self.tr("Beseda: an answer is on its way") if is_streaming else "Beseda"
            self._icon.setToolTip(text)
            self._draw()

    def set_answers(self, titles: Iterable[str]) -> None:
        """Offer these answers to be copied, the newest first."""
        self.answers.clear()
        for index, title in enumerate(titles):
            text = " ".join(title.split())
            short = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
            self.answers.addAction(short.replace("&", "&&")).setData(index)
        self.answers.menuAction().setVisible(not self.answers.isEmpty())

    def set_paused(self, is_paused: bool) -> None:  # noqa: FBT001 - a state, not an option
        """Show whether the hotkey is off for now; nobody is told."""
        self.pause_action.blockSignals(True)  # noqa: FBT003 - Qt's own
        self.pause_action.setChecked(is_paused)
        self.pause_action.blockSignals(False)  # noqa: FBT003 - Qt's own

    def show_message(self, title: str, text: str) -> None:
        """Show a message beside the icon, as the system does that."""
        self._icon.showMessage(title, text, self._icon.icon())

    def hide(self) -> None:
        """Take the icon away: the program ends."""
        self._icon.hide()

    @Slot()
    def _draw(self) -> None:
        """Draw the icon to be seen on the panel, which is dark unless the system is light.

        On macOS the system itself colours it.
        """
        hints = QGuiApplication.styleHints()
        sizes = quick_metrics()
        is_light = hints.colorScheme() is Qt.ColorScheme.Light
        colour = QColor(sizes.tray_colour_dark if is_light else sizes.tray_colour_light)
        result = QIcon()
        for side in _SIZES:
            drawn = icon(self.icon_name, QSize(side, side), colour=colour, disabled=colour)
            result.addPixmap(drawn.pixmap(side, side))
        result.setIsMask(True)
        self._icon.setIcon(result)

    @Slot(QSystemTrayIcon.ActivationReason)
    def _on_icon_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self.clicked.emit()
        elif reason is QSystemTrayIcon.ActivationReason.MiddleClick:
            self.show_requested.emit()

    @Slot(QAction)
    def _on_answers_triggered(self, action: QAction) -> None:
        self.copy_requested.emit(int(action.data()))

    def _add(self, text: str, name: str, wish: SignalInstance | None) -> QAction:
        action = QAction(text, self.menu)
        action.setObjectName(name)
        if wish is not None:
            action.triggered.connect(wish)
        self.menu.addAction(action)
        return action
