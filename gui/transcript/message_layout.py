"""One message as it stands in the view: header, reasoning, text, footer."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF

from core.models import Role
from gui.transcript.attachment_rows import AttachmentRows
from gui.transcript.engine import MarkdownStream, parse
from gui.transcript.part_layout import PartLayout
from gui.transcript.plain_segments import plain_segments
from gui.transcript.position import ANSWER, REASONING

if TYPE_CHECKING:
    from gui.transcript.model import TranscriptMessage
    from gui.transcript.segment_layout import LayoutKit, SegmentLayout
    from gui.transcript.segments import Update

PARSED_AT_ONCE = 2_500
"""Characters of Markdown that are parsed in one go, some 4 ms: about what a window shows."""


class Place(NamedTuple):
    """A segment that is somewhere in a message."""

    part: int
    segment: int
    layout: SegmentLayout
    x: float
    y: float
    """Of the segment's top left corner, in the message's coordinates."""


class MessageLayout:
    """The parts of a message, laid out where they are seen; y is counted from its top."""

    __slots__ = (
        "_answer_stream",
        "_is_behind",
        "_is_live",
        "_is_reopened",
        "_parsed",
        "_reasoning_stream",
        "answer",
        "attachments",
        "bubble",
        "kit",
        "message",
        "reasoning",
        "width",
    )

    def __init__(self, message: TranscriptMessage, kit: LayoutKit, width: int) -> None:
        self.message = message
        self.kit = kit
        self.width = width
        self.answer = PartLayout(kit, self._answer_room())
        self.reasoning: PartLayout | None = None
        self.attachments = AttachmentRows(message.attachments, kit.formats, width)
        self.bubble = 0
        """Width of the frame around a question; 0 for other messages."""
        self._answer_stream: MarkdownStream | None = None
        self._reasoning_stream: MarkdownStream | None = None
        self._parsed = 0
        self._is_live = False
        """Whether text goes to the engine as it comes, and not in slices of what is there."""
        self._is_reopened = False
        """Whether the engine has read what is shown, but did not lay it out."""
        self._is_behind = False
        """Whether text that came since then is not shown yet."""
        if message.role is Role.USER:
            self._fill_question()
        elif message.is_open:
            self._is_live = True
            self._answer_stream = MarkdownStream()
            self._feed_answer(message.text)
        if message.is_reasoning_shown:
            self.show_reasoning()

    # -- content

    @property
    def is_question(self) -> bool:
        """Whether it is shown in a bubble, as plain text."""
        return self.message.role is Role.USER

    def _fill_question(self) -> None:
        self.answer.extend(plain_segments(self.message.text))
        self._parsed = len(self.message.text)
        self._fit_bubble()

    def _fit_bubble(self) -> None:
        """Draw the frame no wider than the text needs."""
        room = self._answer_room()
        padding = 2 * round(self.kit.formats.metrics.bubble_padding)
        if len(self.answer.layouts) > 1:
            self.bubble = room + padding
            return
        layout = self.answer.layouts[0]
        self.answer.set_width(room)
        layout.ensure()
        if layout.document is not None:
            ideal = math.ceil(layout.document.idealWidth()) + 1
            self.answer.set_width(min(room, ideal))
            self.answer.ensure_between(0, 1)
        self.bubble = self.answer.width + padding

    def _answer_room(self) -> int:
        metrics = self.kit.formats.metrics
        if self.message.role is not Role.USER:
            return self.width
        return max(80, round(self.width * metrics.bubble_share - 2 * metrics.bubble_padding))

    @property
    def is_parsed(self) -> bool:
        """Whether all text has become segments."""
        return self.is_question or self._is_live or self._parsed >= len(self.message.text)

    def parse_some(self, limit: int = PARSED_AT_ONCE) -> bool:
        """Parse another slice of a finished message; return whether any was left."""
        if self.is_parsed:
            return False
        text = self.message.text
        if not self._parsed and len(text) <= limit:
            self._parsed = len(text)
            self.answer.extend(parse(text))
            return True
        if self._answer_stream is None:
            self._answer_stream = MarkdownStream()
        piece = text[self._parsed : self._parsed + limit]
        self._parsed += len(piece)
        self.answer.apply(self._answer_stream.feed(piece))
        if self._parsed >= len(text):
            self.answer.apply(self._answer_stream.finish())
            self._answer_stream = None
        return True

    def _feed_answer(self, text: str) -> int:
        """Add text to an open message; return the y from which on it looks different."""
        if self._answer_stream is None or not text:
            return self.height
        top = self.part_top(ANSWER)
        update = self._answer_stream.feed(text)
        if not self._is_reopened:
            return top + self.answer.apply(update)
        self._is_behind = not self.answer.is_shorter_than(self._answer_stream.segments)
        if self._is_behind:
            return self.height
        self._is_reopened = False
        return top + self.answer.replace_end(self._answer_stream.segments)

    def reveal(self) -> int:
        """Show what waits for a second line only; return the y from which on it looks different."""
        if self._answer_stream is None or self._is_reopened or not self._is_live:
            return self.height
        update = self._answer_stream.reveal()
        return self.part_top(ANSWER) + self.answer.apply(update) if update.changes else self.height

    def reopen(self, stream: MarkdownStream) -> None:
        """Go on with a finished message, all of which `stream` has read.

        What is shown stays until the stream shows more: it holds back what may become something
        else.
        """
        self._answer_stream = stream
        self._is_reopened = True
        if not self.is_parsed:
            self._is_reopened = False
            self.answer.replace_end(stream.segments)
        self._is_live = True
        if self.reasoning is not None:
            self.show_reasoning()

    def feed_text(self, text: str) -> int:
        """Add text to an open message; return the y from which on it looks different."""
        return self._feed_answer(text)

    def feed_reasoning(self, text: str) -> int:
        """Add reasoning; return the y from which on the message looks different."""
        if self.reasoning is not None and self._reasoning_stream is not None:
            top = self.part_top(REASONING)
            return top + self.reasoning.apply(self._reasoning_stream.feed(text))
        return self.header

    def finish(self) -> Update | None:
        """Take note that nothing more will come."""
        update = None
        if self._answer_stream is not None:
            if self._is_behind or not self._is_reopened:
                update = self._answer_stream.finish()
            if self._is_behind:
                self.answer.replace_end(self._answer_stream.segments)
            elif update is not None:
                self.answer.apply(update)
            self._parsed = len(self.message.text)
            self._answer_stream = None
            self._is_live = self._is_reopened = self._is_behind = False
        if self._reasoning_stream is not None and self.reasoning is not None:
            self.reasoning.apply(self._reasoning_stream.finish())
            self._reasoning_stream = None
        return update

    def show_reasoning(self) -> None:
        """Unfold the reasoning."""
        indent = round(self.kit.formats.metrics.quote_indent)
        self.reasoning = PartLayout(self.kit, self.width - indent, dim=True)
        if self.message.is_open:
            self._reasoning_stream = MarkdownStream()
            self.reasoning.apply(self._reasoning_stream.feed(self.message.reasoning))
        else:
            self.reasoning.extend(parse(self.message.reasoning))

    def hide_reasoning(self) -> None:
        """Fold the reasoning."""
        self.reasoning = None
        self._reasoning_stream = None

    # -- geometry

    @property
    def header(self) -> int:
        """Height of the line with the author."""
        return round(self.kit.formats.metrics.header_height)

    @property
    def footer(self) -> int:
        """Height of the line with the actions, and the space below the message."""
        metrics = self.kit.formats.metrics
        return round(metrics.footer_height + metrics.message_gap)

    @property
    def reasoning_header(self) -> int:
        """Height of the line that folds and unfolds the reasoning; 0 if there is none."""
        if not self.message.has_reasoning:
            return 0
        return round(self.kit.formats.metrics.code_header_height)

    def part_top(self, part: int) -> int:
        """Return where a part begins."""
        top = self.header + self.reasoning_header
        if part == ANSWER:
            if self.reasoning is not None:
                top += self.reasoning.height + self._part_gap()
            if self.is_question:
                top += self.attachments.height + round(self.kit.formats.metrics.bubble_padding)
        return top

    def _part_gap(self) -> int:
        return round(self.kit.formats.metrics.paragraph_gap)

    def part_left(self, part: int) -> int:
        """Return how far a part stands from the column's left edge."""
        metrics = self.kit.formats.metrics
        if part == REASONING:
            return round(metrics.quote_indent)
        if self.is_question:
            return self.width - self.bubble + round(metrics.bubble_padding)
        return 0

    def part(self, part: int) -> PartLayout | None:
        """Return a part, if it is shown."""
        return self.answer if part == ANSWER else self.reasoning

    @property
    def parts(self) -> list[tuple[int, PartLayout]]:
        """The parts that are shown, with their numbers."""
        if self.reasoning is None:
            return [(ANSWER, self.answer)]
        return [(REASONING, self.reasoning), (ANSWER, self.answer)]

    @property
    def height(self) -> int:
        """Height of the whole message; an estimate where it was not laid out."""
        bottom = self.part_top(ANSWER) + self.answer.height + self._unparsed_height()
        if self.is_question:
            bottom += self._bubble_foot
        return bottom + self.footer

    def _unparsed_height(self) -> int:
        if self.is_parsed:
            return 0
        return estimated_text_height(
            self.message.text[self._parsed :], self.kit, self._answer_room()
        )

    def bubble_rect(self) -> QRectF:
        """Return the frame around a question."""
        padding = round(self.kit.formats.metrics.bubble_padding)
        height = self.answer.height + padding + self._bubble_foot
        top = self.header + self.attachments.height
        return QRectF(self.width - self.bubble, top, self.bubble, height)

    @property
    def _bubble_foot(self) -> int:
        """Space below a question's text, whose last line has some of its own."""
        metrics = self.kit.formats.metrics
        return max(0, round(metrics.bubble_padding - metrics.line_spacing))

    def set_kit(self, kit: LayoutKit, width: int) -> None:
        """Take other fonts and colours, without parsing anything again."""
        self.kit = kit
        self.width = width
        self.attachments = AttachmentRows(self.message.attachments, kit.formats, width)
        self.answer.set_kit(kit, self._answer_room())
        if self.is_question:
            self._fit_bubble()
        if self.reasoning is not None:
            indent = round(kit.formats.metrics.quote_indent)
            self.reasoning.set_kit(kit, width - indent)

    def set_width(self, width: int) -> None:
        """Take another width of the column."""
        if width == self.width:
            return
        self.width = width
        if self.is_question:
            self.attachments = AttachmentRows(self.message.attachments, self.kit.formats, width)
            self._fit_bubble()
            return
        self.answer.set_width(self._answer_room())
        if self.reasoning is not None:
            self.reasoning.set_width(width - round(self.kit.formats.metrics.quote_indent))

    def ensure_between(self, top: float, bottom: float) -> bool:
        """Lay out what is between two heights; return whether any height changed."""
        changed = False
        for part, layout in self.parts:
            start = self.part_top(part)
            changed = layout.ensure_between(top - start, bottom - start) or changed
        return changed

    def prepare(self, top: float, bottom: float) -> bool:
        """Parse one slice or lay out one segment between two heights; False if all is done."""
        if not self.is_parsed and bottom > self.part_top(ANSWER) + self.answer.height:
            return self.parse_some()
        for place in self.places(top, bottom):
            layout = place.layout
            if not layout.is_ready:
                shown = self.part(place.part)
                if shown is not None:
                    shown.ensure_between(layout.top, layout.top + 1)
                return layout.is_ready
        return False

    def place(self, part: int, segment: int) -> Place | None:
        """Return where a segment stands."""
        shown = self.part(part)
        if shown is None or not 0 <= segment < len(shown.layouts):
            return None
        layout = shown.layouts[segment]
        return Place(part, segment, layout, self.part_left(part), self.part_top(part) + layout.top)

    def places(self, top: float, bottom: float) -> list[Place]:
        """Return the segments that are between two heights."""
        result = []
        for part, shown in self.parts:
            start, left = self.part_top(part), self.part_left(part)
            if not shown.layouts or start + shown.height < top or start > bottom:
                continue
            for index in range(shown.index_at(top - start), len(shown.layouts)):
                layout = shown.layouts[index]
                if start + layout.top > bottom:
                    break
                result.append(Place(part, index, layout, left, start + layout.top))
        return result

    def nearest(self, y: float) -> Place | None:
        """Return the segment that is nearest to a height."""
        part = ANSWER
        if self.reasoning is not None and self.reasoning.layouts and y < self.part_top(ANSWER):
            part = REASONING
        shown = self.part(part)
        if shown is None or not shown.layouts:
            return None
        return self.place(part, shown.index_at(y - self.part_top(part)))


def estimated_text_height(text: str, kit: LayoutKit, width: int) -> int:
    """Guess the height of Markdown that nobody has parsed."""
    formats = kit.formats
    columns = max(20.0, width / formats.character_width)
    lines = len(text) / columns + 0.75 * text.count("\n") + 0.5
    return round(lines * formats.line_height)
