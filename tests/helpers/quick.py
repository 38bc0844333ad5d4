"""The short path with everything behind it, put together as the program does it."""

from __future__ import annotations

from pathlib import Path

from helpers.conversation import signalled
from PySide6.QtWidgets import QApplication

from core.models import Profile
from core.settings_file import SettingsFile, settings_path
from core.state import StateFile
from gui.conversation_controller import ConversationController
from gui.conversation_link import ConversationLink
from gui.conversation_view import ConversationView
from gui.main_window import MainWindow
from gui.open_conversations import OpenConversations
from gui.options import parse_window_options
from gui.quick.quick_link import QuickLink
from gui.quick.quick_prompt import QuickPrompt
from gui.services import Services
from gui.tasks import TaskScope
from gui.transcript_link import make_transcript


class QuickTalk:
    """A main window, and the popup beside it, around a service."""

    def __init__(self, service: str, *, folder: Path) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.folder = folder
        self.replies, self.chores, self.keeping = TaskScope(), TaskScope(), TaskScope()
        file = SettingsFile(settings_path(str(folder)))
        self.services = Services(
            StateFile(folder / "state.json"),
            file,
            file.load(),
            options=parse_window_options([]),
            keeping=self.keeping,
        )
        self.conversations = OpenConversations(self.services.sources(), scope=self.replies)
        self.window = MainWindow()
        self.controller = ConversationController(
            self.conversations,
            self.services.profiles.first(service),
            scope=self.keeping,
            profile_for=self._profile_for,
        )
        self.view = ConversationView(self.window.pane, make_transcript(application))
        ConversationLink(self.controller, self.window.pane, self.view)
        self.link = QuickLink(
            application,
            self.window,
            self.services,
            self.conversations,
            controller=self.controller,
            view=self.view,
            scope=self.chores,
            keeping=self.keeping,
        )

    def _profile_for(self, choice: str, model: str) -> Profile:
        return self.services.profiles.first(choice, model=model)

    @property
    def prompt(self) -> QuickPrompt:
        """The popup."""
        return self.link.conversation.prompt

    async def ask(self, text: str) -> None:
        """Ask in the popup, and wait for the end of the answer."""
        end = signalled(self.link.conversation.controller.reply_finished)
        self.prompt.pane.composer.editor.setPlainText(text)
        self.prompt.pane.composer.send_button.click()
        await end

    async def close(self) -> None:
        """Hang up and take everything away."""
        self.link.close()
        self.conversations.stop_all()
        await self.conversations.settled()
        await self.replies.close()
        await self.keeping.finish()
        await self.chores.close()
        await self.services.close()
        self.prompt.deleteLater()
        self.window.hide()
        self.window.deleteLater()
