"""Shows one conversation: its messages, the state of the reply, and what went wrong."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QPalette,
)
from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.errors import ChatError
from core.models import MessageState, Profile, Role
from gui import clipboard
from gui.conversation_pane import ConversationPane
from gui.metrics import metrics
from gui.profiles import choice_of
from gui.sentences import translated_sentence
from gui.transcript.copying import copied_source
from gui.transcript.interface import Transcript
from gui.widgets.banner import Banner
from gui.widgets.error_row import ErrorRow
from gui.widgets.icon_button import IconButton
from gui.widgets.reply_status import Phase, ReplyStatus

_FEEDBACK_MILLISECONDS = 1500
_ENDS = {Phase.COMPLETE, Phase.STOPPED, Phase.CUT, Phase.FAILED}


class ConversationView(QObject):
    """What a conversation adds to the pane; it shows what it is told, and asks nobody.

    Signals:
        copy_requested: the user wants the last answer on the clipboard.
    """

    copy_requested = Signal()

    def __init__(self, pane: ConversationPane, transcript: Transcript) -> None:
        super().__init__(pane)
        self._pane = pane
        self.transcript = transcript
        self.status = ReplyStatus()
        self.error_row = ErrorRow()
        self.banner = Banner()
        self.copy_button = IconButton("copy", role=QPalette.ColorRole.PlaceholderText)
        self.copy_button.setObjectName("copyAnswerButton")
        self.copy_button.label(self.tr("Copy answer"), shows_text=True)
        self._feedback = QTimer(self)
        self._feedback.setSingleShot(True)
        self._feedback.setInterval(_FEEDBACK_MILLISECONDS)

        self._status_row = self._make_status_row()
        pane.add_page(transcript.widget())
        pane.add_above_composer(self._status_row, self.error_row, self.banner)
        self._show_page()

        self.copy_button.clicked.connect(self.copy_requested)
        self._feedback.timeout.connect(self._end_feedback)

    def copy_to_clipboard(self, answer: str) -> None:
        """Put an answer on the clipboard, and say so where the button is."""
        if not answer:
            return
        clipboard.copy(copied_source(answer))
        self.copy_button.set_icon_name("done")
        self.copy_button.label(self.tr("Copied"), shows_text=True)
        self._feedback.start()

    @Slot(object)
    def show_profile(self, profile: Profile) -> None:
        """Show who is asked from now on."""
        self._pane.show_choice(choice_of(profile), profile.model)

    def show_question(self, text: str) -> None:
        """Add what the user asks."""
        self.error_row.clear()
        self.transcript.add_message(Role.USER, text, author=self.tr("You"))
        self.transcript.end_message(MessageState.COMPLETE)
        self._show_page()

    def begin_answer(self, profile: Profile) -> None:
        """Add the message that the answer will stand in."""
        author = self._pane.model_picker.display_name(choice_of(profile))
        self.transcript.add_message(Role.ASSISTANT, "", author=author, model=profile.model)

    @Slot(str)
    def append_text(self, text: str) -> None:
        """Add to the answer."""
        self.status.count(len(text))
        self.transcript.append_text(text)

    def show_phase(self, phase: Phase) -> None:
        """Show where the reply stands."""
        self.status.set_phase(phase)
        is_replying = phase not in _ENDS and phase is not Phase.NONE
        if is_replying:
            self._status_row.show()
        self._pane.composer.set_replying(is_replying)

    def end_answer(self, phase: Phase) -> None:
        """Close the answer, and announce its end once to a screen reader."""
        if self._has_answer():
            # The transcript announces it.
            self.transcript.end_message(MessageState(phase.value))
        elif phase is not Phase.FAILED:
            self._announce(self._announcement(phase))
        self.copy_button.setVisible(self._has_answer())

    @Slot()
    def discard_answer(self) -> None:
        """Take the last answer away, for the question is asked again."""
        self.error_row.clear()
        if self._has_answer():
            self.transcript.remove_last_message()
        self.transcript.follow()
        self._show_page()

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
    def clear(self) -> None:
        """Show an empty conversation."""
        self.transcript.clear()
        self.error_row.clear()
        self.show_phase(Phase.NONE)
        self._show_page()
        self._pane.composer.setFocus()

    def _has_answer(self) -> bool:
        count = self.transcript.message_count()
        return count > 0 and self.transcript.message(-1).role is Role.ASSISTANT

    def _show_page(self) -> None:
        is_empty = self.transcript.message_count() == 0
        self._pane.show_welcome(is_empty)
        self._status_row.setHidden(is_empty)
        self.copy_button.setVisible(self._has_answer())

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
        layout.addWidget(self.copy_button)
        row.setMinimumHeight(metrics().button_size)
        return row
