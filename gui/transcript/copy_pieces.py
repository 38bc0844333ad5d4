"""The marked part of a conversation, as whole blocks: pieces of segments cut and put together.

What is cut into segments for the view's sake (a long paragraph, a table, code) is one block again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from gui.transcript.inline_nodes import add_run
from gui.transcript.segments import (
    CodeSegment,
    Item,
    Kind,
    Path,
    Row,
    Run,
    Segment,
    SourceSegment,
    TableSegment,
    TextSegment,
)

Slice: TypeAlias = tuple[Segment, int, int]
"""A segment and the marked part of its text."""


@dataclass(slots=True)
class Piece:
    """One block to be copied."""

    kind: Kind
    path: Path = ()
    opened: int = 0
    gap: bool = True
    level: int = 0
    task: bool | None = None
    runs: list[Run] = field(default_factory=list)
    source: str = ""
    info: str = ""
    is_whole: bool = True
    """Whether all of the block is marked."""
    aligns: tuple[str, ...] = ()
    header: Row | None = None
    """The header, if it is marked."""
    full_header: Row = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


def whole(segments: Iterable[Segment]) -> list[Slice]:
    """Return slices that mark everything."""
    return [(segment, 0, len(segment.text)) for segment in segments]


def add_slice(pieces: list[Piece], marked: Slice) -> None:
    """Add what is marked of another segment."""
    _add(pieces, *marked)


def as_marked(pieces: list[Piece]) -> list[Piece]:
    """Return all the pieces of a message as they are copied."""
    if len(pieces) != 1:
        return pieces
    piece = pieces[0]
    cells = [cell for row in _marked_rows(piece) for cell in row if cell]
    if piece.kind is Kind.TABLE and len(cells) == 1 and not piece.is_whole:
        return [Piece(Kind.PARAGRAPH, runs=cells[0], is_whole=False)]
    if piece.kind in {Kind.PARAGRAPH, Kind.HEADING} and not piece.is_whole:
        return [Piece(Kind.PARAGRAPH, runs=piece.runs, is_whole=False)]
    return [replace(piece, path=(), opened=0, task=None)] if piece.path else pieces


def _marked_rows(piece: Piece) -> list[Row]:
    return piece.rows if piece.header is None else [piece.header, *piece.rows]


def _add(pieces: list[Piece], segment: Segment, start: int, end: int) -> None:
    if isinstance(segment, TextSegment):
        _add_text(pieces, segment, start, end)
    elif isinstance(segment, TableSegment):
        _add_table(pieces, segment, start, end)
    elif isinstance(segment, SourceSegment):
        _add_source(pieces, segment, start, end)
    else:
        pieces.append(_begun(Kind.RULE, segment))


def _begun(kind: Kind, segment: Segment) -> Piece:
    return Piece(kind, segment.path, segment.opened, segment.gap)


def _joins(pieces: list[Piece], segment: Segment, kind: Kind) -> bool:
    return segment.continues and bool(pieces) and pieces[-1].kind is kind


def _add_text(pieces: list[Piece], segment: TextSegment, start: int, end: int) -> None:
    offset = 0
    for index, block in enumerate(segment.blocks):
        length = sum([len(run.text) for run in block.runs])
        first, last = max(start - offset, 0), min(end - offset, length)
        offset += length + 1
        if first > last or (first == last and length):
            continue
        runs = list(cut_runs(block.runs, first, last))
        kind = Kind.HEADING if block.level else Kind.PARAGRAPH
        is_plain = segment.continues and not block.path and segment.joint == "\n"
        goes_on = block.continues or (
            index == 0 and segment.continues and not block.path and not is_plain
        )
        if pieces and pieces[-1].runs and goes_on:
            joined = [Run(segment.joint), *runs] if segment.joint else runs
            for run in joined:
                add_run(pieces[-1].runs, run)
            pieces[-1].is_whole = pieces[-1].is_whole and last == length
            continue
        piece = Piece(kind, block.path, block.opened, block.gap, block.level, block.task, runs)
        piece.gap = block.gap or (not block.path and index == 0 and not is_plain)
        piece.is_whole = first == 0 and last == length
        pieces.append(piece)


def _add_source(pieces: list[Piece], segment: SourceSegment, start: int, end: int) -> None:
    text = segment.text[start:end]
    whole_text = start == 0 and end >= len(segment.text)
    if _joins(pieces, segment, segment.kind):
        pieces[-1].source += segment.joint + text
        pieces[-1].is_whole = pieces[-1].is_whole and whole_text
        return
    piece = _begun(segment.kind, segment)
    piece.source, piece.is_whole = text, whole_text and not segment.continues
    if isinstance(segment, CodeSegment):
        piece.info = segment.info
    pieces.append(piece)


def _add_table(pieces: list[Piece], segment: TableSegment, start: int, end: int) -> None:
    rows = segment.rows if segment.continues else [segment.header, *segment.rows]
    marked: list[Row] = []
    first_marked: int | None = None
    offset = 0
    for index, row in enumerate(rows):
        cut: Row = []
        touched = False
        for cell in row:
            length = sum([len(run.text) for run in cell])
            first, last = max(start - offset, 0), min(end - offset, length)
            cut.append(list(cut_runs(cell, first, last)))
            touched = touched or first < last or (first == last == length == 0)
            offset += length + 1
        if touched:
            first_marked = index if first_marked is None else first_marked
            marked.append(cut)
    if _joins(pieces, segment, Kind.TABLE):
        pieces[-1].rows += marked
        return
    piece = _begun(Kind.TABLE, segment)
    piece.aligns, piece.full_header = segment.aligns, segment.header
    piece.is_whole = start == 0 and end >= len(segment.text)
    if first_marked == 0 and not segment.continues:
        piece.header, marked = marked[0], marked[1:]
    piece.rows = marked
    pieces.append(piece)


def cut_runs(runs: Sequence[Run], start: int, end: int) -> Iterator[Run]:
    """Yield the runs of a part of their text."""
    offset = 0
    for run in runs:
        first, last = max(start - offset, 0), min(end - offset, len(run.text))
        offset += len(run.text)
        if first < last:
            yield run if last - first == len(run.text) else run._replace(text=run.text[first:last])


def loose_lists(pieces: Sequence[Piece]) -> set[int]:
    """Return the `list_start` of the lists that have blank lines between their items' parts."""
    loose: set[int] = set()
    seen: set[int] = set()
    for piece in pieces:
        inner = piece.path[piece.opened] if piece.opened < len(piece.path) else None
        outer = piece.path[piece.opened - 1] if piece.opened else None
        if piece.gap:
            if isinstance(inner, Item) and inner.list_start in seen:
                loose.add(inner.list_start)
            elif isinstance(outer, Item) and outer.list_start in seen:
                loose.add(outer.list_start)
        seen.update(item.list_start for item in piece.path if isinstance(item, Item))
    return loose
