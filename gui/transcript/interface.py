"""What the rest of the window knows of the transcript, whatever draws it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from core.models import MessageState, Role

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """One message as the transcript holds it: whole, however much of it is drawn."""

    role: Role
    author: str
    text: str
    state: MessageState


class Transcript(Protocol):
    """A scrolling view of messages, the last of which may still be growing.

    The view stays at the end while the user is there, and lets go as soon as they scroll up.
    """

    def widget(self) -> QWidget:
        """Return what is put into the window."""

    def add_message(self, role: Role, text: str, *, author: str, model: str = "") -> int:
        """Begin a message, which stays open until `end_message`; return its index."""

    def append_text(self, text: str) -> None:
        """Add to the open message."""

    def end_message(self, state: MessageState) -> None:
        """Close the open message; harmless when none is open."""

    def remove_last_message(self) -> None:
        """Take the last message away."""

    def clear(self) -> None:
        """Take all messages away."""

    def message_count(self) -> int:
        """Return how many messages there are."""

    def message(self, index: int) -> ShownMessage:
        """Return a message; negative indexes count from the end.

        Raises:
            IndexError: there is none.
        """

    def follow(self) -> None:
        """Go to the end, and stay there while text arrives."""

    @property
    def is_following(self) -> bool:
        """Whether the view stays at the end."""
