"""The transcript for screen readers: a list of messages.

What works and what crashes was found by experiment: everything that Qt is given must be kept in
Python until it is given back by its id.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, QPointF
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget

from gui.transcript.a11y_message import MessageItem

if TYPE_CHECKING:
    from gui.transcript.model import TranscriptMessage
    from gui.transcript.view import TranscriptView

EXPOSED = 300
"""So many of the last messages are in the list, and the visible ones."""


class TranscriptRoot(QAccessibleWidget):
    """The list. It keeps every item that Qt has been given."""

    def __init__(self, view: TranscriptView) -> None:
        super().__init__(view, QAccessible.Role.List, view.accessibleName())
        self._view = view
        self._items: dict[int, MessageItem] = {}

    def item(self, index: int) -> MessageItem:
        """Return the item of a message."""
        message = self._view.conversation.messages[index]
        result = self._items.get(message.uid)
        if result is None:
            result = self._items[message.uid] = MessageItem(self._view, message)
            QAccessible.registerAccessibleInterface(result)
        return result

    def forget(self, message: TranscriptMessage) -> None:
        """Give back the item of a message that is gone."""
        item = self._items.pop(message.uid, None)
        if item is not None:
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(item))

    def forget_all(self) -> None:
        """Give back all items."""
        for item in self._items.values():
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(item))
        self._items.clear()

    def _exposed(self) -> list[int]:
        count = len(self._view.conversation.messages)
        first = max(0, count - EXPOSED)
        visible = [index for index in self._view.visible_messages() if index < first]
        return [*visible, *range(first, count)]

    def childCount(self) -> int:
        """Count the last messages, and the visible ones."""
        return len(self._exposed())

    def child(self, index: int) -> Any:
        """Return an item."""
        exposed = self._exposed()
        return self.item(exposed[index]) if 0 <= index < len(exposed) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return an item's place in the list."""
        if not isinstance(child, MessageItem):
            return -1
        exposed = self._exposed()
        index = child.index()
        return exposed.index(index) if index in exposed else -1

    def childAt(self, x: int, y: int) -> Any:
        """Return the item at a point of the screen."""
        point = self._view.viewport().mapFromGlobal(QPoint(x, y))
        index = self._view.message_at(QPointF(point))
        return None if index is None else self.item(index)

    def focusChild(self) -> Any:
        """Return the message that the keyboard has gone to."""
        current = self._view.shown.current
        if current is None or current >= len(self._view.conversation.messages):
            return None
        return self.item(current)


def accessible_factory(_name: str, thing: QObject) -> QAccessibleInterface | None:
    """Answer for the transcript, and for nothing else. Install it before any view is made."""
    from gui.transcript.view import TranscriptView  # noqa: PLC0415 - the view imports this module

    if type(thing) is not TranscriptView:
        return None
    thing.root = TranscriptRoot(thing)
    return thing.root
