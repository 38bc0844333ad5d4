"""The words that an exported file has around the conversation itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from core.models import Conversation, Message, MessageState, Role


@dataclass(frozen=True, slots=True)
class Words:
    """What stands in an export in the user's language; English unless told otherwise."""

    untitled: str = "Untitled"
    user: str = "You"
    assistant: str = "Assistant"
    system: str = "System prompt"
    reasoning: str = "Reasoning"
    model: str = "Model"
    created: str = "Created"
    stopped: str = "Stopped before its end."
    cut: str = "The service broke off before the end."
    failed: str = "Failed."
    interrupted: str = "The program ended before the answer did."
    streaming: str = "Still being written."

    def title(self, conversation: Conversation) -> str:
        """Return the title on one line."""
        return " ".join(conversation.title.split()) or self.untitled

    def speaker(self, message: Message) -> str:
        """Return who says it, with the model where it is known."""
        names = {Role.USER: self.user, Role.ASSISTANT: self.assistant, Role.SYSTEM: self.system}
        name = names[message.role]
        return f"{name} ({message.model})" if message.model else name

    def note(self, message: Message) -> str:
        """Return what is to be said of a message that is not complete; empty for one that is."""
        notes = {
            MessageState.STOPPED: self.stopped,
            MessageState.CUT: self.cut,
            MessageState.FAILED: self.failed,
            MessageState.INTERRUPTED: self.interrupted,
            MessageState.STREAMING: self.streaming,
        }
        note = notes.get(message.state, "")
        return f"{note} {message.error}".strip() if note else ""


def time_text(seconds: float) -> str:
    """Return a time as ISO 8601 has it, in UTC and to the second; empty for none."""
    if seconds <= 0:
        return ""
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        return ""
