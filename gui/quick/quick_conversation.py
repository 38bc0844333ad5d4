"""The quick prompt with everything behind it: a conversation, a transcript, what is added to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Signal, Slot
from PySide6.QtGui import QClipboard, QGuiApplication

from core.models import Profile, Role
from core.options import AFTER_QUESTION, QUICK_PRIVATE, TEMPLATES, ZOOM
from core.templates import Source, all_templates
from gui.conversation_controller import ConversationController
from gui.conversation_link import ConversationLink
from gui.conversation_view import ConversationView
from gui.model_link import ModelLink
from gui.quick.quick_prompt import QuickPrompt
from gui.transcript.follow import FollowMode
from gui.transcript_link import TranscriptLink, make_transcript

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

    from core.settings import Settings
    from gui.open_conversations import OpenConversations
    from gui.services import Services
    from gui.tasks import TaskScope
    from gui.widgets.model_picker import ModelPicker

FRESH_AFTER = 600.0
"""Seconds unseen after which an answer that was seen makes room for a new question."""


class QuickConversation(QObject):
    """Joins the popup with a controller of its own on the conversations that all windows share.

    Signals:
        settings_requested: the user wants to see what is set for the service.
        diagnosis_requested: the user wants to know why this `Profile` does not answer.
        promoted: the user wants what is asked and answered here in the main window.
    """

    settings_requested = Signal()
    diagnosis_requested = Signal(object)
    promoted = Signal()

    def __init__(
        self,
        application: QApplication,
        services: Services,
        conversations: OpenConversations,
        *,
        profile: Profile,
        scope: TaskScope,
        keeping: TaskScope,
        size: str = "",
        parent: QObject | None = None,
        clock: Callable[[], float] | None = None,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._was_seen = True
        """Whether the last answer has ended before the user's eyes."""
        self._known = services.settings
        self._is_usually_private = False
        self._offered = profile
        """Whom the main window asks."""
        self._has_own_choice = False

        self.prompt = prompt = QuickPrompt(size=size)
        self._hidden_for = clock or prompt.hidden_for
        self.transcript = make_transcript(application)
        self.controller = ConversationController(
            conversations, profile, scope=keeping, profile_for=self._profile_for, parent=self
        )
        self.view = ConversationView(prompt.pane, self.transcript)
        self.link = ConversationLink(self.controller, prompt.pane, self.view)
        prompt.set_transcript(self.transcript)
        TranscriptLink(
            self.transcript,
            self.controller,
            application=application,
            scope=scope,
            alternatives=prompt.pane.model_picker.choices,
            image_proxy=services.image_proxy,
        )
        picker = prompt.pane.model_picker
        self.models = ModelLink(picker, self.controller, fetch=services.replies.models, scope=scope)
        prompt.pane.composer.read_source = read_source
        supports = QGuiApplication.clipboard().supportsSelection()
        prompt.pane.selection_button.setVisible(supports)
        self._take(services.settings)
        self.controller.keeps_nothing = prompt.pane.private_button.isChecked()
        self.controller.start_conversation()
        self.view.show_profile(profile)
        self._join(picker)

    def _join(self, picker: ModelPicker) -> None:
        prompt = self.prompt
        self.transcript.edit_requested.connect(self.link.edit)
        prompt.new_requested.connect(self.controller.start_conversation)
        prompt.stop_requested.connect(self.controller.stop)
        prompt.copy_requested.connect(self.link.copy_answer)
        prompt.code_requested.connect(self.copy_code)
        prompt.promoted.connect(self._on_prompt_promoted)
        prompt.pane.private_button.toggled.connect(self._on_private_button_toggled)
        picker.provider_chosen.connect(self._on_picker_provider_chosen)
        picker.services_requested.connect(self.settings_requested)
        self.models.model_chosen.connect(self._note_choice)
        self.view.error_row.settings_requested.connect(self.settings_requested)
        self.view.error_row.diagnosis_requested.connect(self._on_diagnosis_requested)
        self.controller.reply_finished.connect(self._on_controller_reply_finished)
        self.controller.conversation_left.connect(prompt.pane.composer.end_editing)
        self.controller.conversation_opened.connect(self._on_controller_conversation_opened)
        self._services.preferences.changed.connect(self._take)

    def show(self, text: str = "", *, token: str = "") -> None:
        """Show the popup; a text is put into its line, to be asked in a conversation of its own."""
        was_seen_long_ago = self._was_seen and self._hidden_for() > FRESH_AFTER
        if (was_seen_long_ago and not self.controller.is_running) or text:
            self.controller.start_conversation()
        if not self.prompt.isVisible():
            self._show_choices()
        self._was_seen = self._was_seen or not self.controller.is_running
        self.prompt.popup(token)
        if text:
            self.prompt.pane.composer.set_text(text)

    @Slot()
    def copy_code(self) -> None:
        """Put the last block of code on the clipboard, and say so in it."""
        for index in reversed(range(self.transcript.message_count())):
            if self.transcript.message(index).role is not Role.ASSISTANT:
                continue
            if self.transcript.commands.copy_last_code(index):
                break

    def set_profile(self, profile: Profile) -> None:
        """Ask whom the main window asks, now or from the next conversation on.

        What the user has chosen here goes before it.
        """
        self._offered = profile
        self._follow_window()

    def _follow_window(self) -> None:
        has_begun = bool(self.controller.conversation.messages) or self.controller.is_running
        if not (has_begun or self._has_own_choice or self.controller.profile == self._offered):
            self.controller.set_profile(self._offered)

    def _show_choices(self) -> None:
        self.prompt.pane.model_picker.set_choices(self._services.profiles.choices())

    def _profile_for(self, choice: str, model: str) -> Profile:
        found = self._services.profiles.find(choice, model=model)
        return self.controller.profile if found is None else found

    @Slot(object)
    def _take(self, settings: Settings) -> None:
        """Let settings take effect."""
        language = QLocale().name().partition("_")[0]
        lines: tuple[str, ...] = settings.value(TEMPLATES)
        templates = all_templates(lines, language=language)
        self.prompt.pane.composer.set_templates(templates)
        self.transcript.set_zoom(settings.value(ZOOM) / 100)
        self.transcript.set_follow_mode(FollowMode(settings.value(AFTER_QUESTION)))
        is_private: bool = settings.value(QUICK_PRIVATE)
        if is_private != self._is_usually_private:  # else what the user has set here stays
            self._is_usually_private = is_private
            self.prompt.pane.private_button.setChecked(is_private)
        self._show_choices()
        self._take_profile(settings)

    def _take_profile(self, settings: Settings) -> None:
        """Take what has been changed of the profile that is asked, but for a model chosen here."""
        asked, before = self.controller.profile, self._known
        self._known = settings
        saved, known = settings.profile(asked.id), before.profile(asked.id)
        if saved is not None and saved != known:
            model = "" if known is None or asked.model == known.model else asked.model
            self.controller.set_profile(self._services.profiles.first(saved.id, model=model))

    @Slot(bool)
    def _on_private_button_toggled(self, is_private: bool) -> None:  # noqa: FBT001 - a signal's slot
        """Begin anew: what was said before is kept, or is not, as it was."""
        self.controller.keeps_nothing = is_private
        self.controller.start_conversation()

    @Slot()
    def _on_prompt_promoted(self) -> None:
        composer = self.prompt.pane.composer
        if composer.is_editing:
            composer.end_editing()  # what was laid aside is brought along, and not sent
        elif not composer.is_blank and not self.controller.is_running:
            text, files = composer.text(), composer.files()
            if self.controller.send(text, attachments=files):
                composer.clear()
        self.promoted.emit()

    @Slot(str)
    def _on_picker_provider_chosen(self, choice: str) -> None:
        profile = self._services.profiles.find(choice)
        if profile is not None:
            self.controller.set_profile(profile)
            self._note_choice(profile)

    @Slot(object)
    def _note_choice(self, profile: Profile) -> None:
        offered = self._offered
        self._has_own_choice = (profile.key, profile.model) != (offered.key, offered.model)

    @Slot()
    def _on_diagnosis_requested(self) -> None:
        self.diagnosis_requested.emit(self.controller.asked)

    @Slot(object)
    def _on_controller_reply_finished(self, _state: object) -> None:
        self._was_seen = self.prompt.isVisible()
        self.prompt.pane.composer.set_has_answer(self.prompt.ends_with_answer())

    @Slot(object)
    def _on_controller_conversation_opened(self, _conversation: object) -> None:
        self._was_seen = True
        self.prompt.pane.composer.set_has_answer(False)
        self._follow_window()


def read_source(source: Source) -> str:
    """Return the text that is selected somewhere (X11), or that stands on the clipboard."""
    board = QGuiApplication.clipboard()
    if source is Source.CLIPBOARD:
        return board.text()
    return board.text(QClipboard.Mode.Selection) if board.supportsSelection() else ""
