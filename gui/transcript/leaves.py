"""Blocks whose lines are taken as they are: code, HTML, formulas, headings of one line, tables.

A leaf gets the text of its lines as it arrives: `begin_line` once a line is known to belong to it,
`more` for the rest of that line, `end_line` when the line is complete.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from gui.transcript.block_lines import HTML_ENDS, MathStart, cells
from gui.transcript.inline import InlineParser
from gui.transcript.inline_state import PieceEnd
from gui.transcript.segments import (
    Block,
    CodeSegment,
    Kind,
    Row,
    SourceSegment,
    TableSegment,
)

if TYPE_CHECKING:
    from gui.transcript.assembly import Assembly, Rendered

MAX_LINES = 64
MAX_CHARACTERS = 4000
_LONGEST_PIECE = 8000
MAX_ROWS = 8
MAX_MATH = 8000
_HEADING_END = re.compile(r"[ \t]++#*[ \t]*\Z")
_HEADING_WHOLE = re.compile(r"(?:\A|[ \t]++)#*[ \t]*\Z")


class Leaf(Protocol):
    """An open block that takes lines."""

    def begin_line(self, text: str, start: int) -> None:
        """Take the beginning of a line of its own; `start` is its offset in the source."""

    def more(self, text: str) -> None:
        """Take more of the line."""

    def end_line(self, end: int) -> None:
        """Note that the line is complete; `end` is its end in the source."""

    def show(self) -> None:
        """Bring the segments up to date. Called at the end of every feed."""

    def close(self) -> None:
        """Note that no line will come."""

    @property
    def holds(self) -> bool:
        """Whether some text is not shown yet."""


class SourceLeaf:
    """Lines shown as they are, in pieces of bounded size."""

    def __init__(self, assembly: Assembly, segment: SourceSegment) -> None:
        self._assembly = assembly
        self._segment = segment
        self._size = 0
        assembly.add_segment(segment)

    @property
    def holds(self) -> bool:
        """Nothing is held back."""
        return False

    def begin_line(self, text: str, start: int) -> None:
        """Add a line."""
        segment = self._segment
        if segment.lines >= MAX_LINES or self._size >= MAX_CHARACTERS:
            self._next_piece("\n", start)
        elif segment.lines:
            segment.source += "\n"
            self._size += 1
        self._segment.lines += 1
        self.more(text)

    def more(self, text: str) -> None:
        """Add to the line; a line longer than a piece goes on in the next one."""
        while text:
            room = _LONGEST_PIECE - self._size
            if room <= 0:
                self._next_piece("", self._segment.end)
                self._segment.lines = 1
                continue
            self._segment.source += text[:room]
            self._size += min(len(text), room)
            text = text[room:]

    def end_line(self, end: int) -> None:
        """Note the end of the segment so far."""
        self._segment.end = end

    def show(self) -> None:
        """Do nothing: text is shown as it comes."""

    def close(self) -> None:
        """Finish the segment."""
        self._segment.closed = True

    def complete(self, end: int) -> None:
        """Note that the closing mark came, on a line that ends at `end`."""
        self._segment.complete = True
        self._segment.end = end

    def _next_piece(self, joint: str, start: int) -> None:
        piece = self._another(start)
        self._assembly.add_piece(piece, joint)
        self._segment, self._size = piece, 0

    def _another(self, start: int) -> SourceSegment:
        return SourceSegment(self._segment.kind, start, start)


class FenceLeaf(SourceLeaf):
    """A fenced code block."""

    def __init__(
        self, assembly: Assembly, start: int, *, mark: str, info: str, indent: int
    ) -> None:
        super().__init__(assembly, CodeSegment(Kind.CODE, start, start, info=info))
        self.mark = mark
        self.indent = indent
        self._info = info

    def _another(self, start: int) -> SourceSegment:
        return CodeSegment(Kind.CODE, start, start, info=self._info)


class IndentedLeaf(SourceLeaf):
    """An indented code block. Blank lines count only once another line of code comes."""

    def __init__(self, assembly: Assembly, start: int) -> None:
        super().__init__(assembly, CodeSegment(Kind.CODE, start, start))
        self._blanks: list[tuple[str, int]] = []

    def blank_line(self, text: str, start: int) -> None:
        """Keep a blank line back."""
        self._blanks.append((text, start))

    def begin_line(self, text: str, start: int) -> None:
        """Add a line, and the blank ones before it."""
        for blank, place in self._blanks:
            super().begin_line(blank, place)
        self._blanks.clear()
        super().begin_line(text, start)

    def _another(self, start: int) -> SourceSegment:
        return CodeSegment(Kind.CODE, start, start)


class HtmlLeaf(SourceLeaf):
    """An HTML block, shown as text. It ends with the line of its end mark, or at a blank line."""

    def __init__(self, assembly: Assembly, start: int, kind: int) -> None:
        super().__init__(assembly, SourceSegment(Kind.HTML, start, start))
        self._end = HTML_ENDS[kind] if kind < len(HTML_ENDS) else None
        self._recent = ""
        self.ended = False

    @property
    def ends_at_blank(self) -> bool:
        """Whether a blank line ends it."""
        return self._end is None

    def begin_line(self, text: str, start: int) -> None:
        """Add a line."""
        self._recent = ""
        super().begin_line(text, start)

    def more(self, text: str) -> None:
        """Add to the line, and look for the block's end."""
        super().more(text)
        if self._end is not None and not self.ended:
            recent = self._recent + text
            self.ended = self._end.search(recent) is not None
            self._recent = recent[-16:]


