"""The window's menu and its keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, SignalInstance, Slot
from PySide6.QtGui import QAction, QShortcut

from gui.about_dialog import AboutDialog
from gui.main_window import MainWindow
from gui.shortcuts import Shortcuts
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
        provider_chosen: the user wants to ask this choice, or the site at an address.
        settings_requested: the user wants the settings.
        services_sought: the user wants to see who could answer, also on this computer.
        diagnosis_requested: the user wants the way to the service looked at.
    """

    new_conversation_requested = Signal()
    copy_requested = Signal()
    stop_requested = Signal()
    provider_chosen = Signal(str)
    title_requested = Signal()
    export_requested = Signal()
    import_requested = Signal()
    mirror_requested = Signal()
    settings_requested = Signal()
    services_sought = Signal()
    diagnosis_requested = Signal()

    def __init__(self, window: MainWindow, shortcuts: Shortcuts) -> None:
        super().__init__(window)
        self._window = window
        self._shortcuts = shortcuts
        self._of_store = self._add_to_menu()
        self.offer_store(is_open=False)
        self._shortcut("stop", self._on_escape)
        self._shortcut("focus_composer", window.focus_composer)
        self._shortcut("close", window.close)
        self._shortcut("toggle_sidebar", window.splitter.toggle)

        window.header.new_button.clicked.connect(self.new_conversation_requested)
        window.sidebar.new_conversation_requested.connect(self.new_conversation_requested)
        window.pane.model_picker.provider_chosen.connect(self.provider_chosen)
        window.pane.model_picker.site_requested.connect(self._ask_for_site)

    def _add_to_menu(self) -> tuple[QAction, ...]:
        """Fill the menu; return what needs the store."""
        add, header = self._action, self._window.header
        header.add_actions(
            add(self.tr("New conversation"), "new_conversation", self.new_conversation_requested),
            add(self.tr("Copy last answer"), "copy_answer", self.copy_requested),
        )
        of_store = (
            add(self.tr("Ask the model for a title"), "suggest_title", self.title_requested),
            add(self.tr("Export…"), "export", self.export_requested),
            add(self.tr("Import…"), "import", self.import_requested),
            add(self.tr("Markdown mirror…"), "mirror", self.mirror_requested),
        )
        header.add_actions(*of_store)
        header.add_actions(
            add(self.tr("Settings…"), "settings", self.settings_requested),
            add(self.tr("Find services…"), "find_services", self.services_sought),
            add(self.tr("Diagnose the service…"), "diagnose", self.diagnosis_requested),
        )
        header.add_actions(add(self.tr("About Beseda"), "about", self._show_about))
        header.add_actions(add(self.tr("Quit"), "quit", self._window.quit))
        return of_store

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

    def _action(self, text: str, name: str, slot: Callable[[], object] | SignalInstance) -> QAction:
        action = QAction(text, self._window)
        self._shortcuts.add(name, action)
        action.triggered.connect(slot)
        self._window.addAction(action)
        return action

    def _shortcut(self, name: str, slot: Callable[[], object]) -> None:
        shortcut = QShortcut(self._window)
        shortcut.activated.connect(slot)
        self._shortcuts.add(name, shortcut)
