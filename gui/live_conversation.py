"""One conversation in memory, with at most one reply in flight, whoever looks at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from core.attachments import Files
from core.chat import (
    asking,
    first_difference,
    position,
    with_branch,
    with_edited,
    with_pending_answer,
    with_question,
    with_title,
)
from core.errors import InvalidPromptError
from core.models import Conversation, Profile, Role
from gui.live_reply import LiveReply, Sources
from gui.tasks import TaskScope

__all__ = ["LiveConversation", "Sources"]


class LiveConversation(LiveReply):
    """What can be said and asked in it; shown by any number of windows.

    Signals:
        message_added: a `Message` of the user joined the conversation.
    """

    message_added = Signal(object)

    def __init__(
        self,
        conversation: Conversation,
        *,
        sources: Sources,
        scope: TaskScope,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(conversation, sources=sources, scope=scope, parent=parent)
        self._is_stale = False
        self.is_private = False
        """Whether nothing of it is kept: it goes with the last window that shows it."""

    @property
    def is_stale(self) -> bool:
        """Whether the store has another value, which could not be taken during a reply."""
        return self._is_stale

    def send(self, text: str, profile: Profile, *, attachments: Files = ()) -> bool:
        """Add the user's message and ask for a reply.

        Returns False, and leaves everything as it is, while a reply is in flight and when there
        is nothing in `text` to send.
        """
        if self.is_running:
            return False
        try:
            asked = with_question(self._conversation, text, attachments=attachments)
        except InvalidPromptError:
            return False
        asked = with_title(replace(asked, draft=""))  # what was drafted is said now
        self._conversation = asking(asked, profile)
        self.message_added.emit(self._conversation.messages[-1])
        self._ask(with_pending_answer(self._conversation, profile), profile)
        return True

    def edit(
        self, message_id: int, text: str, profile: Profile, *, attachments: Files = ()
    ) -> bool:
        """Ask a question in other words; the old ones and what followed stay a version.

        Returns False as `send` does, and when the message is not on the branch.
        """
        if self.is_running:
            return False
        try:
            index = position(self._conversation, message_id)
            edited = with_edited(self._conversation, message_id, text, attachments=attachments)
        except (InvalidPromptError, KeyError):
            return False
        self._conversation = asking(edited, profile)
        self.branch_changed.emit(index)
        self._ask(with_pending_answer(self._conversation, profile), profile)
        return True

    def retry(self, profile: Profile) -> None:
        """Ask the last question again; an answer that is there becomes a version.

        What came to nothing is tried again as what it was: another version, or going on.
        """
        last = self._conversation.messages[-1] if self._conversation.messages else None
        if last is None or self.is_running:
            return
        if self._again is not None and self._has(self._again[0]):
            self._again[1](profile)
        elif last.role is Role.ASSISTANT:
            self.regenerate(last.id, profile)
        else:
            self.branch_changed.emit(len(self._conversation.messages))
            # Beside an answer that is in the trash, not after it.
            question = replace(self._conversation, leaf_id=last.id)
            self._ask(with_pending_answer(question, profile), profile)

    def regenerate(self, message_id: int, profile: Profile) -> None:
        """Ask for another version of an answer; what followed it stays with the old one.

        When nothing comes of it, the old answer is shown again.
        """
        if self.is_running or not self._has(message_id):
            return
        before = self._conversation
        index = position(before, message_id)
        pending = asking(with_pending_answer(before, profile, instead_of=message_id), profile)
        question = replace(pending, messages=pending.messages[:-1])
        self._conversation = with_branch(before, question)
        self.branch_changed.emit(index)
        self._ask(pending, profile, fallback=before)
        self._again = message_id, partial(self.regenerate, message_id)

    def continue_answer(self, profile: Profile) -> None:
        """Let the service go on with the last answer."""
        last = self._conversation.messages[-1] if self._conversation.messages else None
        if self.is_running or last is None or last.role is not Role.ASSISTANT:
            return
        if not last.text.strip():
            self.regenerate(last.id, profile)
            return
        self._is_answer_shown = True
        self.answer_reopened.emit()
        self._ask(self._conversation, profile, continues=True)
        self._again = last.id, self.continue_answer

    def ask_elsewhere(self, profile: Profile) -> None:
        """Stop the reply in flight, if there is one, and ask another profile the same."""
        again = self._again
        self.stop()
        self._again = again
        self.retry(profile)

    def replace(self, conversation: Conversation, index: int) -> None:
        """Take another value of the conversation, which differs from `index` on.

        During a reply it is not taken, but the conversation `is_stale` until it is.
        """
        self._is_stale = self.is_running
        if not self._is_stale:
            self._again = None
            self._conversation = replace(conversation, draft=self._conversation.draft)
            self.branch_changed.emit(index)

    def take(self, conversation: Conversation) -> None:
        """Take what the store has, and say from where on it is something else."""
        index = first_difference(self._conversation, conversation)
        if index is not None:
            self.replace(conversation, index)
        else:
            self._is_stale = False
            self.take_details(conversation)

    def become_stale(self) -> None:
        """Note that the store has another value, to be taken after the reply."""
        self._is_stale = True

    def take_details(self, conversation: Conversation) -> None:
        """Take title, folder and the like from another value of the conversation."""
        details = replace(conversation, draft=self._conversation.draft)
        self._conversation = with_branch(details, self._conversation)

    def set_draft(self, text: str) -> None:
        """Note what stands in the composer."""
        self._conversation = replace(self._conversation, draft=text)

    def set_parameters(self, parameters: Mapping[str, Any]) -> None:
        """Note what this conversation alone says of the options."""
        self._conversation = replace(self._conversation, parameters=parameters)

    def _has(self, message_id: int) -> bool:
        return any(message.id == message_id for message in self._conversation.messages)
