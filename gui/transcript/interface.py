"""What the rest of the window knows of the transcript, whatever draws it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from core.models import Message, MessageState, Role

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from PySide6.QtCore import SignalInstance
    from PySide6.QtWidgets import QWidget

    from core.attachments import Files
    from gui.transcript.actions import Action

AuthorOf = Callable[[Message], str]
"""Gives the name that stands above a message; empty for the one of its role."""


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """One message as the transcript holds it: whole, however much of it is drawn."""

    role: Role
    author: str
    text: str
    state: MessageState
    id: int = 0
    """The store's; 0 for a message that is kept nowhere."""
    reasoning: str = ""
    model: str = ""


class Transcript(Protocol):
    """A scrolling view of messages, one of which may still be growing.

    The view stays at the end while the user is there, and lets go as soon as they scroll up.
    Messages are named by their index; negative ones count from the end.

    Signals:
        edit_requested: the user wants to change the message with this index and send it again.
        regenerate_requested: the user wants this answer again.
        continue_requested: the user wants this answer to go on.
        delete_requested: the user wants this message gone.
        version_requested: of the message with this index, the version so many steps further (-1
            or 1) is wanted.
    """

    edit_requested: SignalInstance
    regenerate_requested: SignalInstance
    continue_requested: SignalInstance
    delete_requested: SignalInstance
    version_requested: SignalInstance

    offers: Callable[[int, Action], bool] | None
    """Whether somebody carries out an action for the message with this index; None: all."""

    def widget(self) -> QWidget:
        """Return what is put into the window."""

    def set_messages(
        self, messages: Iterable[Message], *, author_of: AuthorOf | None = None
    ) -> None:
        """Show another conversation, from its end.

        The length hardly matters: of a message that nobody looks at, nothing is made. `author_of`
        is asked when one is looked at. If the last one is `STREAMING`, it is the open message.
        """

    def add_message(
        self,
        role: Role,
        text: str,
        *,
        author: str = "",
        model: str = "",
        time: datetime | None = None,
        state: MessageState = MessageState.STREAMING,
        reasoning: str = "",
        message_id: int = 0,
        attachments: Files = (),
    ) -> int:
        """Begin a message, which stays open until `end_message`; return its index.

        A question brings the view to the end, as the follow mode says.
        """

    def append_text(self, text: str) -> None:
        """Add to the open message; it is shown within a frame. Ignored when none is open."""

    def append_reasoning(self, text: str) -> None:
        """Add to the reasoning of the open message."""

    def end_message(self, state: MessageState) -> None:
        """Close the open message; harmless when none is open. Nothing moves."""

    def reopen_message(self, index: int) -> None:
        """Open a finished message again, so that `append_text` goes on in it.

        What is shown of it stays as it is until more comes.
        """

    def replace_from(
        self, index: int, messages: Iterable[Message], *, author_of: AuthorOf | None = None
    ) -> None:
        """Show other messages in the place of those from `index` on.

        What stays does not move, not even when the view was at the end; it goes on following
        only if the end is still seen.
        """

    def remove_message(self, index: int) -> None:
        """Take a message away; what is seen of the others stays where it is."""

    def remove_last_message(self) -> None:
        """Take the last message away."""

    def clear(self) -> None:
        """Take all messages away."""

    def set_versions(self, index: int, position: int, count: int) -> None:
        """Say which of its versions a message is, from 1 on; below two nothing is shown.

        A message that is added, replaced or set has none until it is said.
        """

    def copy_message(self, index: int) -> None:
        """Put a whole message on the clipboard, in all its forms; a long one within seconds."""

    def message_count(self) -> int:
        """Return how many messages there are."""

    def message(self, index: int) -> ShownMessage:
        """Return a message.

        Raises:
            IndexError: there is none.
        """

    def index_of(self, message_id: int) -> int | None:
        """Return the index of the message with the store's id, None if it is not here."""

    def scroll_to_message(self, index: int, *, highlight_text: str = "") -> None:
        """Bring a message to the top of the view, at once, however far it is.

        If words are given, the first place where they stand is brought into view and all of them
        are marked for a moment: together where they stand so, else each by itself.
        """

    def follow(self) -> None:
        """Go to the end, and stay there while text arrives."""

    @property
    def is_following(self) -> bool:
        """Whether the view stays at the end."""
