"""Shows one conversation: its messages, the state of the reply, and what went wrong."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QPalette,
)
from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.errors import ChatError
from core.events import ProviderChanged, RetryScheduled
from core.models import Conversation, Message, MessageState, Profile, Role
from gui.metrics import metrics
from gui.pane import Pane
from gui.sentences import translated_sentence
from gui.transcript.interface import Transcript
from gui.widgets.banner import Banner
from gui.widgets.elsewhere_button import Choices
from gui.widgets.error_row import ErrorRow
from gui.widgets.icon_button import IconButton
from gui.widgets.reply_note import ReplyNote
from gui.widgets.reply_status import Offer, Phase, ReplyStatus
from gui.widgets.waiting_actions import WaitingActions

_FEEDBACK_MILLISECONDS = 1500


class ConversationView(QObject):
    """What a conversation adds to the pane; it shows what it is told, and asks nobody.

    Signals:
        copy_requested: the user wants the last answer on the clipboard.
        undo_requested: the user wants the message back that was deleted last.
        continue_requested: the user wants the last answer to go on.
        answer_requested: the user wants the last question answered, which was not.
    """

    copy_requested = Signal()
    undo_requested = Signal()
    continue_requested = Signal()
    answer_requested = Signal()

    def __init__(
        self,
        pane: Pane,
        transcript: Transcript,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(pane.widget())
        self._pane = pane
        self.transcript = transcript
        self.note = ReplyNote()
        self.status = ReplyStatus(clock=clock)
        self.waiting = WaitingActions()
        self.error_row = ErrorRow()
        self.banner = Banner()
        self._banner_action: SignalInstance | None = None
        self.copy_button = IconButton("copy", role=QPalette.ColorRole.PlaceholderText)
        self.copy_button.setObjectName("copyAnswerButton")
        self.copy_button.label(self.tr("Copy answer"), shows_text=True)
        self.continue_button = IconButton("continue", role=QPalette.ColorRole.PlaceholderText)
        self.continue_button.setObjectName("continueAnswerButton")
        self.continue_button.label(self.tr("Continue"), shows_text=True)
        self._feedback = QTimer(self)
        self._feedback.setSingleShot(True)
        self._feedback.setInterval(_FEEDBACK_MILLISECONDS)

        self._status_row = self._make_status_row()
        pane.add_page(transcript.widget())
        pane.add_above_composer(
            self.note, self._status_row, self.waiting, self.error_row, self.banner
        )
        self._show_page()

        self.copy_button.clicked.connect(self.copy_requested)
        self.continue_button.clicked.connect(self.continue_requested)
        self.status.offer_changed.connect(self._on_status_offer_changed)
        self._feedback.timeout.connect(self._end_feedback)
        self.banner.action_requested.connect(self._on_banner_action_requested)

    def set_alternatives(self, choices: Choices) -> None:
        """Offer, where no answer comes, what `choices` gives as the others that may be asked."""
        self.waiting.set_choices(choices)
        self.error_row.set_choices(choices)

    @Slot()
    def copy_answer(self) -> None:
        """Put the last answer on the clipboard, and say so where the button is."""
        count = self.transcript.message_count()
        answers = (
            index
            for index in reversed(range(count))
            if self.transcript.message(index).role is Role.ASSISTANT
        )
        index = next(answers, None)
        if index is None:
            return
        self.transcript.copy_message(index)
        self.copy_button.set_icon_name("done")
        self.copy_button.label(self.tr("Copied"), shows_text=True)
        self._feedback.start()

    @Slot(object)
    def show_profile(self, profile: Profile) -> None:
        """Show who is asked from now on."""
        self._pane.show_choice(profile.key, profile.model, profile.name)

    def show_conversation(self, conversation: Conversation) -> None:
        """Show another conversation from its end, with an answer that is still being written."""
        self.error_row.clear()
        self.note.clear()
        self.banner.clear()
        self.show_phase(Phase.NONE)
        self.transcript.set_messages(conversation.messages, author_of=self._author_of)
        self._show_versions(conversation, 0)
        self.transcript.follow()
        self._show_page()
        last = conversation.messages[-1] if conversation.messages else None
        if last is not None and last.role is Role.USER:
            self._show_banner(
                self.tr("This question has no answer yet."),
                self.tr("Ask again"),
                self.answer_requested,
            )

    def show_branch(self, conversation: Conversation, index: int) -> None:
        """Show other messages from `index` on; what stands before does not move."""
        self.error_row.clear()
        self.note.clear()
        self.transcript.replace_from(
            index, conversation.messages[index:], author_of=self._author_of
        )
        self._show_versions(conversation, index)
        self._show_page()

    def show_question(self, message: Message) -> None:
        """Add what the user asks."""
        self.error_row.clear()
        self.note.clear()
        self.banner.clear()
        self._add(message)
        self.transcript.end_message(MessageState.COMPLETE)
        self._show_page()

    def begin_answer(self, message: Message, versions: tuple[int, ...] = ()) -> None:
        """Add the message that the answer will stand in; `versions` are its siblings and itself."""
        index = self._add(message)
        if message.id in versions:
            self.transcript.set_versions(index, versions.index(message.id) + 1, len(versions))

    @Slot()
    def reopen_answer(self) -> None:
        """Let the last answer go on."""
        self.error_row.clear()
        self.note.clear()
        self.transcript.reopen_message(self.transcript.message_count() - 1)
        self.transcript.follow()

    @Slot(str)
    def append_reasoning(self, text: str) -> None:
        """Add to what the model thinks."""
        self.status.count_reasoning(text)
        self.transcript.append_reasoning(text)

    @Slot(str)
    def append_text(self, text: str) -> None:
        """Add to the answer."""
        self.status.count_text(text)
        self.transcript.append_text(text)

    def show_phase(self, phase: Phase, *, age: float = 0.0, asked_ago: float = 0.0) -> None:
        """Show where the reply stands; see `ReplyStatus.set_phase`."""
        self.status.set_phase(phase, age=age, asked_ago=asked_ago)
        if phase.is_running and self._banner_action == self.answer_requested:
            self.banner.clear()  # it is being answered
        if phase is not Phase.RETRYING:
            self.note.end_retry()
        if phase.is_running:
            self._status_row.show()
        self._pane.composer.set_replying(phase.is_running)
        self._show_buttons()

    def show_retry(self, retry: RetryScheduled, *, seconds: float) -> None:
        """Count down what is left to the next attempt, and say why there is one."""
        self.note.show_retry(retry.error)
        self.status.show_retry(retry.number, retry.of, seconds=seconds)
        self._announce(f"{self.note.text()}\n{self.status.text()}")

    def show_change(self, change: ProviderChanged) -> None:
        """Say who answers in another's place, and why."""
        self.note.show_change(
            change.error, self._pane.model_picker.display_name(change.profile.name)
        )
        self._announce(self.note.text())

    def end_answer(self, phase: Phase) -> None:
        """Close the answer, and announce its end once to a screen reader."""
        if self._has_answer():
            # The transcript announces it.
            self.transcript.end_message(MessageState(phase.value))
        elif phase is not Phase.FAILED:
            self._announce(self._announcement(phase))
        self._show_buttons()

    def show_error(self, error: ChatError) -> None:
        """Show what went wrong, with Retry."""
        self.error_row.show_error(error)
        self._status_row.setVisible(self._has_answer())
        self._announce(self.error_row.sentence())

    @Slot(object)
    def show_notice(self, error: ChatError) -> None:
        """Show what went wrong apart from the answers."""
        self.banner.show_text(translated_sentence(error))

    @Slot()
    def offer_undo(self) -> None:
        """Say that a message was deleted, and offer to bring it back."""
        text = self.tr("The message was deleted.")
        self._show_banner(text, self.tr("Undo"), self.undo_requested)
        self._announce(text)

    @Slot(object)
    def _on_status_offer_changed(self, offer: Offer) -> None:
        self.waiting.show_offer(offer)
        if Offer.KEEP_WAITING in offer:
            self._announce(self.status.text())

    def _show_banner(self, text: str, action: str, wish: SignalInstance) -> None:
        self._banner_action = wish
        self.banner.show_text(text, action)

    @Slot()
    def _on_banner_action_requested(self) -> None:
        wish, self._banner_action = self._banner_action, None
        self.banner.clear()
        if wish is not None:
            wish.emit()

    def _add(self, message: Message) -> int:
        time = datetime.fromtimestamp(message.created_at).astimezone()
        return self.transcript.add_message(
            message.role,
            message.text,
            author=self._author_of(message),
            model=message.model,
            time=time,
            message_id=message.id,
            attachments=message.attachments,
        )

    def _author_of(self, message: Message) -> str:
        if message.role is Role.USER:
            return self.tr("You")
        return self._pane.model_picker.display_name(message.profile)

    def _show_versions(self, conversation: Conversation, start: int) -> None:
        for message_id, versions in conversation.versions.items():
            index = self.transcript.index_of(message_id)
            if index is not None and index >= start:
                self.transcript.set_versions(index, versions.index(message_id) + 1, len(versions))

    def _has_answer(self) -> bool:
        count = self.transcript.message_count()
        return count > 0 and self.transcript.message(-1).role is Role.ASSISTANT

    def _show_page(self) -> None:
        is_empty = self.transcript.message_count() == 0
        self._pane.show_welcome(is_empty)
        self._status_row.setHidden(is_empty)
        self._show_buttons()

    def _show_buttons(self) -> None:
        has_answer = self._has_answer()
        self.copy_button.setVisible(has_answer)
        last = self.transcript.message(-1) if has_answer else None
        self.continue_button.setVisible(
            last is not None
            and last.state not in {MessageState.COMPLETE, MessageState.STREAMING}
            and bool(last.text.strip())
        )

    def _announcement(self, phase: Phase) -> str:
        if phase is Phase.STOPPED:
            return self.tr("The answer was stopped.")
        if phase is Phase.CUT:
            return self.tr("The answer was cut off.")
        return self.tr("The answer is complete.")

    def _announce(self, text: str) -> None:
        if QAccessible.isActive():
            event = QAccessibleAnnouncementEvent(self.transcript.widget(), text)
            QAccessible.updateAccessibility(event)

    @Slot()
    def _end_feedback(self) -> None:
        self.copy_button.set_icon_name("copy")
        self.copy_button.label(self.tr("Copy answer"), shows_text=True)

    def _make_status_row(self) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(metrics().message_padding, 0, metrics().space_medium, 0)
        layout.addWidget(self.status, 1)
        layout.addWidget(self.continue_button)
        layout.addWidget(self.copy_button)
        row.setMinimumHeight(metrics().button_size)
        return row
