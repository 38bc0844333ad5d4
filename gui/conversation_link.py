"""Lets the view show what the controller tells, and the controller do what the user wants."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from core.errors import ChatError
from core.events import ProviderChanged, RetryScheduled
from core.models import Conversation, Message
from core.reply import ReplyState
from gui.conversation_controller import ConversationController
from gui.conversation_view import ConversationView
from gui.pane import Pane
from gui.widgets.model_picker import DEMO
from gui.widgets.reply_status import Phase


class ConversationLink(QObject):
    """Joins a controller with the view and the pane, which know nothing of it."""

    def __init__(
        self,
        controller: ConversationController,
        pane: Pane,
        view: ConversationView,
    ) -> None:
        super().__init__(view)
        self._controller = controller
        self._pane = pane
        self._view = view
        self._edited_id = 0

        pane.composer.submitted.connect(self._on_composer_submitted)
        pane.composer.stop_requested.connect(controller.stop)
        pane.composer.refused.connect(view.show_notice)
        pane.example_chosen.connect(self._on_pane_example_chosen)
        view.copy_requested.connect(self.copy_answer)
        view.undo_requested.connect(controller.undo_delete)
        view.continue_requested.connect(controller.continue_answer)
        view.answer_requested.connect(controller.retry)
        view.set_alternatives(self._alternatives)
        view.error_row.retry_requested.connect(self._on_error_row_retry_requested)
        view.error_row.elsewhere_requested.connect(self._on_elsewhere_requested)
        view.waiting.retry_requested.connect(self._on_waiting_retry_requested)
        view.waiting.keep_waiting_requested.connect(self._on_waiting_keep_waiting_requested)
        view.waiting.stop_requested.connect(self._on_waiting_stop_requested)
        view.waiting.elsewhere_requested.connect(self._on_elsewhere_requested)
        controller.message_added.connect(self._on_controller_message_added)
        controller.branch_changed.connect(self._on_controller_branch_changed)
        controller.answer_started.connect(self._on_controller_answer_started)
        controller.answer_reopened.connect(view.reopen_answer)
        controller.text_arrived.connect(view.append_text)
        controller.reasoning_arrived.connect(view.append_reasoning)
        controller.state_changed.connect(self._on_controller_state_changed)
        controller.retry_scheduled.connect(self._on_controller_retry_scheduled)
        controller.provider_changed.connect(self._on_controller_provider_changed)
        controller.reply_finished.connect(self._on_controller_reply_finished)
        controller.failed.connect(self._on_controller_failed)
        controller.message_deleted.connect(view.offer_undo)
        controller.conversation_opened.connect(self._on_controller_conversation_opened)
        controller.profile_changed.connect(view.show_profile)

    @Slot()
    def copy_answer(self) -> None:
        """Put the last answer on the clipboard."""
        self._view.copy_answer()

    def edit(self, index: int) -> None:
        """Let the user change an earlier question in the composer."""
        messages = self._controller.conversation.messages
        if index < len(messages) and not self._controller.is_running:
            self._edited_id = messages[index].id
            self._pane.composer.start_editing(messages[index].text, messages[index].attachments)

    @Slot(str)
    def _on_composer_submitted(self, text: str) -> None:
        composer = self._pane.composer
        if composer.is_editing:
            if self._controller.edit(self._edited_id, text, attachments=composer.files()):
                composer.end_editing()
                self._view.transcript.follow()
        elif self._controller.send(text, attachments=composer.files()):
            composer.clear()

    @Slot(str)
    def _on_pane_example_chosen(self, text: str) -> None:
        self._controller.send(text)
        self._pane.composer.setFocus()

    @Slot()
    def _on_error_row_retry_requested(self) -> None:
        self._controller.retry()
        self._pane.composer.setFocus()

    @Slot()
    def _on_waiting_retry_requested(self) -> None:
        self._controller.retry_now()
        self._pane.composer.setFocus()

    @Slot()
    def _on_waiting_keep_waiting_requested(self) -> None:
        self._controller.keep_waiting()
        self._view.status.set_unlimited()
        self._pane.composer.setFocus()

    @Slot()
    def _on_waiting_stop_requested(self) -> None:
        self._controller.stop()
        self._pane.composer.setFocus()

    @Slot(str)
    def _on_elsewhere_requested(self, key: str) -> None:
        self._controller.ask_elsewhere(key)
        self._pane.composer.setFocus()

    def _alternatives(self) -> list[tuple[str, str]]:
        asked = self._controller.asked.key
        return [choice for choice in self._pane.model_picker.choices() if choice[0] != asked]

    @Slot(object)
    def _on_controller_message_added(self, message: Message) -> None:
        self._view.show_question(message)

    @Slot(int)
    def _on_controller_branch_changed(self, index: int) -> None:
        self._view.show_branch(self._controller.conversation, index)

    @Slot(object)
    def _on_controller_answer_started(self, message: Message) -> None:
        self._view.begin_answer(message, self._controller.versions_of(message.id))

    @Slot(object)
    def _on_controller_conversation_opened(self, conversation: Conversation) -> None:
        self._view.show_conversation(conversation)
        self._pane.composer.setFocus()

    @Slot(object)
    def _on_controller_state_changed(self, state: ReplyState) -> None:
        progress = self._controller.progress
        if progress is None:
            self._view.show_phase(Phase(state.value))
        else:
            self._view.show_phase(
                Phase(state.value), age=progress.age, asked_ago=progress.asked_ago
            )

    @Slot(object)
    def _on_controller_retry_scheduled(self, retry: RetryScheduled) -> None:
        progress = self._controller.progress
        if progress is not None:
            self._view.show_retry(retry, seconds=retry.seconds - progress.age)

    @Slot(object)
    def _on_controller_provider_changed(self, change: ProviderChanged) -> None:
        self._view.show_change(change)

    @Slot(object)
    def _on_controller_reply_finished(self, state: ReplyState) -> None:
        self._view.end_answer(Phase(state.value))

    @Slot(object)
    def _on_controller_failed(self, error: ChatError) -> None:
        if self._controller.asked.provider == DEMO:
            # Its address is of no interest, and new at every start.
            error.data["host"] = self.tr("The demo")
        self._view.show_error(error)
