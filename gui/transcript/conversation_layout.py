"""All messages one below the other: exact near the screen, estimated elsewhere."""

from __future__ import annotations

from collections import OrderedDict
from time import perf_counter
from typing import TYPE_CHECKING

from core.models import Role
from gui.transcript.attachment_rows import AttachmentRows
from gui.transcript.heights import Heights
from gui.transcript.message_layout import MessageLayout, Place
from gui.transcript.messages import Messages
from gui.transcript.position import Position

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.models import Message
    from gui.transcript.interface import AuthorOf
    from gui.transcript.model import TranscriptMessage
    from gui.transcript.segment_layout import LayoutKit

PARSE_BUDGET = 0.004
"""Seconds of parsing in one go; the rest of a long message comes later."""
_KEPT_LAYOUTS = 60
"""Messages whose segments are kept when they are not near the screen."""
_ESTIMATED_AT_ONCE = 500
_KEPT_CHARACTERS = 600_000


class ConversationLayout:
    """Where every message and segment is, in the coordinates of the whole column."""

    def __init__(self, kit: LayoutKit, width: int) -> None:
        self.kit = kit
        self.width = width
        self.messages = Messages()
        self.heights = Heights()
        self.is_waiting = False
        """Whether something that was to be seen is not parsed yet."""
        self._layouts: OrderedDict[int, MessageLayout] = OrderedDict()
        self._deadline = 0.0
        self._stale = 1 << 60
        """Heights from this message on were guessed for another width, or from afar."""

    # -- messages

    def replace_from(
        self, index: int, messages: Iterable[Message], *, author_of: AuthorOf | None = None
    ) -> None:
        """Show other messages from `index` on; none of these is laid out yet."""
        self.messages.replace_from(index, messages, author_of=author_of)
        if not index:
            self._layouts.clear()
            self._guess()
            return
        for uid in [uid for uid in self._layouts if self.messages.index_of_uid(uid) < 0]:
            del self._layouts[uid]
        kept = [self.heights.height(number) for number in range(index)]
        new, is_stale = self._guessed(index)
        self.heights.set_all(kept + new)
        self._stale = min(self._stale, index if is_stale else len(self.messages))

    def add(self, message: Message, *, author: str = "") -> None:
        """Add a message at the end."""
        self.messages.add(message, author=author)
        self.heights.append(0)
        self.update_height(len(self.messages) - 1)

    def remove(self, index: int) -> None:
        """Take a message away."""
        self._layouts.pop(self.messages[index].uid, None)
        self.messages.remove(index)
        self.heights.remove(index)

    def set_kit(self, kit: LayoutKit, width: int, *, near: range) -> None:
        """Take other fonts or colours. What is parsed of messages that are near stays so."""
        self.kit = kit
        self.width = width
        kept = {self.messages[index].uid: index for index in near}
        for uid, layout in self._layouts.items():
            if layout.message.is_open:
                kept[uid] = self.messages.index_of_uid(uid)
        layouts = [(uid, layout) for uid, layout in self._layouts.items() if uid in kept]
        self._layouts = OrderedDict(layouts)
        self._guess()
        for uid, layout in layouts:
            layout.set_kit(kit, width)
            self.heights.set(kept[uid], layout.height)

    def _guess(self) -> None:
        """Guess all heights, for now."""
        heights, is_stale = self._guessed(0)
        self.heights.set_all(heights)
        self._stale = 0 if is_stale else len(self.messages)

    def _guessed(self, index: int) -> tuple[list[int], bool]:
        """Return the heights from `index` on, and whether most are no more than an average.

        Those of the last messages are guessed each, the others by them.
        """
        first = max(index, len(self.messages) - _ESTIMATED_AT_ONCE)
        known = self._estimates(self.messages[first:])
        average = sum(known) // max(1, len(known))
        return [average] * (first - index) + known, first > index

    def set_width(self, width: int) -> None:
        """Take another width of the column."""
        if width == self.width:
            return
        self.width = width
        self._stale = 0
        for uid, layout in self._layouts.items():
            layout.set_width(width)
            self.heights.set(self.messages.index_of_uid(uid), layout.height)

    @property
    def has_stale_estimates(self) -> bool:
        """Whether heights are left that were guessed for another width."""
        return self._stale < len(self.messages)

    def refresh_estimates(self, count: int = 500) -> bool:
        """Guess some heights anew after a change of width; return whether some are left."""
        if self._stale >= len(self.messages):
            return False
        first, last = self._stale, min(len(self.messages), self._stale + count)
        estimates = self._estimates(self.messages[first:last])
        for index, height in enumerate(estimates, first):
            if self.messages[index].uid not in self._layouts:
                self.heights.set(index, height)
        self._stale = last
        return last < len(self.messages)

    def _estimates(self, messages: list[TranscriptMessage]) -> list[int]:
        formats = self.kit.formats
        metrics = formats.metrics
        around = metrics.header_height + metrics.footer_height + metrics.message_gap
        bubble = 2 * metrics.bubble_padding
        line = formats.line_height
        columns = max(20.0, self.width / formats.character_width)
        result = []
        for message in messages:
            text = message.text
            lines = len(text) / columns + 0.75 * text.count("\n") + 0.5
            extra = bubble if message.role is Role.USER else 0.0
            if message.attachments:
                extra += AttachmentRows(message.attachments, formats, self.width).height
            result.append(int(around + extra + lines * line))
        return result

    # -- layouts

    def known(self, index: int) -> MessageLayout | None:
        """Return a message's layout if there is one."""
        return self._layouts.get(self.messages[index].uid)

    def layout(self, index: int) -> MessageLayout:
        """Return a message's layout; make it if there is none."""
        message = self.messages[index]
        result = self._layouts.get(message.uid)
        if result is None:
            result = self._layouts[message.uid] = MessageLayout(message, self.kit, self.width)
        else:
            self._layouts.move_to_end(message.uid)
        return result

    def whole(self, index: int) -> MessageLayout:
        """Return a message's layout with everything parsed, however long that takes."""
        result = self.layout(index)
        while result.parse_some(1 << 30):
            pass
        self.update_height(index)
        return result

    def layouts(self) -> list[MessageLayout]:
        """Return the layouts that are kept."""
        return list(self._layouts.values())

    def prepare_between(self, top: float, bottom: float) -> bool:
        """Lay out one segment, or parse one slice, between two heights.

        Returns False when everything there is exact.
        """
        if not self.messages or bottom <= 0 or top >= self.heights.total:
            return False
        index = self.heights.index_at(int(max(0, top)))
        while index < len(self.messages) and self.heights.top(index) < bottom:
            start = self.heights.top(index)
            layout = self.layout(index)
            if layout.prepare(top - start, bottom - start):
                self.update_height(index)
                return True
            index += 1
        return False

    def update_height(self, index: int) -> bool:
        """Take over a message's height; return whether it changed."""
        height = self.layout(index).height
        if self.heights.height(index) == height:
            return False
        self.heights.set(index, height)
        return True

    def begin(self) -> None:
        """Begin a turn of layout: from here counts the time for parsing."""
        self.is_waiting = False
        self._deadline = perf_counter() + PARSE_BUDGET

    def ensure_between(self, top: float, bottom: float) -> bool:
        """Lay out what is between two heights; return whether any height changed."""
        if not self.messages:
            return False
        index = self.heights.index_at(int(max(0, top)))
        changed = False
        while index < len(self.messages) and self.heights.top(index) < bottom:
            start = self.heights.top(index)
            layout = self.layout(index)
            layout.ensure_between(top - start, bottom - start)
            while not layout.is_parsed and self._reaches(layout, top - start, bottom - start):
                if perf_counter() > self._deadline:
                    self.is_waiting = True
                    break
                layout.parse_some()
                layout.ensure_between(top - start, bottom - start)
            changed = self.update_height(index) or changed
            index += 1
        return changed

    @staticmethod
    def _reaches(layout: MessageLayout, _top: float, bottom: float) -> bool:
        """Whether what is not parsed yet would be between two heights."""
        parsed = layout.part_top(1) + layout.answer.height
        return bottom > parsed

    def release(self, top: float, bottom: float) -> None:
        """Give back documents that are not between two heights, and layouts nobody used long."""
        near = self._near(top, bottom)
        characters = 0
        for uid, layout in list(reversed(self._layouts.items())):
            if uid in near:
                start = near[uid]
                self._release_far(layout, top - start, bottom - start)
                continue
            layout.answer.release()
            if layout.reasoning is not None:
                layout.reasoning.release()
            characters += len(layout.message.text)
            count = len(self._layouts)
            if layout.message.is_open:
                continue
            if count > _KEPT_LAYOUTS or characters > _KEPT_CHARACTERS:
                del self._layouts[uid]

    def _near(self, top: float, bottom: float) -> dict[int, int]:
        result: dict[int, int] = {}
        if not self.messages:
            return result
        index = self.heights.index_at(int(max(0, top)))
        while index < len(self.messages) and self.heights.top(index) < bottom:
            result[self.messages[index].uid] = self.heights.top(index)
            index += 1
        return result

    @staticmethod
    def _release_far(layout: MessageLayout, top: float, bottom: float) -> None:
        for part, shown in layout.parts:
            start = layout.part_top(part)
            for segment in shown.layouts:
                if segment.document is None:
                    continue
                y = start + segment.top
                if y > bottom or y + segment.height < top:
                    segment.release()

    # -- places

    def place(self, position: Position) -> Place | None:
        """Return where a position's segment stands in its message."""
        if not 0 <= position.message < len(self.messages):
            return None
        return self.layout(position.message).place(position.part, position.segment)

    def hit(self, x: float, y: float) -> Position | None:
        """Return the position nearest to a point of the column."""
        if not self.messages:
            return None
        index = self.heights.index_at(int(max(0, y)))
        inside = y - self.heights.top(index)
        place = self.layout(index).nearest(inside)
        if place is None:
            return Position(index, 1, 0, 0)
        offset = place.layout.hit(x - place.x, inside - place.y)
        return Position(index, place.part, place.segment, offset)

    def end_of(self, index: int) -> Position:
        """Return the position behind the last character of a message."""
        layout = self.whole(index)
        last = len(layout.answer.layouts) - 1
        if last < 0:
            return Position(index, 1, 0, 0)
        return Position(index, 1, last, layout.answer.layouts[last].length)
