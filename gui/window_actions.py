"""The window's menu and its keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, SignalInstance, Slot
from PySide6.QtGui import QAction, QKeySequence, QShortcut

from gui.about_dialog import AboutDialog
from gui.main_window import MainWindow
from gui.widgets.site_dialog import SiteDialog


class WindowActions(QObject):
    """Adds what can be chosen in the menu or by a key; made after the first frame.

    Signals:
        new_conversation_requested: the user wants to begin anew.
        copy_requested: the user wants the last answer on the clipboard.
        stop_requested: the user wants the reply to end.
        title_requested: the user wants the model to name the conversation.
        export_requested: the user wants conversations in a file.
        import_requested: the user wants conversations out of files.
        mirror_requested: the user wants to choose where the Markdown mirror is.
        provider_chosen: the user wants `demo`, `chatgptfree` or the site at an address.
    """

    new_conversation_requested = Signal()
    copy_requested = Signal()
    stop_requested = Signal()
    provider_chosen = Signal(str)
    title_requested = Signal()
    export_requested = Signal()
    import_requested = Signal()
    mirror_requested = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        new = self._action(self.tr("New conversation"), "Ctrl+N", self.new_conversation_requested)
        copy = self._action(self.tr("Copy last answer"), "Ctrl+Shift+C", self.copy_requested)
        about = self._action(self.tr("About Beseda"), "F1", self._show_about)
        leave = self._action(self.tr("Quit"), "Ctrl+Q", window.close)
        window.header.add_actions(new, copy)
        self._of_store = (
            self._action(self.tr("Ask the model for a title"), "", self.title_requested),
            self._action(self.tr("Export…"), "Ctrl+Shift+E", self.export_requested),
            self._action(self.tr("Import…"), "Ctrl+Shift+I", self.import_requested),
            self._action(self.tr("Markdown mirror…"), "", self.mirror_requested),
        )
        self.offer_store(is_open=False)
        window.header.add_actions(*self._of_store)
        window.header.add_actions(about)
        window.header.add_actions(leave)
        self._shortcut("Esc", self._on_escape)
        self._shortcut("Ctrl+L", window.focus_composer)
        self._shortcut("Ctrl+W", window.close)
        self._shortcut("Ctrl+B", window.splitter.toggle)

        window.header.new_button.clicked.connect(self.new_conversation_requested)
        window.sidebar.new_conversation_requested.connect(self.new_conversation_requested)
        window.pane.model_picker.provider_chosen.connect(self.provider_chosen)
        window.pane.model_picker.site_requested.connect(self._ask_for_site)

    def offer_store(self, *, is_open: bool) -> None:
        """Offer what needs the store, or offer it no more."""
        for action in self._of_store:
            action.setEnabled(is_open)

    @Slot()
    def _on_escape(self) -> None:
        composer = self._window.pane.composer
        if composer.is_editing:
            composer.end_editing()
        else:
            self.stop_requested.emit()
        self._window.focus_composer()

    @Slot()
    def _ask_for_site(self) -> None:
        dialog = SiteDialog(self._window)
        dialog.site_chosen.connect(self.provider_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def _show_about(self) -> None:
        AboutDialog(self._window).open()

    def _action(self, text: str, keys: str, slot: Callable[[], object] | SignalInstance) -> QAction:
        action = QAction(text, self._window)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(slot)
        self._window.addAction(action)
        return action

    def _shortcut(self, keys: str, slot: Callable[[], object]) -> None:
        QShortcut(QKeySequence(keys), self._window).activated.connect(slot)
