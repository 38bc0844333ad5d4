"""Everything that lives on the loop: from the first frame on the screen to the exit code."""

from __future__ import annotations

import asyncio
import logging
import sys
from typing import TYPE_CHECKING, Any

import qasync
from PySide6.QtCore import QObject, Slot

from core.errors import ChatError, StorageError
from core.models import Profile
from core.state import StateFile
from gui.conversation_controller import ConversationController
from gui.conversation_link import ConversationLink
from gui.conversation_view import ConversationView
from gui.draft_keeper import DraftKeeper
from gui.garbage import GarbageCollector
from gui.icons import window_icon
from gui.interrupts import Interrupts
from gui.last_resort import LastResort
from gui.library import Library
from gui.live_conversation import Sources
from gui.logs import write_logs
from gui.main_window import MainWindow
from gui.open_conversations import OpenConversations
from gui.options import WindowOptions
from gui.profiles import profile_of
from gui.reply_source import ReplySource
from gui.screenshot import take_screenshot
from gui.sentences import translated_sentence
from gui.store_source import StoreSource
from gui.tasks import TaskScope
from gui.transcript_link import TranscriptLink, make_transcript
from gui.widgets.caret_rest import CaretRest
from gui.window_actions import WindowActions

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

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
    ) -> None:
        super().__init__(window)
        self._application = application
        self._window = window
        self._options = options
        self._state_file = state_file
        self._choice = choice
        self._exit_code: asyncio.Future[int] | None = None
        self._source = ReplySource(state_file)
        self._store = StoreSource(state_file.path.parent)
        self._replies = TaskScope(self)
        self._chores = TaskScope(self)
        self._keeping = TaskScope(self)
        self._conversations = OpenConversations(
            Sources(self._source.open, self._store.open), scope=self._replies, parent=self
        )
        self.controller = ConversationController(
            self._conversations,
            self._profile(choice, model=options.model),
            scope=self._keeping,
            profile_for=self._profile_for,
            parent=self,
        )
        self._transcript = transcript = make_transcript(application)
        self.view = ConversationView(window.pane, transcript)
        TranscriptLink(
            transcript,
            self.controller,
            application=application,
            scope=self._chores,
            alternatives=window.pane.model_picker.choices,
        )
        link = ConversationLink(self.controller, window.pane, self.view)
        transcript.edit_requested.connect(link.edit)
        self._drafts = DraftKeeper(
            window.pane.composer,
            self.controller,
            new_draft=state_file.load().draft,
            keep_new=self._keep_new_draft,
        )
        actions = WindowActions(window)
        CaretRest(window.pane.composer.editor)
        self._library = Library(
            window,
            self._store,
            controller=self.controller,
            conversations=self._conversations,
            transcript=transcript,
            actions=actions,
            open_reply=self._source.open,
            state_file=state_file,
            scope=self._chores,
            keeping=self._keeping,
        )

        window.quit_requested.connect(self.leave)
        actions.stop_requested.connect(self.controller.stop)
        actions.copy_requested.connect(link.copy_answer)
        actions.new_conversation_requested.connect(self.controller.start_conversation)
        actions.provider_chosen.connect(self._on_actions_provider_chosen)
        self._conversations.not_saved.connect(self._library.show_trouble)
        self._replies.failed.connect(self._on_replies_failed)
        self._chores.failed.connect(self._on_failed)
        self._keeping.failed.connect(self._on_failed)

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
        self._chores.start(self._source.warm_up(self.controller.profile), name="warm-up")
        ask, path = self._options.ask, self._options.screenshot
        if path is not None:
            picture = take_screenshot(
                self._window, self.controller, path, ask=ask, is_drawing=self._is_drawing
            )
            self._chores.start(picture, name="screenshot", on_done=self._on_screenshot_done)
        elif ask is not None:
            self.controller.send(ask)
        code = await self._exit_code
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
        await self._source.close()
        await self._store.close()
        if self._options.screenshot is None:
            self._save_state(geometry)
        await asyncio.get_running_loop().shutdown_asyncgens()

    def _save_state(self, geometry: str) -> None:
        changes = {"geometry": geometry, "sidebar": self._window.sidebar_text()}
        if self._choice != self._options.provider:
            # What was asked for on the command line holds for that start alone.
            changes["provider"] = self._choice
        try:
            self._state_file.update(**changes)
        except StorageError as exc:
            _log.warning("the state was not saved: %s", exc.message)

    @Slot(str)
    def _on_actions_provider_chosen(self, choice: str) -> None:
        self._choice = choice
        self.controller.set_profile(self._profile(choice))

    def _profile_for(self, choice: str, model: str) -> Profile:
        return self._profile(choice, model=model)

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
        if isinstance(error, StorageError):
            self._library.show_trouble(error)
        else:
            self.view.show_notice(error)

    def _profile(self, choice: str, *, model: str = "") -> Profile:
        return profile_of(
            choice,
            model=model,
            system_prompt=self._options.system,
            proxy=self._options.proxy,
            timeout=self._options.timeout,
        )

    def _on_screenshot_done(self, task: asyncio.Task[Any]) -> None:
        error = None if task.cancelled() else task.exception()
        if isinstance(error, ChatError) and sys.stderr is not None:
            sys.stderr.write(f"{translated_sentence(error)}\n")
        self.leave(0 if error is None else 1)
