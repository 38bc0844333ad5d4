"""One message for screen readers: an item of the list, with its text.

Offsets are UTF-16 units. Answers of "no" are null pointers: None would end the program. The text is
what the message shows, without Markdown's signs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleInterface,
    QAccessibleTextCursorEvent,
    QAccessibleTextInterface,
)

from gui.transcript.attachment_rows import spoken
from gui.transcript.canvas import author_of, note_of
from gui.transcript.position import ANSWER, Position

if TYPE_CHECKING:
    from gui.transcript.model import TranscriptMessage
    from gui.transcript.view import TranscriptView

NAME_LENGTH = 200
"""Characters of a message in its name; the rest is in its text."""
_NO = shiboken6.VoidPtr(0)


class MessageText(QAccessibleTextInterface):
    """The characters of one message. It has a caret, but no selection: the binding lacks that."""

    def __init__(self, item: MessageItem) -> None:
        super().__init__()
        self._item = item
        self._caret = 0

    def text(self, start: int, end: int) -> str:
        """Return characters between two UTF-16 offsets."""
        return units(self._item.content())[2 * start : 2 * end].decode("utf-16-le", "replace")

    def characterCount(self) -> int:
        """Return how many UTF-16 units there are."""
        return len(units(self._item.content())) // 2

    def cursorPosition(self) -> int:
        """Return where the reader's caret is."""
        return self._caret

    def setCursorPosition(self, position: int) -> None:
        """Put the reader's caret somewhere."""
        self._caret = position
        QAccessible.updateAccessibility(QAccessibleTextCursorEvent(self._item, position))

    def selectionCount(self) -> int:
        """Have no selection."""
        return 0

    def addSelection(self, start: int, end: int) -> None:
        """Have no selection."""

    def removeSelection(self, index: int) -> None:
        """Have no selection."""

    def setSelection(self, index: int, start: int, end: int) -> None:
        """Have no selection."""

    def scrollToSubstring(self, _start: int, _end: int) -> None:
        """Bring the message into view."""
        index = self._item.index()
        if index >= 0:
            self._item.view.show_message(index)

    def characterRect(self, offset: int) -> QRect:
        """Return where a character is on the screen."""
        view, index = self._item.view, self._item.index()
        if index < 0:
            return QRect()
        before = units(self._item.content())[: 2 * offset].decode("utf-16-le", "ignore")
        rest = len(before)
        for number, layout in enumerate(view.conversation.layout(index).answer.layouts):
            length = layout.length
            if rest <= length:
                return view.character_rect(Position(index, ANSWER, number, rest))
            rest -= length + 1
        return QRect()

    def offsetAtPoint(self, point: QPoint) -> int:
        """Return which character is nearest to a point of the screen."""
        view = self._item.view
        found = view.position_at(view.viewport().mapFromGlobal(point))
        if found is None or found.message != self._item.index() or found.part != ANSWER:
            return -1
        layouts = view.conversation.layout(found.message).answer.layouts
        parts = [layout.segment.text for layout in layouts[: found.segment]]
        parts.append(layouts[found.segment].segment.text[: found.offset])
        return len(units("\n".join(parts))) // 2


class MessageItem(QAccessibleInterface):
    """One message in the list."""

    def __init__(self, view: TranscriptView, message: TranscriptMessage) -> None:
        super().__init__()
        self.view = view
        self.message = message
        self._text = MessageText(self)
        self._content = ""
        self._source_length = -1
        self._was_open = False

    def content(self) -> str:
        """Return the message as it is read: without Markdown's signs."""
        length = self.message.text_length
        if length != self._source_length or self._was_open:
            index = self.index()
            if index < 0:
                return self._content
            layouts = self.view.conversation.whole(index).answer.layouts
            self._content = "\n".join([layout.segment.text for layout in layouts])
            self._source_length = length
            # What is held back of an open message is shown later, and no longer for it.
            self._was_open = self.message.is_open
        return self._content

    def index(self) -> int:
        """Return the message's place in the conversation, -1 if it is gone."""
        return self.view.index_of_message(self.message)

    def isValid(self) -> bool:
        """Whether view and message are still there."""
        return shiboken6.isValid(self.view) and self.index() >= 0

    def object(self) -> Any:
        """Be no QObject."""
        return None

    def window(self) -> Any:
        """Be in the view's window."""
        return self.view.window().windowHandle()

    def relations(self, _match: Any = None) -> list[Any]:
        """Have no relations."""
        return []

    def focusChild(self) -> Any:
        """Have no children."""

    def childAt(self, _x: int, _y: int) -> Any:
        """Have no children."""

    def parent(self) -> Any:
        """Be in the list."""
        return self.view.root

    def child(self, _index: int) -> Any:
        """Have no children."""

    def childCount(self) -> int:
        """Have no children."""
        return 0

    def indexOfChild(self, _child: Any) -> int:
        """Have no children."""
        return -1

    def text(self, kind: QAccessible.Text) -> str:
        """Return name, description or identifier."""
        author = self.message.author or author_of(self.message.role)
        if kind == QAccessible.Text.Name:
            return f"{author}: {self.content()[:NAME_LENGTH]}"
        if kind == QAccessible.Text.Description:
            files = [spoken(item) for item in self.message.attachments]
            details = (*files, self.message.model, note_of(self.message.state))
            return ", ".join([detail for detail in details if detail])
        if kind == QAccessible.Text.Identifier:
            return f"message-{self.message.uid}"
        return ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Cannot be written to."""

    def rect(self) -> QRect:
        """Return where it is on the screen."""
        index = self.index()
        if index < 0:
            return QRect()
        rect = self.view.message_rect(index)
        return QRect(self.view.viewport().mapToGlobal(rect.topLeft()), rect.size())

    def role(self) -> QAccessible.Role:
        """Be an item of a list."""
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        """Say whether it is seen, and has the keyboard's attention."""
        state = QAccessible.State()
        state.readOnly = True
        state.focusable = True
        state.selectableText = True
        state.multiLine = True
        index = self.index()
        state.offscreen = index not in self.view.visible_messages()
        state.focused = index == self.view.shown.current and self.view.hasFocus()
        state.invisible = not self.view.isVisible()
        return state

    def interface_cast(self, kind: QAccessible.InterfaceType) -> Any:
        """Give the text."""
        return self._text if kind == QAccessible.InterfaceType.TextInterface else _NO


def units(text: str) -> bytes:
    """Return a text as UTF-16, two bytes a unit; screen readers count so."""
    return text.encode("utf-16-le", "surrogatepass")
