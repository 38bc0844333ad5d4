"""Joins the quick prompt and the tray with the window and the conversations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from core.options import CLOSE_TO_TRAY, NOTIFY, TRAY, TRAY_CLICK
from core.reply import ReplyState
from gui import clipboard
from gui.quick.close_question import CloseQuestion
from gui.quick.focus import bring_to_front
from gui.quick.notifier import Notifier
from gui.quick.recent_answers import RecentAnswers, first_line, last_answer
from gui.quick.tray import Tray
from gui.transcript.copier import Copier
from gui.transcript.rich_copy import rendered_source

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from core.attachments import Files
    from core.models import Conversation
    from core.settings import Settings
    from gui.conversation_controller import ConversationController
    from gui.conversation_view import ConversationView
    from gui.live_conversation import LiveConversation
    from gui.main_window import MainWindow
    from gui.open_conversations import OpenConversations
    from gui.quick.quick_conversation import QuickConversation
    from gui.services import Services
    from gui.tasks import TaskScope


class QuickLink(QObject):
    """The short path: the popup, the tray, and what is told of answers that nobody looks at.

    The popup is made when it is first wanted, or by `warm_up`, and then kept.

    Signals:
        quit_requested: the user wants the program to end.
        settings_requested: the user wants the settings.
        services_requested: the user wants to see what is set for the services.
        diagnosis_requested: the user wants to know why this `Profile` does not answer.
        pause_toggled: whether the hotkey is to be off for now.
        told_of_tray: the user knows that the program stays in the tray.
    """

    quit_requested = Signal()
    settings_requested = Signal()
    services_requested = Signal()
    diagnosis_requested = Signal(object)
    pause_toggled = Signal(bool)
    told_of_tray = Signal()

    def __init__(
        self,
        application: QApplication,
        window: MainWindow,
        services: Services,
        conversations: OpenConversations,
        *,
        controller: ConversationController,
        view: ConversationView,
        scope: TaskScope,
        keeping: TaskScope,
        size: str = "",
        is_told_of_tray: bool = False,
    ) -> None:
        """Take over what the closing of `window` means.

        `size` is the popup's from the last run; `is_told_of_tray`, whether `told_of_tray` ever was.
        """
        super().__init__(window)
        self._application = application
        self._window = window
        self._services = services
        self._conversations = conversations
        self._controller = controller
        self._view = view
        self._scope = scope
        self._keeping = keeping
        self._size = size
        self._is_told = is_told_of_tray
        self._quick: QuickConversation | None = None
        self._recent = RecentAnswers()
        self._question: CloseQuestion | None = None
        self._carried: tuple[int, str, Files] | None = None
        """What the popup had besides, and the conversation that it is for."""
        self._opens_window = self._may_stay = False

        self.tray = Tray(self)
        self._notifier = Notifier(self.tray, scope=scope, parent=self)
        self._copier = Copier(self)
        self._take(services.settings)
        self._join()

    def _join(self) -> None:
        self._window.stays = self._stays
        self._join_tray()
        self._notifier.clicked.connect(self.show_conversation)
        self._copier.copied.connect(clipboard.copy)
        self._conversations.answered.connect(self._on_conversations_answered)
        self._conversations.removed.connect(self._on_conversations_removed)
        self._conversations.answering_changed.connect(self.tray.set_streaming)
        # Later: what shows the conversation has the first and the last word on what stands there.
        self._controller.conversation_opened.connect(
            self._bring_carried, Qt.ConnectionType.QueuedConnection
        )
        self._services.preferences.changed.connect(self._take)

    @property
    def size_text(self) -> str:
        """The popup's size, for the next run."""
        return self._size if self._quick is None else self._quick.prompt.size_text()

    @property
    def conversation(self) -> QuickConversation:
        """The popup with everything behind it, made now if it was not."""
        if self._quick is None:
            self._quick = self._made()
        return self._quick

    @Slot()
    def warm_up(self) -> None:
        """Make the popup, so that the first press of the hotkey shows it as fast as the others."""
        self.conversation.prompt.ensurePolished()

    def show_quick(self, text: str = "", token: str = "") -> None:
        """Show the popup, with a text in its line. `token` is XDG_ACTIVATION_TOKEN."""
        self.conversation.show(text, token=token)

    @Slot(str, str)
    def take_wish(self, text: str, token: str) -> None:
        """Do what `beseda quick [TEXT]` means: without a text, the same as the hotkey."""
        if text:
            self.show_quick(text, token)
        else:
            self.toggle_quick(token)

    @Slot(str)
    def toggle_quick(self, token: str = "") -> None:
        """Do what the hotkey means: show the popup, or hide it when it is being used."""
        if self._quick is not None and self._quick.prompt.isActiveWindow():
            self._quick.prompt.hide()
        else:
            self.show_quick(token=token)

    def show_window(self, token: str = "") -> None:
        """Bring the main window to the front."""
        bring_to_front(self._window, token)

    def show_conversation(self, conversation_id: int, token: str = "") -> None:
        """Show a conversation where it is: in the popup if it is there, else in the window."""
        quick = self._quick
        if quick is not None and quick.controller.conversation.id == conversation_id:
            quick.show(token=token)
        else:
            self._controller.open(conversation_id)
            self.show_window(token)

    def close(self) -> None:
        """Take everything from the screen: the program ends."""
        self.tray.hide()
        self._copier.finish()
        self._notifier.close()
        if self._quick is not None:
            self._quick.prompt.hide()

    def _made(self) -> QuickConversation:
        from gui.quick.quick_conversation import QuickConversation  # noqa: PLC0415 - when needed

        quick = QuickConversation(
            self._application,
            self._services,
            self._conversations,
            profile=self._controller.profile,
            scope=self._scope,
            keeping=self._keeping,
            size=self._size,
            parent=self,
        )
        quick.promoted.connect(self.promote)
        quick.settings_requested.connect(self.services_requested)
        quick.diagnosis_requested.connect(self.diagnosis_requested)
        self._controller.profile_changed.connect(quick.set_profile)
        return quick

    @Slot()
    def promote(self) -> None:
        """Bring what the popup shows into the main window; an answer on its way goes on there."""
        quick = self.conversation
        shown, composer = quick.controller.conversation, quick.prompt.pane.composer
        text, files = composer.text(), composer.files()
        composer.clear()
        is_there = bool(shown.messages) and self._controller.conversation.id == shown.id
        if shown.messages:
            self._controller.open(shown.id)
        else:
            self._controller.start_conversation()
            shown = self._controller.conversation
        self._carried = shown.id, text, files
        if is_there:
            self._bring_carried(shown)  # nobody will say that it was opened
        quick.controller.start_conversation()
        quick.prompt.hide()
        self.show_window()
        self._window.focus_composer()

    def _join_tray(self) -> None:
        tray = self.tray
        tray.clicked.connect(self._on_tray_clicked)
        tray.quick_requested.connect(self._on_tray_quick_requested)
        tray.show_requested.connect(self._on_tray_show_requested)
        tray.new_conversation_requested.connect(self._on_tray_new_conversation_requested)
        tray.settings_requested.connect(self._on_tray_settings_requested)
        tray.quit_requested.connect(self.quit_requested)
        tray.pause_toggled.connect(self.pause_toggled)
        tray.copy_requested.connect(self._on_tray_copy_requested)

    @Slot(object)
    def _take(self, settings: Settings) -> None:
        self.tray.set_visible(settings.value(TRAY))
        self._notifier.is_on = settings.value(NOTIFY)
        self._opens_window = settings.value(TRAY_CLICK) == "window"
        self._may_stay = settings.value(CLOSE_TO_TRAY)

    def _stays(self) -> bool:
        """Whether the program goes on when its window is closed; asked by the window."""
        if not (self._may_stay and self.tray.is_available):
            return False
        if self._is_told:
            self._window.hide()
        elif self._question is None:
            self._question = CloseQuestion(self._window)
            self._question.answered.connect(self._on_question_answered)
            self._question.finished.connect(self._on_question_finished)
            self._question.open()
        return True

    @Slot(bool)
    def _on_question_answered(self, stays: bool) -> None:  # noqa: FBT001 - a signal's slot
        self._is_told = True
        self.told_of_tray.emit()
        if stays:
            self._window.hide()
            return
        settings = self._services.settings.with_value(CLOSE_TO_TRAY, stays)
        self._services.preferences.change(settings)
        self.quit_requested.emit()

    @Slot()
    def _on_question_finished(self) -> None:
        if self._question is not None:
            self._question.deleteLater()
            self._question = None

    @Slot()
    def _on_tray_clicked(self) -> None:
        if self._opens_window:
            self.show_window()
        else:
            self.toggle_quick()

    @Slot()
    def _on_tray_quick_requested(self) -> None:
        self.show_quick()

    @Slot()
    def _on_tray_show_requested(self) -> None:
        self.show_window()

    @Slot()
    def _on_tray_new_conversation_requested(self) -> None:
        self._controller.start_conversation()
        self.show_window()
        self._window.focus_composer()

    @Slot()
    def _on_tray_settings_requested(self) -> None:
        self.show_window()
        self.settings_requested.emit()

    @Slot(int)
    def _on_tray_copy_requested(self, index: int) -> None:
        text = self._recent.text(index)
        if text:
            self._copier.copy(rendered_source(text))

    @Slot(object)
    def _on_conversations_answered(self, live: LiveConversation) -> None:
        said = live.conversation
        if not live.is_private:
            self._recent.add(said)
            self.tray.set_answers(self._recent.titles())
        if live.state is ReplyState.STOPPED:
            return  # whoever did that knows
        if live.state is ReplyState.FAILED:
            line = self.tr("No answer came.")
        elif live.is_private:
            line = self.tr("The answer is complete.")
        else:
            line = first_line(last_answer(said))
        self._notifier.tell(said.id, "" if live.is_private else said.title, line)

    @Slot(object)
    def _on_conversations_removed(self, conversation_id: int) -> None:
        self._recent.remove(conversation_id)
        self.tray.set_answers(self._recent.titles())

    @Slot(object)
    def _bring_carried(self, opened: Conversation) -> None:
        """Bring what the popup had besides: the text of its line, and that it was private."""
        if self._carried is None:
            return
        (wanted, text, files), self._carried = self._carried, None
        if opened.id != wanted or self._controller.conversation.id != wanted:
            return
        if text or files:
            composer = self._window.pane.composer
            composer.end_editing()
            kept, kept_files = composer.text(), composer.files()
            composer.set_text("\n\n".join(part for part in (kept, text) if part))
            composer.set_files((*kept_files, *files))
        if self._controller.is_private:
            self._view.banner.show_text(
                self.tr("This conversation is private: it is gone when you leave it.")
            )
