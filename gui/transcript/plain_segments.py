"""A question's text as segments: as it was written, without Markdown."""

from __future__ import annotations

from gui.transcript.segments import Block, Kind, Run, TextSegment

_MAX_LINES = 64
_MAX_CHARS = 4_000


def plain_segments(text: str) -> list[TextSegment]:
    """Cut a text into segments of a few lines each; every line is a block."""
    result: list[TextSegment] = []
    blocks: list[Block] = []
    size = start = 0
    for line in text.rstrip("\n").split("\n"):
        for begin in range(0, max(1, len(line)), _MAX_CHARS):
            piece = line[begin : begin + _MAX_CHARS]
            if blocks and (len(blocks) >= _MAX_LINES or size + len(piece) > _MAX_CHARS):
                result.append(_segment(blocks, len(result)))
                blocks, size = [], 0
            where = start + begin
            runs = [Run(piece.rstrip("\r"))] if piece else []
            blocks.append(Block(where, where + len(piece), runs=runs))
            size += len(piece)
        start += len(line) + 1
    result.append(_segment(blocks, len(result)))
    return result


def _segment(blocks: list[Block], before: int) -> TextSegment:
    return TextSegment(
        Kind.PARAGRAPH,
        blocks[0].start,
        blocks[-1].end,
        continues=before > 0,
        joint="\n" if before else "",
        closed=True,
        blocks=blocks,
    )
