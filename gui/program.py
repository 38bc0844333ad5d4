"""Everything that lives on the loop: from the first frame on the screen to the exit code."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import qasync
from PySide6.QtCore import QObject, Slot

from core.errors import ChatError, Fault, StorageError
from core.models import Profile
from core.state import DATA_FOLDER_VARIABLE, StateFile
from gui.context_link import ContextLink
from gui.conversation_controller import ConversationController
from gui.conversation_link import ConversationLink
from gui.conversation_view import ConversationView
from gui.draft_keeper import DraftKeeper
from gui.garbage import GarbageCollector
from gui.icons import window_icon
from gui.interrupts import Interrupts
from gui.last_resort import LastResort
from gui.library import Library
from gui.logs import write_logs
from gui.main_window import MainWindow
from gui.open_conversations import OpenConversations
from gui.options import WindowOptions
from gui.quick.autostart_link import AutostartLink
from gui.quick.hotkey_link import HotkeyLink
from gui.quick.hotkeys.choice import hotkey_for_this_system
from gui.quick.instance_claim import InstanceClaim
from gui.quick.instance_link import InstanceLink
from gui.quick.own_command import quick_command
from gui.quick.quick_link import QuickLink
from gui.screenshot import take_screenshot
from gui.sentences import translated_sentence
from gui.service_links import ServiceLinks
from gui.services import Services
from gui.settings_effects import SettingsEffects
from gui.shortcuts import Shortcuts
from gui.tasks import TaskScope
from gui.theme import Appearance
from gui.transcript_link import TranscriptLink, make_transcript
from gui.widgets.caret_rest import CaretRest
from gui.window_actions import WindowActions

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from core.settings_file import LoadedSettings, SettingsFile

_log = logging.getLogger(__name__)
_LONGEST_END = 8.0
"""Seconds that hanging up may take before the program ends without it."""
_LONGEST_SAVING = 60.0
"""Seconds that the disk may take for what was said last."""


class Program(QObject):
    """Runs the loop, and ends in order: reply, connections, demo site, state, loop."""

    def __init__(
        self,
        application: QApplication,
        window: MainWindow,
        choice: str,
        *,
        options: WindowOptions,
        state_file: StateFile,
        settings_file: SettingsFile,
        loaded: LoadedSettings,
        claim: InstanceClaim | None = None,
    ) -> None:
        super().__init__(window)
        self._application = application
        self._window = window
        self._options = options
        self._state_file = state_file
        self._exit_code: asyncio.Future[int] | None = None
        self._replies = TaskScope(self)
        self._chores = TaskScope(self)
        self._keeping = TaskScope(self)
        self._services = Services(
            state_file, settings_file, loaded, options=options, keeping=self._keeping, parent=self
        )
        self._conversations = OpenConversations(
            self._services.sources(), scope=self._replies, parent=self
        )
        self.controller = ConversationController(
            self._conversations,
            self._services.profiles.first(choice, model=options.model),
            scope=self._keeping,
            profile_for=self._profile_for,
            parent=self,
        )
        self._choice = ""
        """Whom the user has chosen in this run, for the next one to begin with."""
        self._transcript = make_transcript(application)
        self.view = ConversationView(window.pane, self._transcript)
        self._join_conversation()
        self._add_extras()
        self._add_quick_prompt(claim or InstanceClaim())

        window.quit_requested.connect(self.leave)
        self._service_links.profile_chosen.connect(self._choose)
        self._service_links.models.models_arrived.connect(self._on_models_arrived)
        self._replies.failed.connect(self._on_replies_failed)
        self._chores.failed.connect(self._on_failed)
        self._keeping.failed.connect(self._on_failed)

    def _join_conversation(self) -> None:
        """Join the transcript, the composer and the drafts with the controller."""
        window, transcript = self._window, self._transcript
        TranscriptLink(
            transcript,
            self.controller,
            application=self._application,
            scope=self._chores,
            alternatives=window.pane.model_picker.choices,
            image_proxy=self._services.image_proxy,
        )
        self._link = ConversationLink(self.controller, window.pane, self.view)
        transcript.edit_requested.connect(self._link.edit)
        self._context = ContextLink(
            self.controller,
            window.pane,
            self.view,
            windows=self._services.windows,
            settings=self._services.current_settings,
        )
        self._services.preferences.changed.connect(self._context.refresh)
        self._drafts = DraftKeeper(
            window.pane.composer,
            self.controller,
            new_draft=self._state_file.load().draft,
            keep_new=self._keep_new_draft,
        )
        CaretRest(window.pane.composer.editor)

    def _add_extras(self) -> None:
        """Add the menu, the lists of conversations, and what services and settings need."""
        window, services = self._window, self._services
        shortcuts = Shortcuts(services.settings, self)
        actions = WindowActions(window, shortcuts)
        self._library = Library(
            window,
            services.store,
            controller=self.controller,
            conversations=self._conversations,
            transcript=self._transcript,
            actions=actions,
            shortcuts=shortcuts,
            open_reply=services.replies.open,
            state_file=self._state_file,
            scope=self._chores,
            keeping=self._keeping,
        )
        appearance = self._application.findChild(Appearance)
        SettingsEffects(
            services.preferences,
            appearance=appearance if isinstance(appearance, Appearance) else None,
            transcript=self._transcript,
            composer=window.pane.composer,
            shortcuts=shortcuts,
        )
        self._hotkey = self._hotkey_link()
        self._service_links = ServiceLinks(
            window,
            services,
            controller=self.controller,
            view=self.view,
            actions=actions,
            scope=self._chores,
            keeping=self._keeping,
            hotkey=self._hotkey,
            settings_geometry=self._state_file.load().settings_geometry,
        )
        actions.stop_requested.connect(self.controller.stop)
        actions.copy_requested.connect(self._link.copy_answer)
        actions.new_conversation_requested.connect(self.controller.start_conversation)
        actions.provider_chosen.connect(self._on_actions_provider_chosen)
        self._conversations.not_saved.connect(self._library.show_trouble)

    @property
    def _data_dir(self) -> Path | None:
        """The folder that another start has to be told, because it is not the usual one."""
        chosen = self._options.data_dir or os.environ.get(DATA_FOLDER_VARIABLE)
        return Path(chosen).absolute() if chosen else None

    def _hotkey_link(self) -> HotkeyLink:
        return HotkeyLink(
            self._services.preferences,
            make=partial(hotkey_for_this_system, self._chores),
            command=quick_command(self._data_dir),
            parent=self,
        )

    def _add_quick_prompt(self, claim: InstanceClaim) -> None:
        """Add the short path: popup, tray, hotkey, and what another start of the program wants."""
        state = self._state_file.load()
        self._instance = InstanceLink(self._window, self.controller, claim)
        self._autostart = AutostartLink(
            self._services.preferences,
            self._keeping,
            data_dir=self._data_dir,
            parent=self,
        )
        self._quick = quick = QuickLink(
            self._application,
            self._window,
            self._services,
            self._conversations,
            controller=self.controller,
            view=self.view,
            scope=self._chores,
            keeping=self._keeping,
            size=state.quick_size,
            is_told_of_tray=bool(state.told_of_tray),
        )
        self._instance.quit_requested.connect(self.leave)
        quick.quit_requested.connect(self.leave)
        quick.settings_requested.connect(self._service_links.show_settings)
        quick.services_requested.connect(self._service_links.show_services)
        quick.diagnosis_requested.connect(self._service_links.diagnose_profile)
        quick.pause_toggled.connect(self._hotkey.set_paused)
        quick.told_of_tray.connect(self._on_quick_told_of_tray)
        self._hotkey.pressed.connect(quick.toggle_quick)
        self._instance.quick_requested.connect(quick.take_wish)

    def run(self) -> int:
        """Run until the user leaves; return the exit code."""
        write_logs(self._state_file.path.parent)
        garbage = GarbageCollector()
        self.controller.text_arrived.connect(garbage.wake)
        self.controller.state_changed.connect(garbage.wake)
        self.controller.conversation_opened.connect(garbage.wake)
        loop = qasync.QEventLoop(self._application)
        asyncio.set_event_loop(loop)
        last_resort = LastResort()
        last_resort.install(loop)
        interrupts = Interrupts()
        interrupts.interrupted.connect(self.leave)
        try:
            code: int = loop.run_until_complete(self._main())
            return code
        finally:
            interrupts.close()
            garbage.close()
            last_resort.remove()
            loop.close()
            asyncio.set_event_loop(None)

    @Slot()
    def leave(self, code: int = 0) -> None:
        """End the program in order; harmless when it is ending already."""
        if self._exit_code is not None and not self._exit_code.done():
            self._exit_code.set_result(code)

    async def _main(self) -> int:
        self._exit_code = asyncio.get_running_loop().create_future()
        self._application.setWindowIcon(window_icon())
        self._library.open()
        profile = self.controller.profile
        self._chores.start(self._services.replies.warm_up(profile), name="warm-up")
        self._service_links.open(
            is_first_start=self._is_first_start(), is_hidden=self._options.hidden
        )
        ask, path = self._options.ask, self._options.screenshot
        if path is not None:
            picture = take_screenshot(
                self._window, self.controller, path, ask=ask, is_drawing=self._is_drawing
            )
            self._chores.start(picture, name="screenshot", on_done=self._on_screenshot_done)
        elif ask is not None:
            self.controller.send(ask)
        self._instance.open(self._options)
        if path is None:
            self._hotkey.open()
        if self._options.hidden:
            self._quick.warm_up()  # nobody is kept waiting
        self._autostart.look()
        code = await self._exit_code
        self._instance.close()
        self._hotkey.close()
        self._quick.close()
        self._service_links.close()
        geometry = self._window.geometry_text()
        self._window.hide()
        await self._save()
        try:
            await asyncio.wait_for(self._end(geometry), _LONGEST_END)
        except TimeoutError:
            _log.warning("the connections did not close in %s s", _LONGEST_END)
        return code

    def _is_drawing(self) -> bool:
        return self._transcript.formulas.busy

    async def _save(self) -> None:
        """Bring to the disk what has been said; the disk may be slow, or held by somebody."""
        self._drafts.close()
        self._conversations.stop_all()
        try:
            await asyncio.wait_for(self._conversations.settled(), _LONGEST_SAVING)
        except TimeoutError:
            _log.warning("what was said last was not saved in %s s", _LONGEST_SAVING)

    async def _end(self, geometry: str) -> None:
        await self._replies.close()
        await self._library.close()
        await self._keeping.finish()
        await self._chores.close()
        await self._services.close()
        if self._options.screenshot is None:
            self._save_state(geometry)
        await asyncio.get_running_loop().shutdown_asyncgens()

    def _save_state(self, geometry: str) -> None:
        changes = {
            "geometry": geometry,
            "sidebar": self._window.sidebar_text(),
            "settings_geometry": self._service_links.settings_geometry,
            "quick_size": self._quick.size_text,
        }
        if self._choice:
            # What was asked for on the command line holds for that start alone.
            changes["provider"] = self._choice
        try:
            self._state_file.update(**changes)
        except StorageError as exc:
            _log.warning("the state was not saved: %s", exc.message)

    def _is_first_start(self) -> bool:
        """Whether nobody has chosen a service yet, on the command line or before."""
        is_chosen = self._options.provider or self._state_file.load().provider
        return not is_chosen and not self._services.settings.profiles

    @Slot(str)
    def _on_actions_provider_chosen(self, choice: str) -> None:
        profile = self._services.profiles.find(choice)
        if profile is not None:
            self._choose(profile)

    @Slot(object)
    def _choose(self, profile: Profile) -> None:
        self._choice = profile.key
        self.controller.set_profile(profile)
        keep = asyncio.to_thread(self._state_file.update, provider=profile.key)
        self._keeping.start(keep, name="keep choice")

    @Slot()
    def _on_quick_told_of_tray(self) -> None:
        keep = asyncio.to_thread(self._state_file.update, told_of_tray="yes")
        self._keeping.start(keep, name="keep what was told")

    @Slot(object)
    def _on_models_arrived(self, profile: Profile) -> None:
        infos = self._service_links.models.infos_of(profile)
        self._services.windows.tell(profile, infos)
        self._context.refresh()

    def _profile_for(self, choice: str, model: str) -> Profile:
        found = self._services.profiles.find(choice, model=model)
        return self.controller.profile if found is None else found

    def _keep_new_draft(self, text: str) -> None:
        keep = asyncio.to_thread(self._state_file.update, draft=text)
        self._keeping.start(keep, name="keep draft")

    @Slot(object)
    def _on_replies_failed(self, error: ChatError) -> None:
        # Of a service that failed, the conversation's own row tells.
        if isinstance(error, StorageError):
            self._library.show_trouble(error)

    @Slot(object)
    def _on_failed(self, error: ChatError) -> None:
        if isinstance(error, StorageError) and error.fault is not Fault.SETTINGS_NOT_WRITTEN:
            self._library.show_trouble(error)
        else:
            self.view.show_notice(error)

    def _on_screenshot_done(self, task: asyncio.Task[Any]) -> None:
        error = None if task.cancelled() else task.exception()
        if isinstance(error, ChatError) and sys.stderr is not None:
            sys.stderr.write(f"{translated_sentence(error)}\n")
        self.leave(0 if error is None else 1)
