"""What screen readers are told: new messages, new text, the end of an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QAccessibleTextInsertEvent,
    QAccessibleTextUpdateEvent,
)

from gui.transcript.a11y_message import units

if TYPE_CHECKING:
    from gui.transcript.a11y import TranscriptRoot
    from gui.transcript.view import TranscriptView


class Announcer:
    """Tells screen readers what happens; does nothing while there is none."""

    def __init__(self, view: TranscriptView) -> None:
        self._view = view
        self._before = ""

    def _root(self) -> TranscriptRoot | None:
        return self._view.root if QAccessible.isActive() else None

    def message_added(self, index: int) -> None:
        """A message has been added."""
        root = self._root()
        if root is not None:
            event = QAccessibleEvent(self._view, QAccessible.Event.ObjectCreated)
            event.setChild(root.indexOfChild(root.item(index)))
            QAccessible.updateAccessibility(event)

    def text_arrives(self, index: int) -> None:
        """Text is about to be added to a message."""
        root = self._root()
        self._before = root.item(index).content() if root is not None else ""

    def text_arrived(self, index: int) -> None:
        """Text has been added to a message: say which, in the reader's own count."""
        root = self._root()
        if root is None:
            return
        item = root.item(index)
        before, after = self._before, item.content()
        if after == before:
            return
        place = len(units(before)) // 2
        if after.startswith(before):
            added = after[len(before) :]
            QAccessible.updateAccessibility(QAccessibleTextInsertEvent(item, place, added))
        else:
            QAccessible.updateAccessibility(QAccessibleTextUpdateEvent(item, 0, before, after))

    def announce(self, text: str) -> None:
        """Have something said."""
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._view, text))

    def focused(self, index: int) -> None:
        """The keyboard has gone to a message."""
        root = self._root()
        if root is not None:
            event = QAccessibleEvent(root.item(index), QAccessible.Event.Focus)
            QAccessible.updateAccessibility(event)

    def message_removed(self, index: int) -> None:
        """A message is about to be taken away; it is still in the model."""
        root = self._root()
        if root is not None:
            item = root.item(index)
            event = QAccessibleEvent(item, QAccessible.Event.ObjectDestroyed)
            QAccessible.updateAccessibility(event)
