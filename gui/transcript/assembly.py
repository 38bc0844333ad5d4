"""Puts what the block parser reads into segments, and keeps what late definitions may change."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from gui.transcript.inline import InlineParser, render
from gui.transcript.inline_nodes import add_run
from gui.transcript.inline_state import Chunk, PieceEnd
from gui.transcript.references import References, Target
from gui.transcript.segments import (
    Block,
    Container,
    Item,
    Kind,
    Note,
    Path,
    Quote,
    Run,
    Segment,
    TextSegment,
)

MAX_BLOCKS = 24
MAX_SOURCE = 2000


class OpenContainer:
    """A quote, list item or footnote that further lines may go on with."""

    __slots__ = ("begun", "filled", "last_item", "need", "value")

    def __init__(self, value: Container, need: int) -> None:
        self.value = value
        self.need = need
        """How many columns of indent its lines need (0 for a quote)."""
        self.begun = False
        """Whether a block in it was made: its marker stands before that one."""
        self.filled = False
        """Whether anything was opened in it."""
        self.last_item: Item | None = None
        """The last item of the list inside that may go on."""


@dataclass(slots=True)
class Rendered:
    """Runs on show, and the chunks that they were made from."""

    segment: Segment
    index: int
    runs: list[Run]
    chunks: list[Chunk] = field(default_factory=list)
    open: bool = True

    def add(self, chunk: Chunk) -> None:
        """Show another chunk."""
        self.chunks.append(chunk)
        self._show(chunk)

    def again(self, references: References, name: str) -> None:
        """Render the chunks that miss `name` again."""
        self.chunks = [
            render(chunk, references) if name in chunk.unresolved else chunk
            for chunk in self.chunks
        ]
        self.runs.clear()
        for chunk in self.chunks:
            self._show(chunk)

    def _show(self, chunk: Chunk) -> None:
        for run in chunk.runs:
            add_run(self.runs, run)


class Assembly:
    """The segments of one message while it is read."""

    def __init__(self) -> None:
        self.segments: list[Segment] = []
        self.references = References()
        self.rendered_again: set[int] = set()
        """Indices of segments that are not just longer than before; the engine empties it."""
        self.containers: list[OpenContainer] = []
        self.gap = False
        """Whether a blank line came since the last block."""
        self._missing: defaultdict[str, list[Rendered]] = defaultdict(list)

    # ---- containers

    @property
    def path(self) -> Path:
        """The open containers, from the outside in."""
        return tuple([container.value for container in self.containers])

    def open_container(self, container: OpenContainer) -> None:
        """Go into a container."""
        self.containers.append(container)

    def close_containers(self, count: int) -> None:
        """Leave all but the outer `count` containers. An item without a block gets an empty one."""
        while len(self.containers) > count:
            last = self.containers[-1]
            if isinstance(last.value, Item) and not last.begun:
                block = self.add_block(last.value.start, level=0)
                block.end = last.value.start + len(last.value.sign)
                self.close_block(block)
            self.containers.pop()

    def _begin(self) -> int:
        """Note that a block begins; return from which container on it is the first."""
        opened = len(self.containers)
        for index, container in enumerate(self.containers):
            if not container.begun:
                opened = min(opened, index)
                container.begun = True
        return opened

    # ---- segments

    def add_segment(self, segment: Segment) -> None:
        """Append a segment that stands for itself: code, a table, a rule."""
        self.close_last()
        if not segment.continues:
            segment.path = self.path
            segment.opened = self._begin()
            segment.gap = self.gap
            segment.group = segment.start
        self.gap = False
        self.segments.append(segment)

    def add_piece(self, segment: Segment, joint: str) -> None:
        """Append a segment that goes on with the block of the last one."""
        last = self.segments[-1]
        segment.path, segment.group = last.path, last.group
        segment.opened = len(segment.path)
        segment.continues, segment.joint = True, joint
        self.add_segment(segment)

    def close_last(self) -> None:
        """Note that nothing more comes into the last segment."""
        if self.segments:
            self.segments[-1].closed = True

    def add_block(self, start: int, *, level: int) -> Block:
        """Begin a paragraph or heading in the containers that are open now."""
        path = self.path
        block = Block(start, start, path, self._begin(), self.gap, level=level)
        self.gap = False
        self._text_segment(block).blocks.append(block)
        return block

    def continue_block(self, before: Block, joint: str) -> Block:
        """Begin the next piece of a very long paragraph."""
        path = before.path
        block = Block(before.start, before.end, path, len(path), continues=True)
        segment = self._new_text_segment(block)
        segment.continues, segment.joint = True, joint
        segment.blocks.append(block)
        return block

    def remove_block(self, block: Block, *, gap: bool) -> None:
        """Take the last block away again: it was the first line of a table."""
        segment = self.segments[-1]
        if isinstance(segment, TextSegment):
            segment.blocks.pop()
            self.rendered_again.add(len(self.segments) - 1)
            if segment.blocks:
                segment.end = segment.blocks[-1].end
            else:
                self.segments.pop()
        for container in self.containers[block.opened :]:
            container.begun = False
        self.gap = gap

    def make_heading(self, block: Block, level: int, *, was_shown: bool) -> None:
        """Make the last block, a paragraph, a heading."""
        block.level = level
        index = len(self.segments) - 1
        last = self.segments[-1]
        if not block.path and isinstance(last, TextSegment):
            last.kind = Kind.HEADING
        if was_shown:
            self.rendered_again.add(index)

    def close_block(self, block: Block) -> None:
        """Note where the last block ends; close its segment if nothing can join it."""
        segment = self.segments[-1]
        segment.end = block.end
        if not block.path:
            segment.closed = True

    def _text_segment(self, block: Block) -> TextSegment:
        """Return the last segment if the block may join it, or a new one."""
        kind, group = _home(block)
        last = self.segments[-1] if self.segments else None
        goes_on = isinstance(last, TextSegment) and last.kind is kind and last.group == group
        if (
            isinstance(last, TextSegment)
            and goes_on
            and block.path
            and not last.closed
            and len(last.blocks) < MAX_BLOCKS
            and block.start - last.start < MAX_SOURCE
        ):
            return last
        segment = self._new_text_segment(block)
        segment.continues = goes_on and bool(block.path)
        return segment

    def _new_text_segment(self, block: Block) -> TextSegment:
        self.close_last()
        kind, group = _home(block)
        segment = TextSegment(
            kind, block.start, block.end, block.path, block.opened, block.gap, group=group
        )
        self.segments.append(segment)
        return segment

    # ---- runs

    def rendered(self, runs: list[Run]) -> Rendered:
        """Return the keeper of some runs of the last segment."""
        return Rendered(self.segments[-1], len(self.segments) - 1, runs)

    def keep(self, rendered: Rendered, chunk: Chunk) -> None:
        """Show a chunk, and show it again once what it misses is defined."""
        rendered.add(chunk)
        for name in chunk.unresolved:
            self._missing[name].append(rendered)

    def inline(self, text: str, runs: list[Run]) -> None:
        """Read a whole short text, a cell, into `runs` of the last segment."""
        parser = InlineParser(self.references, in_pieces=False)
        parser.feed(text, final=True)
        keeper = self.rendered(runs)
        for chunk in parser.take():
            if not isinstance(chunk, PieceEnd):
                self.keep(keeper, chunk)

    def forget(self, rendered: Rendered) -> None:
        """Note that these runs are not on show any more."""
        rendered.open = False

    # ---- definitions

    def define_link(self, label: str, target: Target) -> None:
        """Take a link reference definition; the first one of a label counts."""
        if label not in self.references.links:
            self.references.links[label] = target
            self._resolve(label)

    def define_note(self, label: str) -> None:
        """Take the definition of a footnote."""
        if label not in self.references.notes:
            self.references.notes.add(label)
            self._resolve("^" + label)

    def _resolve(self, name: str) -> None:
        for rendered in self._missing.pop(name, ()):
            if rendered.open:
                rendered.again(self.references, name)
                self.rendered_again.add(rendered.index)


def _home(block: Block) -> tuple[Kind, int]:
    """Return kind and group of the segment that a block belongs in."""
    if not block.path:
        return (Kind.HEADING if block.level else Kind.PARAGRAPH), block.start
    outer = block.path[0]
    if isinstance(outer, Quote):
        return Kind.QUOTE, outer.start
    if isinstance(outer, Note):
        return Kind.FOOTNOTE, outer.start
    return Kind.LIST, outer.list_start