class MathLeaf:
    """A displayed formula of several lines. Lines are shown when complete."""

    def __init__(self, assembly: Assembly, start: int, begin: MathStart) -> None:
        self._segment = SourceSegment(Kind.MATH, start, start)
        self._closing = begin.closing
        self._line: list[str] = []
        self._size = 0
        self.ended = not begin.closing
        assembly.add_segment(self._segment)
        self._add(begin.tex.strip())
        self._segment.complete = self.ended

    @property
    def holds(self) -> bool:
        """Whether a line is incomplete."""
        return bool(self._line)

    def begin_line(self, text: str, start: int) -> None:  # noqa: ARG002 - the protocol's
        """Take the beginning of a line."""
        self._line = [text]

    def more(self, text: str) -> None:
        """Take more of the line."""
        self._line.append(text)

    def end_line(self, end: int) -> None:
        """Show the line; it may close the formula."""
        line = "".join(self._line).rstrip()
        self._line = []
        self._segment.end = end
        bare = line.rstrip(".,;: \t")
        if self._closing and bare.endswith(self._closing):
            line = bare[: -len(self._closing)] + line[len(bare) :].strip()
            self.ended = self._segment.complete = True
        elif self._size > MAX_MATH:
            self.ended = True
        self._add(line.strip())

    def show(self) -> None:
        """Do nothing: lines are shown as they are completed."""

    def close(self) -> None:
        """Finish the segment."""
        self._segment.closed = True

    def _add(self, tex: str) -> None:
        if tex:
            self._segment.source += "\n" + tex if self._segment.lines else tex
            self._segment.lines += 1
            self._size += len(tex) + 1


class HeadingLeaf:
    """An ATX heading. A closing row of ``#`` is not shown, nor what may become one."""

    def __init__(self, assembly: Assembly, start: int, level: int) -> None:
        self._assembly = assembly
        self._parser = InlineParser(assembly.references, in_pieces=False)
        self._block: Block = assembly.add_block(start, level=level)
        self._rendered: Rendered = assembly.rendered(self._block.runs)
        self._held = ""
        self._begun = False

    @property
    def holds(self) -> bool:
        """Whether some text is not shown yet."""
        return bool(self._held) or self._parser.holds

    def begin_line(self, text: str, start: int) -> None:  # noqa: ARG002 - the protocol's
        """Take the beginning of the heading's text."""
        self.more(text)

    def more(self, text: str) -> None:
        """Take more of the text."""
        held = self._held + text
        if not self._begun:
            held = held.lstrip(" \t")
        pattern = _HEADING_END if self._begun else _HEADING_WHOLE
        found = pattern.search(held)
        known = found.start() if found else len(held)
        self._held = held[known:]
        if known:
            self._parser.feed(held[:known])
            self._begun = True

    def end_line(self, end: int) -> None:
        """Finish the heading."""
        self._parser.feed("", final=True)
        self._block.end = end
        self.show()
        self._held = ""
        self._assembly.close_block(self._block)

    def show(self) -> None:
        """Show what is settled."""
        for chunk in self._parser.take():
            if not isinstance(chunk, PieceEnd):
                self._assembly.keep(self._rendered, chunk)

    def close(self) -> None:
        """Do nothing: the end of its line closed it."""


class TableLeaf:
    """A table. Rows are shown when their line is complete."""

    def __init__(
        self, assembly: Assembly, start: int, header: str, aligns: tuple[str, ...]
    ) -> None:
        self._assembly = assembly
        self._aligns = aligns
        self._segment = TableSegment(Kind.TABLE, start, start, aligns=aligns)
        self._line: list[str] = []
        self._start = start
        assembly.add_segment(self._segment)
        self._segment.header = self._row(header)

    @property
    def holds(self) -> bool:
        """Whether a row is incomplete."""
        return bool(self._line)

    def begin_line(self, text: str, start: int) -> None:
        """Take the beginning of a row."""
        self._line, self._start = [text], start

    def more(self, text: str) -> None:
        """Take more of the row."""
        self._line.append(text)

    def end_line(self, end: int) -> None:
        """Show the row."""
        line, self._line = "".join(self._line), []
        if not line:  # the delimiter row
            self._segment.end = end
            return
        if len(self._segment.rows) >= MAX_ROWS:
            header = self._segment.header
            piece = TableSegment(Kind.TABLE, self._start, end, aligns=self._aligns, header=header)
            self._assembly.add_piece(piece, "\n")
            self._segment = piece
        self._segment.rows.append(self._row(line))
        self._segment.end = end

    def show(self) -> None:
        """Do nothing: rows are shown as they are completed."""

    def close(self) -> None:
        """Finish the segment."""
        self._segment.closed = True

    def _row(self, line: str) -> Row:
        row: Row = [[] for _ in self._aligns]
        for source, runs in zip(cells(line), row, strict=False):
            self._assembly.inline(source, runs)
        return row
