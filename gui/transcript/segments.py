"""What a message is made of: segments, blocks and runs, without Qt.

A message is a flat list of segments, in the order of its source. Every segment gets one small
document in the view. Containers (quotes, list items, footnotes) do not nest segments: each block
carries its `path`, the containers around it from the outside in, so a table in a list in a quote is
a table with a path, and a list of any length is many short segments.

Offsets named `start` and `end` count characters of the message's Markdown source.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

BOLD = 1
ITALIC = 2
STRIKE = 4
CODE = 8
"""Marks of a run, to be or-ed. Plain integers: flags of `enum` cost a microsecond each."""

OBJECT = "\ufffc"
"""Stands for one formula or image in a text, as it does in a QTextDocument."""


class Kind(enum.Enum):
    """What a segment is; it decides the segment's class and its frame in the view."""

    PARAGRAPH = "paragraph"  # TextSegment with one block; long paragraphs come in pieces
    HEADING = "heading"  # TextSegment with one block, `level` 1 to 6
    LIST = "list"  # TextSegment with some blocks of list items (a long list has many)
    QUOTE = "quote"  # TextSegment whose outermost container is a quote
    FOOTNOTE = "footnote"  # TextSegment whose outermost container is a Note
    CODE = "code"  # CodeSegment
    TABLE = "table"  # TableSegment
    HTML = "html"  # SourceSegment: shown as text, never interpreted
    MATH = "math"  # SourceSegment: a displayed formula, TeX without its delimiters
    RULE = "rule"  # Segment


class RunKind(enum.Enum):
    """What a run is, apart from its marks."""

    TEXT = "text"
    BREAK = "break"  # a hard line break; its text is "\n"
    MATH = "math"  # text is one OBJECT, href the bare TeX, title the source with its delimiters
    DISPLAY_MATH = "display math"  # the same, to be drawn large
    IMAGE = "image"  # text is one OBJECT, href the address, title the alternative text
    NOTE = "note"  # a reference to a footnote; text and href are its label
    HTML = "html"  # a tag shown as text


class Run(NamedTuple):
    """A piece of text in one format. A tuple because answers hold them by the thousand."""

    text: str
    marks: int = 0
    href: str = ""
    """The target of a link (of any scheme; the view opens only http, https, mailto)."""
    kind: RunKind = RunKind.TEXT
    title: str = ""


class Quote(NamedTuple):
    """A block quote that begins at `start`."""

    start: int


class Item(NamedTuple):
    """A list item. Two items with the same `list_start` are of one list."""

    start: int
    list_start: int
    ordered: bool
    number: int
    """Its number as shown; a list continues its numbers over segments."""
    sign: str
    """``-``, ``*``, ``+`` of a bullet, ``.`` or ``)`` behind a number."""


class Note(NamedTuple):
    """The body of a footnote."""

    start: int
    label: str


Container: TypeAlias = Quote | Item | Note
Path: TypeAlias = tuple[Container, ...]


@dataclass(slots=True)
class Block:
    """One paragraph or heading inside a TextSegment: one text block of the document."""

    start: int
    end: int
    path: Path = ()
    opened: int = 0
    """`path[opened:]` begin with this block: the view draws their markers before it."""
    gap: bool = False
    """Whether a blank line stands before it (a loose list, a new paragraph in an item)."""
    level: int = 0
    """1 to 6 for a heading, 0 for a paragraph."""
    continues: bool = False
    """It goes on with the paragraph of the block before (a very long one), without a marker."""
    task: bool | None = None
    """State of the item's check box, if it has one."""
    runs: list[Run] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its characters as `find`, selection and the screen reader count them."""
        return "".join([run.text for run in self.runs])


@dataclass(slots=True)
class Segment:
    """One block of a message with its own document. Itself used for RULE."""

    kind: Kind
    start: int
    end: int
    path: Path = ()
    """Containers around it (of its first block, for a TextSegment)."""
    opened: int = 0
    gap: bool = False
    continues: bool = False
    """It goes on with the block of the segment before (same `group`): no space between them."""
    joint: str = ""
    """If it continues: what stands between the text of the piece before and its own."""
    group: int = 0
    """The same number for all pieces of one paragraph, code block, table, list or quote."""
    closed: bool = False
    """No text will be added. (A late link or footnote definition may still re-render it.)"""
    version: int = field(default=0, compare=False)
    """Grows with every change, so that a view can tell a stale document."""

    @property
    def text(self) -> str:
        """All characters of the segment; blocks and the cells of a table end by newlines."""
        return ""


@dataclass(slots=True)
class TextSegment(Segment):
    """Blocks of running text: PARAGRAPH, HEADING, LIST, QUOTE, FOOTNOTE."""

    blocks: list[Block] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its blocks, joined by newlines."""
        return "\n".join([block.text for block in self.blocks])


@dataclass(slots=True)
class SourceSegment(Segment):
    """Lines shown as they are: HTML, MATH, and the base of CODE. They only ever grow."""

    source: str = ""
    lines: int = 0
    complete: bool = False
    """Whether the closing fence or delimiter came. MATH is drawn only when it is complete."""

    @property
    def text(self) -> str:
        """Its characters, without a newline at the end."""
        return self.source


@dataclass(slots=True)
class CodeSegment(SourceSegment):
    """A code block, fenced or indented, or a piece of a long one (then `continues`)."""

    info: str = ""

    @property
    def language(self) -> str:
        """First word of the info string in lower case, or nothing."""
        words = self.info.split(maxsplit=1)
        return words[0].strip("{}.").lower() if words else ""


Cell: TypeAlias = list[Run]
Row: TypeAlias = list[Cell]


@dataclass(slots=True)
class TableSegment(Segment):
    """A table, or a piece of a long one (then `continues`, with the same header and aligns).

    Every row has as many cells as the header. The view shows the header in the first piece only.
    """

    aligns: tuple[str, ...] = ()
    """For each column: ``left``, ``center``, ``right`` or nothing."""
    header: Row = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its cells by newlines, row after row; the header is there in the first piece only."""
        shown = self.rows if self.continues else [self.header, *self.rows]
        return "\n".join(["".join([run.text for run in cell]) for row in shown for cell in row])


class How(enum.Enum):
    """How a segment changed."""

    ADDED = "added"  # new at this index: build it
    GREW = "grew"  # only added to at its end: append
    REPLACED = "replaced"  # anything else: build it again
    CLOSED = "closed"  # its content is as it was, but it is finished now


@dataclass(frozen=True, slots=True)
class Change:
    """One segment that differs from what the view has, and how to catch up cheaply."""

    index: int
    segment: Segment
    how: How
    block: int = 0
    """GREW, TextSegment: the first block that differs; later blocks are new."""
    chars: int = 0
    """GREW, TextSegment: so many characters of that block stand, formats included."""
    text: str = ""
    """GREW, SourceSegment and CodeSegment: the characters to append (old + text == new)."""
    rows: int = 0
    """GREW, TableSegment: `segment.rows[rows:]` are new."""


@dataclass(frozen=True, slots=True)
class Update:
    """What one `feed` did. Segments before the first change are untouched."""

    changes: tuple[Change, ...]
    """By rising index; ADDED ones are contiguous at the end."""
    count: int
    """How many segments there are now."""

    @property
    def first_changed(self) -> int:
        """Index of the first segment that differs; `count` if none does."""
        return self.changes[0].index if self.changes else self.count
