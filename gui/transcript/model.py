"""The messages that a transcript shows: their text and what is known of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.models import MessageState
from gui.transcript.interface import ShownMessage

if TYPE_CHECKING:
    from datetime import datetime

    from core.attachments import Files
    from core.models import Role


class TranscriptMessage:
    """One message, whole, however much of it is laid out."""

    __slots__ = (
        "_reasoning",
        "_text",
        "attachments",
        "author",
        "id",
        "is_reasoning_shown",
        "model",
        "role",
        "state",
        "time",
        "uid",
        "version",
        "versions",
    )

    def __init__(
        self,
        uid: int,
        role: Role,
        text: str,
        *,
        author: str = "",
        model: str = "",
        time: datetime | None = None,
        state: MessageState = MessageState.COMPLETE,
        message_id: int = 0,
        attachments: Files = (),
    ) -> None:
        self.uid = uid
        """Stays the same, and is never given to another message of the view."""
        self.role = role
        self.author = author
        self.model = model
        self.time = time
        self.state = state
        self.id = message_id
        """The store's; 0 for a message that is kept nowhere."""
        self.attachments = attachments
        self.version = 0
        """Which of its `versions` it is, from 1 on."""
        self.versions = 0
        self.is_reasoning_shown = False
        """Whether the user has unfolded the reasoning."""
        self._text: str | list[str] = text
        self._reasoning: str | list[str] = ""

    @property
    def text(self) -> str:
        """The whole text so far."""
        if not isinstance(self._text, str):
            self._text = "".join(self._text)
        return self._text

    @property
    def text_length(self) -> int:
        """Characters of the text so far, without joining it."""
        if isinstance(self._text, str):
            return len(self._text)
        return sum([len(piece) for piece in self._text])

    @property
    def reasoning(self) -> str:
        """The whole reasoning so far."""
        if not isinstance(self._reasoning, str):
            self._reasoning = "".join(self._reasoning)
        return self._reasoning

    @property
    def has_reasoning(self) -> bool:
        """Whether there is any reasoning."""
        return bool(self._reasoning)

    @property
    def is_open(self) -> bool:
        """Whether more of it may come."""
        return self.state is MessageState.STREAMING

    def append_text(self, text: str) -> None:
        """Add to the text. Pieces are joined when somebody asks for the whole."""
        if isinstance(self._text, str):
            self._text = [self._text]
        self._text.append(text)

    def append_reasoning(self, text: str) -> None:
        """Add to the reasoning."""
        if isinstance(self._reasoning, str):
            self._reasoning = [self._reasoning] if self._reasoning else []
        self._reasoning.append(text)

    def shown(self) -> ShownMessage:
        """Return it as the rest of the window knows it."""
        return ShownMessage(
            self.role,
            self.author,
            self.text,
            self.state,
            id=self.id,
            reasoning=self.reasoning,
            model=self.model,
        )
