"""Keeps what stands in the composer, for each conversation its own."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

from core.attachments import Files
from core.models import Conversation
from gui.conversation_controller import ConversationController
from gui.widgets.composer import Composer

_PAUSE_MILLISECONDS = 700
"""A draft is kept when the user has not written for this long."""


class DraftKeeper(QObject):
    """Joins a composer with the drafts of the conversations that the controller shows.

    A conversation without messages is not in the store: its draft goes to `keep_new`. Files that
    are not sent yet wait in memory, and do not outlast the program.
    """

    def __init__(
        self,
        composer: Composer,
        controller: ConversationController,
        *,
        new_draft: str = "",
        keep_new: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__(composer)
        self._composer = composer
        self._controller = controller
        self._new_draft = new_draft
        self._keep_new = keep_new
        self._is_filling = False
        self._files: dict[int, Files] = {}
        """Of the conversations that were left; 0 for a new one."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MILLISECONDS)

        if new_draft and not composer.text():
            self._fill(new_draft)
        composer.changed.connect(self._on_composer_changed)
        self._timer.timeout.connect(self.keep)
        controller.message_added.connect(self._on_controller_message_added)
        controller.conversation_left.connect(self._on_controller_conversation_left)
        controller.conversation_opened.connect(self._on_controller_conversation_opened)

    @Slot()
    def keep(self) -> None:
        """Keep the draft as it stands now."""
        self._timer.stop()
        if self._composer.is_editing:
            return
        text = self._composer.text()
        if self._controller.conversation.messages:
            self._controller.keep_draft(text)
        else:
            self._keep_for_new(text)

    def close(self) -> None:
        """Keep the draft, and listen no more."""
        self._composer.end_editing()
        self.keep()
        self._composer.changed.disconnect(self._on_composer_changed)
        self._controller.message_added.disconnect(self._on_controller_message_added)
        self._controller.conversation_left.disconnect(self._on_controller_conversation_left)
        self._controller.conversation_opened.disconnect(self._on_controller_conversation_opened)

    @Slot()
    def _on_composer_changed(self) -> None:
        if not self._is_filling:
            self._timer.start()

    @Slot()
    def _on_controller_conversation_left(self) -> None:
        self._composer.end_editing()
        self.keep()
        self._files[self._key(self._controller.conversation)] = self._composer.files()

    @Slot()
    def _on_controller_message_added(self) -> None:
        if len(self._controller.conversation.messages) == 1:
            self._keep_for_new("")

    @Slot(object)
    def _on_controller_conversation_opened(self, conversation: Conversation) -> None:
        self._fill(conversation.draft if conversation.messages else self._new_draft)
        self._composer.set_files(self._files.pop(self._key(conversation), ()))

    @staticmethod
    def _key(conversation: Conversation) -> int:
        return conversation.id if conversation.messages else 0

    def _keep_for_new(self, text: str) -> None:
        if text != self._new_draft:
            self._new_draft = text
            if self._keep_new is not None:
                self._keep_new(text)

    def _fill(self, text: str) -> None:
        self._is_filling = True
        self._composer.set_text(text)
        self._is_filling = False
