"""Lets the view show what the controller tells, and the controller do what the user wants."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from core.errors import ChatError
from core.models import Message, Profile
from core.reply import ReplyState
from gui.conversation_controller import ConversationController
from gui.conversation_pane import ConversationPane
from gui.conversation_view import ConversationView
from gui.widgets.model_picker import DEMO
from gui.widgets.reply_status import Phase


class ConversationLink(QObject):
    """Joins a controller with the view and the pane, which know nothing of it."""

    def __init__(
        self,
        controller: ConversationController,
        pane: ConversationPane,
        view: ConversationView,
    ) -> None:
        super().__init__(view)
        self._controller = controller
        self._pane = pane
        self._view = view

        pane.composer.submitted.connect(self._on_composer_submitted)
        pane.composer.stop_requested.connect(controller.stop)
        pane.example_chosen.connect(self._on_pane_example_chosen)
        view.copy_requested.connect(self.copy_answer)
        view.error_row.retry_requested.connect(self._on_error_row_retry_requested)
        controller.message_added.connect(self._on_controller_message_added)
        controller.answer_started.connect(self._on_controller_answer_started)
        controller.text_arrived.connect(view.append_text)
        controller.state_changed.connect(self._on_controller_state_changed)
        controller.reply_finished.connect(self._on_controller_reply_finished)
        controller.failed.connect(self._on_controller_failed)
        controller.answer_discarded.connect(view.discard_answer)
        controller.conversation_started.connect(view.clear)
        controller.profile_changed.connect(view.show_profile)

    @Slot()
    def copy_answer(self) -> None:
        """Put the last answer on the clipboard."""
        self._view.copy_to_clipboard(self._controller.last_answer)

    @Slot(str)
    def _on_composer_submitted(self, text: str) -> None:
        if self._controller.send(text):
            self._pane.composer.clear()

    @Slot(str)
    def _on_pane_example_chosen(self, text: str) -> None:
        self._controller.send(text)
        self._pane.composer.setFocus()

    @Slot()
    def _on_error_row_retry_requested(self) -> None:
        self._controller.retry()
        self._pane.composer.setFocus()

    @Slot(object)
    def _on_controller_message_added(self, message: Message) -> None:
        self._view.show_question(message.text)

    @Slot(object)
    def _on_controller_answer_started(self, profile: Profile) -> None:
        self._view.begin_answer(profile)

    @Slot(object)
    def _on_controller_state_changed(self, state: ReplyState) -> None:
        self._view.show_phase(Phase(state.value))

    @Slot(object)
    def _on_controller_reply_finished(self, state: ReplyState) -> None:
        self._view.end_answer(Phase(state.value))

    @Slot(object)
    def _on_controller_failed(self, error: ChatError) -> None:
        if self._controller.asked.provider == DEMO:
            # Its address is of no interest, and new at every start.
            error.data["host"] = self.tr("The demo")
        self._view.show_error(error)
