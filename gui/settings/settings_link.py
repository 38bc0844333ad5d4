"""Joins the settings window with what is set, with the keys, and with the services."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from core.errors import ChatError
from core.models import ModelInfo, Profile
from core.profiles import presets
from core.secrets import Secrets
from core.settings import Settings
from gui.preferences import Preferences
from gui.sentences import translated_sentence
from gui.settings.key_keeper import KeyKeeper
from gui.settings.problem_text import problem_text
from gui.settings.quick_page import QuickPage
from gui.settings.settings_window import SettingsWindow
from gui.tasks import TaskScope

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from gui.quick.hotkey_link import HotkeyLink

FetchModels = Callable[[Profile], Awaitable[tuple[ModelInfo, ...]]]
"""Asks a service which models it offers; may raise ChatError."""

_PATIENCE = 200
"""Milliseconds for which an editor may still be busy with the file that it writes."""


class SettingsLink(QObject):
    """Opens the window, and keeps it and the file telling the same.

    Also without the window it listens to the file: what is written into it from outside holds
    within a moment, or at the latest when the program is looked at again.

    Signals:
        diagnosis_requested: the user wants to know why this `Profile` does not work.
        keys_changed: the id of the profile that has another key now, or none.
        trouble_met: this `ChatError` concerns keys, and there is no window to tell it in.
    """

    diagnosis_requested = Signal(object)
    keys_changed = Signal(str)
    trouble_met = Signal(object)

    def __init__(
        self,
        preferences: Preferences,
        secrets: Secrets,
        *,
        fetch: FetchModels,
        scope: TaskScope,
        keeping: TaskScope,
        main_window: QWidget,
        hotkey: HotkeyLink | None = None,
        geometry: str = "",
    ) -> None:
        """Be ready. What is in `scope` may be cancelled at the end; what is in `keeping` may not.

        `hotkey` tells the page of the quick prompt what is true of its keys; `geometry` is what
        `geometry` said in an earlier run.
        """
        super().__init__(main_window)
        self._preferences = preferences
        self._fetch = fetch
        self._scope = scope
        self._main_window = main_window
        self._hotkey = hotkey
        self._geometry = geometry
        self._window: SettingsWindow | None = None
        self._is_closed = False
        self._keys = KeyKeeper(secrets, scope=keeping, parent=self)
        self._watcher = QFileSystemWatcher(self)
        self._timer = QTimer(self, singleShot=True, interval=_PATIENCE)

        preferences.changed.connect(self._on_preferences_changed)
        preferences.problems_found.connect(self._show_problems)
        self._keys.known.connect(self._on_keys_known)
        self._keys.changed.connect(self.keys_changed)
        self._keys.moved.connect(self._on_keys_moved)
        self._keys.failed.connect(self._on_keys_failed)
        self._timer.timeout.connect(self.look)
        self._watcher.fileChanged.connect(self._on_file_touched)
        self._watcher.directoryChanged.connect(self._on_file_touched)
        QGuiApplication.instance().applicationStateChanged.connect(self._on_application_state)  # type: ignore[union-attr]  # there is one
        self._watch()

    @property
    def window(self) -> SettingsWindow | None:
        """The window, while it is open."""
        return self._window

    @property
    def geometry(self) -> str:
        """Place and size of the window, as text, for the next run."""
        return self._geometry if self._window is None else self._window.geometry_text()

    def open(self, page: str = "", option: str = "") -> SettingsWindow:
        """Open the window, or bring it to the front; see `SettingsWindow.show_page`."""
        window = self._window or self._made()
        if page:
            window.show_page(page, option)
        window.show()
        window.activateWindow()
        return window

    @Slot()
    def show_settings(self) -> None:
        """Open the window where it was left."""
        self.open()

    def close(self) -> None:
        """End: listen no more, and close the window; what was typed last is told then."""
        self._is_closed = True
        self._timer.stop()
        self._watcher.blockSignals(True)  # noqa: FBT003 - Qt's signature
        if self._window is not None:
            self._window.close()

    @Slot()
    def look(self) -> None:
        """Take what somebody wrote into the file; what is being edited is told first."""
        self._watch()
        if self._window is not None:
            self._window.editor.settle()
        self._preferences.look()

    def _made(self) -> SettingsWindow:
        self._window = window = SettingsWindow(
            self._preferences.settings, presets=presets(), parent=self._main_window
        )
        window.settings_changed.connect(self._on_window_settings_changed)
        window.key_entered.connect(self._keys.put_key)
        window.proxy_password_entered.connect(self._keys.put)
        window.secret_wanted.connect(self._keys.look_for)
        window.profile_copied.connect(self._keys.copy)
        window.models_requested.connect(self._on_models_requested)
        window.test_requested.connect(self._on_window_test_requested)
        window.closed.connect(self._on_window_closed)
        window.stack.quick_page_made.connect(self._on_quick_page_made)
        window.restore_geometry_text(self._geometry)
        window.ask_for_secrets()
        self._show_problems(self._preferences.problems)
        return window

    def _watch(self) -> None:
        """Watch the file: whoever replaces it ends the watching."""
        file = self._preferences.file.path
        watched = {*self._watcher.files(), *self._watcher.directories()}
        wanted = [str(path) for path in (file, file.parent) if path.exists()]
        missing = [path for path in wanted if path not in watched]
        if missing:
            self._watcher.addPaths(missing)

    @Slot(object)
    def _on_window_settings_changed(self, settings: Settings) -> None:
        self._keys.note_removed(self._preferences.settings, settings)
        self._preferences.change(settings)

    @Slot(object)
    def _on_preferences_changed(self, settings: Settings) -> None:
        self._keys.take(settings)
        if self._window is not None:
            self._window.show_settings(settings)

    @Slot(object)
    def _show_problems(self, problems: tuple[ChatError, ...]) -> None:
        if self._window is not None:
            self._window.show_notice(problem_text(problems, self._preferences.file.broken_copy))

    @Slot(str)
    def _on_file_touched(self) -> None:
        self._timer.start()

    @Slot(Qt.ApplicationState)
    def _on_application_state(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive and not self._is_closed:
            self._timer.start()

    @Slot(object)
    def _on_window_test_requested(self, profile: Profile) -> None:
        self._scope.start(self._test(profile), name="test a service")

    async def _test(self, profile: Profile) -> None:
        # The key that was entered just now may still be on its way.
        await self._keys.settled()
        self.diagnosis_requested.emit(profile)

    @Slot(object)
    def _on_models_requested(self, profile: Profile) -> None:
        self._scope.start(self._ask_for_models(profile), name="list models")

    async def _ask_for_models(self, profile: Profile) -> None:
        # The key that was entered just now may still be on its way.
        await self._keys.settled()
        try:
            infos = await self._fetch(profile)
        except ChatError as error:
            if self._window is not None:
                self._window.show_models_problem(profile.id, translated_sentence(error))
            return
        if self._window is not None:
            self._window.show_models(profile.id, infos)

    @Slot(str, bool)
    def _on_keys_known(self, name: str, is_kept: bool) -> None:  # noqa: FBT001 - a signal's argument
        if self._window is not None:
            self._window.show_secret(name, is_kept=is_kept)

    @Slot()
    def _on_keys_moved(self) -> None:
        if self._window is not None:
            self._window.ask_for_secrets()

    @Slot(object)
    def _on_keys_failed(self, error: ChatError) -> None:
        if self._window is not None:
            self._window.show_key_trouble(translated_sentence(error))
        else:
            self.trouble_met.emit(error)

    @Slot(object)
    def _on_quick_page_made(self, page: QuickPage) -> None:
        hotkey = self._hotkey
        if hotkey is None:
            return
        page.show_command(hotkey.command)
        page.show_hotkey(hotkey.state)
        hotkey.state_changed.connect(page.show_hotkey)
        hotkey.tried.connect(page.show_tried)
        page.trying_changed.connect(hotkey.set_trying)
        page.recording_changed.connect(hotkey.set_recording)
        page.asked_again.connect(hotkey.ask_again)

    @Slot()
    def _on_window_closed(self) -> None:
        window, self._window = self._window, None
        if window is not None:
            self._geometry = window.geometry_text()
            window.deleteLater()
        self._keys.forget_removed()
