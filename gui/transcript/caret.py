"""Moving the caret of a selection by keys, from segment to segment and message to message."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor

from gui.transcript.position import ANSWER, REASONING, Position, is_end_of_message

if TYPE_CHECKING:
    from gui.transcript.conversation_layout import ConversationLayout


class Step(Enum):
    """How far one key moves the caret."""

    LEFT = QTextCursor.MoveOperation.PreviousCharacter
    RIGHT = QTextCursor.MoveOperation.NextCharacter
    WORD_LEFT = QTextCursor.MoveOperation.PreviousWord
    WORD_RIGHT = QTextCursor.MoveOperation.NextWord
    LINE_START = QTextCursor.MoveOperation.StartOfLine
    LINE_END = QTextCursor.MoveOperation.EndOfLine
    UP = "up"
    DOWN = "down"
    START = "start"
    END = "end"


_FORWARD = {Step.RIGHT, Step.WORD_RIGHT}
_BETWEEN_SEGMENTS = {Step.LEFT, Step.RIGHT, Step.WORD_LEFT, Step.WORD_RIGHT}


class Caret:
    """Finds the next position for a key. Up and Down keep to the column they began in."""

    def __init__(self, conversation: ConversationLayout) -> None:
        self._conversation = conversation
        self._x: float | None = None

    def moved(self, position: Position, step: Step) -> Position:
        """Return where `step` leads from `position`."""
        if is_end_of_message(position):
            position = self._conversation.end_of(position.message)
        if step in {Step.UP, Step.DOWN}:
            return self._vertical(position, step)
        self._x = None
        if step is Step.START:
            return Position(0, *self._first_of(0), 0)
        if step is Step.END:
            return self._conversation.end_of(len(self._conversation.messages) - 1)
        place = self._conversation.place(position)
        if place is None:
            return position
        offset = place.layout.moved(position.offset, step.value)
        if offset == position.offset and step in _BETWEEN_SEGMENTS:
            return self._neighbour(position, forward=step in _FORWARD)
        return position._replace(offset=offset)

    def _first_of(self, message: int) -> tuple[int, int]:
        layout = self._conversation.layout(message)
        return (REASONING if layout.reasoning is not None else ANSWER, 0)

    def _neighbour(self, position: Position, *, forward: bool) -> Position:
        """Return the nearest position in the next or previous segment that has text."""
        message, part, segment, _ = position
        messages = self._conversation.messages
        while 0 <= message < len(messages):
            layout = self._conversation.whole(message)
            shown = layout.part(part)
            segment += 1 if forward else -1
            if shown is not None and 0 <= segment < len(shown.layouts):
                length = shown.layouts[segment].length
                return Position(message, part, segment, 0 if forward else length)
            other = ANSWER if forward else REASONING
            if part != other and layout.part(other) is not None:
                part = other
            else:
                message += 1 if forward else -1
                if not 0 <= message < len(messages):
                    break
                part = self._first_of(message)[0] if forward else ANSWER
            shown = self._conversation.whole(message).part(part)
            segment = -1 if forward else len(shown.layouts) if shown is not None else 0
        return position

    def _vertical(self, position: Position, step: Step) -> Position:
        conversation = self._conversation
        place = conversation.place(position)
        if place is None:
            return position
        rect = place.layout.caret(position.offset)
        top = conversation.heights.top(position.message) + place.y
        if self._x is None:
            self._x = place.x + rect.left()
        down = step is Step.DOWN
        y = top + (rect.bottom() + 1 if down else rect.top() - 1)
        for _ in range(40):  # over headers and the spaces between segments
            found = conversation.hit(self._x, y)
            if found is None or found == position:
                y += rect.height() / 2 if down else -rect.height() / 2
                continue
            if (found > position) == down:
                return found
            y += rect.height() / 2 if down else -rect.height() / 2
        return position
