"""A whole window with all its parts, put together as the program does it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication

from core.models import Conversation, Profile
from core.reply import Reply
from core.secrets import KEY_FILE, KeyPlace, Secrets
from core.settings import RETRIES, Settings
from core.state import StateFile
from gui.conversation_controller import ConversationController
from gui.conversation_link import ConversationLink
from gui.conversation_view import ConversationView
from gui.draft_keeper import DraftKeeper
from gui.live_conversation import Sources
from gui.main_window import MainWindow
from gui.open_conversations import OpenConversations
from gui.profiles import profile_of
from gui.reply_source import ReplySource
from gui.shortcuts import Shortcuts
from gui.store_source import StoreSource
from gui.tasks import TaskScope
from gui.transcript_link import TranscriptLink, make_transcript
from gui.window_actions import WindowActions

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance


class Talk:
    """Window, view and controller around a service."""

    def __init__(self, service: str, *, folder: Path) -> None:
        self.source = ReplySource(
            StateFile(folder / "state.json"),
            secrets=Secrets(KeyPlace.SESSION, file=folder / KEY_FILE),
            settings=_without_retries,
        )
        self.scope = TaskScope()
        self.window = MainWindow()
        self.pane = self.window.pane
        self.composer = self.pane.composer
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.transcript = make_transcript(application)
        self.view = ConversationView(self.pane, self.transcript)
        profile = profile_of(service)
        self.chores = TaskScope()
        self.keeping = TaskScope()
        self.store = StoreSource(folder)
        self.conversations = OpenConversations(
            Sources(self._open, self.store.open), scope=self.scope
        )
        self.controller = ConversationController(
            self.conversations, profile, scope=self.keeping, profile_for=self._profile_for
        )
        self.link = ConversationLink(self.controller, self.pane, self.view)
        self.transcript.edit_requested.connect(self.link.edit)
        self.drafts = DraftKeeper(self.composer, self.controller)
        TranscriptLink(
            self.transcript,
            self.controller,
            application=application,
            scope=self.chores,
            alternatives=self.pane.model_picker.choices,
        )
        self.shortcuts = Shortcuts(Settings())
        self.actions = WindowActions(self.window, self.shortcuts)
        self.actions.stop_requested.connect(self.controller.stop)
        self.actions.copy_requested.connect(self.link.copy_answer)
        self.actions.new_conversation_requested.connect(self.controller.start_conversation)
        self.view.show_profile(profile)
        self.make_reply: Callable[[Conversation, Profile], Reply] | None = None
        """Set to talk to another provider than the service."""
        self.window.show()

    async def _open(self, conversation: Conversation, profile: Profile) -> Reply:
        if self.make_reply is not None:
            return self.make_reply(conversation, profile)
        return await self.source.open(conversation, profile)

    def _profile_for(self, choice: str, model: str) -> Profile:
        return profile_of(choice, model=model)

    async def ask(self, text: str) -> None:
        """Ask, and wait for the end of the answer."""
        end = signalled(self.controller.reply_finished)
        assert self.controller.send(text)
        await end

    async def close(self) -> None:
        """Hang up and take the window away."""
        self.drafts.close()
        self.conversations.stop_all()
        await self.conversations.settled()
        await self.scope.close()
        await self.keeping.finish()
        await self.chores.close()
        await self.source.close()
        await self.store.close()
        self.window.hide()
        self.window.deleteLater()


def _without_retries() -> Settings:
    return Settings().with_value(RETRIES, 0)


def signalled(signal: SignalInstance) -> asyncio.Future[Any]:
    """Return a future that has the argument of the next emission; listens from now on."""
    future = asyncio.get_running_loop().create_future()

    def on_signal(*arguments: object) -> None:
        if not future.done():
            future.set_result(arguments[0] if arguments else None)

    signal.connect(on_signal)
    future.add_done_callback(lambda _future: signal.disconnect(on_signal))
    return future


async def until(condition: Callable[[], bool]) -> None:
    """Let the loop run until a condition holds; the test's own limit ends an endless wait."""
    while not condition():  # noqa: ASYNC110 - most of what is waited for has no event
        await asyncio.sleep(0.002)
