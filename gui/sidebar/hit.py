"""What a search finds, as the sidebar needs it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Hit(Protocol):
    """One place where the words were found; `core.storage` has the real ones."""

    @property
    def conversation_id(self) -> int:
        """The conversation that it is in."""

    @property
    def message_id(self) -> int | None:
        """The message that it is in; None for a title."""

    @property
    def title(self) -> str:
        """The title of the conversation."""

    @property
    def snippet(self) -> str:
        """A piece of the text."""

    @property
    def marks(self) -> Sequence[tuple[int, int]]:
        """Where the words are in the snippet: start and end, in characters."""

    @property
    def created_at(self) -> float:
        """When it was said, in seconds since 1970."""
