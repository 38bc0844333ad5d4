"""Text deltas in, segments out: Markdown that streams at any length.

Nothing is read twice but the end of a message: complete lines are structure at once (`blocks`),
running text is settled from left to right (`inline`). So a `feed` costs what its text costs,
however long the message is. Feeding a text in any pieces gives the same segments as `parse`.

What may still become something else is held back, so that nothing is shown as one thing and then as
another. The exceptions are an underlined heading and a table without outer bars whose first line is
longer than `paragraph.PATIENCE`, and definitions that come after their use.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gui.transcript.assembly import Assembly
from gui.transcript.blocks import BlockParser
from gui.transcript.segments import (
    Change,
    How,
    Segment,
    SourceSegment,
    TableSegment,
    TextSegment,
    Update,
)

_UNUSABLE = re.compile("[\0\ud800-\udfff]")
_LINE_END = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class _Mark:
    """How far the last segment had come when an update was handed out."""

    segment: Segment | None = None
    closed: bool = False
    blocks: int = 0
    chars: int = 0
    rows: int = 0
    complete: bool = False


class MarkdownStream:
    """One message while it arrives."""

    def __init__(self) -> None:
        self._assembly = Assembly()
        self._blocks = BlockParser(self._assembly)
        self._line = ""  # the start of a line, as long as it is not clear what it is
        self._offset = 0  # of what follows, in the source
        self._in_line = False
        self._carriage_return = False
        self._seen = 0
        self._mark = _Mark()

    @property
    def segments(self) -> list[Segment]:
        """The message so far. The list and its members change with every feed."""
        return self._assembly.segments

    @property
    def pending(self) -> bool:
        """Whether some text is held back."""
        return bool(self._line) or self._blocks.holds

    def feed(self, text: str) -> Update:
        """Read more text; return what changed. Meant to be called once a frame."""
        self._read(text)
        self._blocks.show()
        return self._update()

    def reveal(self) -> Update:
        """Show a short line that waits for the next one: the text has paused.

        Should that come and make a heading of it, it is replaced, as a longer line is.
        """
        self._blocks.show(reveal=True)
        return self._update()

    def finish(self) -> Update:
        """Read the end of the message: show what was held back and close everything."""
        if self._line:
            self._complete_line(self._line)
        elif self._in_line:
            self._blocks.end_line(self._offset)
        self._line, self._in_line = "", False
        self._blocks.finish()
        return self._update()

    # ---- reading

    def _read(self, text: str) -> None:
        text = _UNUSABLE.sub("\ufffd", text)
        if self._carriage_return and text:
            self._carriage_return = False
            if text[0] == "\n":
                self._offset += 1
                text = text[1:]
        if not self._offset and not self._line and text[:1] == "\ufeff":
            self._offset, text = 1, text[1:]
        pos = 0
        for found in _LINE_END.finditer(text):
            self._rest_of_line(text[pos : found.start()])
            pos = found.end()
            self._offset += pos - found.start()
        self._carriage_return = text[-1:] == "\r" and pos == len(text)
        if pos < len(text):
            self._part_of_line(text[pos:])

    def _rest_of_line(self, text: str) -> None:
        if self._in_line:
            self._offset += len(text)
            if text:
                self._blocks.more(text)
            self._blocks.end_line(self._offset)
            self._in_line = False
        else:
            self._complete_line(self._line + text)
            self._line = ""

    def _complete_line(self, line: str) -> None:
        self._blocks.begin(line, self._offset, complete=True)
        self._offset += len(line)
        self._blocks.end_line(self._offset)

    def _part_of_line(self, text: str) -> None:
        if self._in_line:
            self._offset += len(text)
            self._blocks.more(text)
            return
        self._line += text
        if self._blocks.begin(self._line, self._offset, complete=False):
            self._offset += len(self._line)
            self._line, self._in_line = "", True

    # ---- telling what changed

    def _update(self) -> Update:
        segments = self._assembly.segments
        again = self._assembly.rendered_again
        seen, mark = min(self._seen, len(segments)), self._mark
        changes = [
            Change(index, segments[index], How.REPLACED)
            for index in sorted(again)
            if index < seen - 1
        ]
        if seen:
            changes += _tail_change(segments[seen - 1], seen - 1, mark, again=seen - 1 in again)
        changes += [
            Change(index, segments[index], How.ADDED) for index in range(seen, len(segments))
        ]
        for change in changes:
            change.segment.version += 1
        again.clear()
        self._seen = len(segments)
        self._mark = _marked(segments[-1]) if segments else _Mark()
        return Update(tuple(changes), len(segments))


def parse(text: str) -> list[Segment]:
    """Return the segments of a whole message."""
    stream = MarkdownStream()
    stream.feed(text)
    stream.finish()
    return stream.segments


def _marked(segment: Segment) -> _Mark:
    if isinstance(segment, TextSegment):
        chars = sum([len(run.text) for run in segment.blocks[-1].runs])
        return _Mark(segment, segment.closed, blocks=len(segment.blocks), chars=chars)
    if isinstance(segment, SourceSegment):
        return _Mark(segment, segment.closed, chars=len(segment.source), complete=segment.complete)
    rows = len(segment.rows) if isinstance(segment, TableSegment) else 0
    return _Mark(segment, segment.closed, rows=rows)


def _tail_change(segment: Segment, index: int, mark: _Mark, *, again: bool) -> list[Change]:
    """Return how the segment that was the last one differs from then, if it does."""
    if again or segment is not mark.segment:
        return [Change(index, segment, How.REPLACED)]
    if isinstance(segment, TextSegment):
        now = _marked(segment)
        if (now.blocks, now.chars) != (mark.blocks, mark.chars):
            return [Change(index, segment, How.GREW, block=mark.blocks - 1, chars=mark.chars)]
    if isinstance(segment, SourceSegment) and len(segment.source) > mark.chars:
        return [Change(index, segment, How.GREW, text=segment.source[mark.chars :])]
    if isinstance(segment, TableSegment) and len(segment.rows) > mark.rows:
        return [Change(index, segment, How.GREW, rows=mark.rows)]
    complete = isinstance(segment, SourceSegment) and segment.complete
    if segment.closed != mark.closed or complete != mark.complete:
        return [Change(index, segment, How.CLOSED)]
    return []
