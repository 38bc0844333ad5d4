"""Where the view stands: bound to the end, or to a place in a segment; never to pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gui.transcript.position import Position

if TYPE_CHECKING:
    from gui.transcript.conversation_layout import ConversationLayout
    from gui.transcript.follow import Follow

_TURNS = 10
"""Heights settle in two or three turns; a limit, should they not."""
_HEADER = -1
"""As the part of an anchor: the place is counted from the top of the message."""


class Anchor(NamedTuple):
    """What is at the top of the view: `offset` pixels below the top of this segment.

    Heights of anything above may change, and the view shows the same.
    """

    message: int = 0
    part: int = _HEADER
    segment: int = 0
    offset: int = 0


class TextAnchor(NamedTuple):
    """The same by text, for when the segment itself is laid out anew."""

    position: Position
    below: float
    """Pixels from the top of the character's line to the top of the view."""
    plain: Anchor


class Scroller:
    """Finds the y that the view begins at, having laid out all that will be seen from there."""

    def __init__(self, layout: ConversationLayout, follow: Follow) -> None:
        self.layout = layout
        self.follow = follow
        self.height = 1
        """Of the view, in pixels."""
        self.y = 0
        """Top of the view in the column."""
        self.anchor = Anchor()
        self._restored: tuple[Anchor, TextAnchor] | None = None

    @property
    def maximum(self) -> int:
        """The greatest y."""
        return max(0, self.layout.heights.total - self.height)

    @property
    def is_at_end(self) -> bool:
        """Whether the end is seen."""
        return self.y >= self.maximum - 1

    def settle(self) -> bool:
        """Lay out what is seen and find y; return whether any height changed on the way."""
        self.layout.begin()
        changed = False
        for _ in range(_TURNS):
            self.y = self._target()
            if not self.layout.ensure_between(self.y, self.y + self.height):
                break
            changed = True
        self.y = self._target()
        self._set_anchor(self.y)
        return changed

    def _target(self) -> int:
        if not self.follow.is_holding:
            return max(0, min(self.maximum, self.anchor_y()))
        limit = self.follow.limit
        if limit is not None and limit < len(self.layout.messages):
            return min(self.maximum, self.layout.heights.top(limit))
        return self.maximum

    def anchor_y(self) -> int:
        """Return where the anchor is now."""
        anchor = self.anchor
        if anchor.message >= len(self.layout.messages):
            return self.maximum
        top = self.layout.heights.top(anchor.message)
        if anchor.part == _HEADER:
            return top + anchor.offset
        place = self.layout.layout(anchor.message).place(anchor.part, anchor.segment)
        return top + (round(place.y) if place is not None else 0) + anchor.offset

    def _set_anchor(self, y: int) -> None:
        layout = self.layout
        if not layout.messages:
            self.anchor = Anchor()
            return
        index = layout.heights.index_at(y)
        inside = y - layout.heights.top(index)
        message = layout.known(index)
        place = message.nearest(inside) if message is not None else None
        if place is None or inside < place.y:
            self.anchor = Anchor(index, _HEADER, 0, inside)
        else:
            self.anchor = Anchor(index, place.part, place.segment, inside - round(place.y))

    def scroll_by(self, pixels: int) -> int:
        """Move by what is seen, not by what was guessed; return by how much it moved."""
        layout = self.layout
        layout.begin()
        for _ in range(_TURNS):
            base = self.anchor_y()
            top = max(0, min(self.maximum, base + pixels))
            low, high = min(base, top), max(base, top) + self.height
            if not layout.ensure_between(low, high):
                break
        base = self.anchor_y()
        self.y = max(0, min(self.maximum, base + pixels))
        self._set_anchor(self.y)
        return self.y - base

    def scroll_to(self, y: int) -> None:
        """Go to a height of the column, as the scroll bar gives it."""
        self._set_anchor(max(0, min(self.maximum, y)))
        self.settle()

    def show_message(self, index: int) -> None:
        """Put the top of a message at the top of the view, as far as that can be."""
        self.anchor = Anchor(index, _HEADER, 0, 0)
        self.settle()

    def show(self, position: Position, *, margin: int, covered: int = 0) -> None:
        """Scroll as little as needed, so that a character is at least `margin` from the edges.

        At the top, `covered` pixels more are not seen.
        """
        place = self.layout.place(position)
        if place is None:
            return
        place.layout.ensure()
        self.layout.update_height(position.message)
        place = self.layout.place(position)
        if place is None:
            return
        caret = place.layout.caret(position.offset)
        y = self.layout.heights.top(position.message) + place.y + caret.top()
        far = abs(y - self.anchor_y()) > 3 * self.height
        current = self.anchor_y()
        above = min(margin + covered, self.height // 2)
        if y < current + above:
            wanted = y - (max(self.height / 3, above) if far else above)
        elif y + caret.height() > current + self.height - margin:
            down = self.height / 3 if far else self.height - margin - caret.height()
            wanted = y - down
        else:
            return
        below = round(wanted - y + caret.top())
        self.anchor = Anchor(position.message, place.part, place.segment, below)
        self.settle()

    def message_removed(self, index: int) -> None:
        """Follow the removal of a message; one that was at the top leaves its place to the next."""
        anchor = self.anchor
        if anchor.message > index:
            self.anchor = anchor._replace(message=anchor.message - 1)
        elif anchor.message == index:
            self.anchor = Anchor(index, _HEADER, 0, 0)
        if self.follow.limit is not None:
            self.follow.limit = None

    def messages_replaced(self, index: int) -> None:
        """Follow the exchange of all messages from `index` on: nothing above it moves.

        Where the view stood among them, the first of the new ones stands where the first stood.
        """
        if self.layout.messages and self.anchor.message >= index:
            last = min(index, len(self.layout.messages) - 1)
            self.anchor = Anchor(last, _HEADER, 0, self.y - self.layout.heights.top(last))
        self.follow.limit = None

    # -- changes of width and zoom

    def text_anchor(self) -> TextAnchor:
        """Remember the line at the top of the view by its text."""
        if self._restored is not None and self._restored[0] == self.anchor:
            return self._restored[1]  # so that many changes of width do not add up
        anchor = self.anchor
        position = Position(anchor.message, max(0, anchor.part), anchor.segment, 0)
        below = float(anchor.offset)
        if anchor.part != _HEADER and anchor.message < len(self.layout.messages):
            place = self.layout.place(position)
            if place is not None and place.layout.document is not None:
                offset = place.layout.hit(place.layout.left, anchor.offset)
                position = position._replace(offset=offset)
                below = anchor.offset - place.layout.caret(offset).top()
        return TextAnchor(position, below, anchor)

    def restore(self, anchor: TextAnchor) -> None:
        """Put the remembered line at the top again."""
        self.anchor = anchor.plain
        if anchor.plain.part != _HEADER:
            message = self.layout.layout(anchor.plain.message)
            place = self.layout.place(anchor.position)
            while place is None and message.parse_some():
                place = self.layout.place(anchor.position)
            if place is not None:
                caret = place.layout.caret(anchor.position.offset)
                self.layout.update_height(anchor.position.message)
                self.anchor = anchor.plain._replace(offset=round(caret.top() + anchor.below))
        self.settle()
        self._restored = (self.anchor, anchor)
