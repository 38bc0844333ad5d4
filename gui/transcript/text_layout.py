"""Running text: paragraphs, headings, lists, quotes and footnotes, with their bullets and bars."""

from __future__ import annotations

import math
from itertools import takewhile
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QRectF, Qt

from gui.transcript.beside import Beside
from gui.transcript.segment_layout import SegmentLayout
from gui.transcript.segments import TextSegment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QPainter, QTextBlock, QTextDocument

    from gui.transcript.segments import Block, Change, Container, Path


class TextLayout(SegmentLayout):
    """A segment of blocks. Bullets, numbers, check boxes and bars are drawn beside the text."""

    __slots__ = ()

    @property
    def blocks(self) -> list[Block]:
        """The segment's blocks."""
        return cast("TextSegment", self.segment).blocks

    def estimate(self) -> int:
        """Count lines of average characters."""
        formats = self.kit.formats
        height = 0.0
        for block in self.blocks:
            room = max(formats.metrics.list_indent, self.width - formats.indent(block.path))
            chars = sum([len(run.text) for run in block.runs])
            lines = max(1, math.ceil(chars * formats.character_width * 1.03 / room))
            scale = formats.metrics.heading_scales[block.level - 1] if block.level else 1.0
            height += lines * formats.line_height * scale
        gaps = max(0, len(self.blocks) - 1) * formats.metrics.item_gap
        return round(height + gaps)

    def build(self) -> QTextDocument:
        """Make the document."""
        return self.kit.builder.text(cast("TextSegment", self.segment))

    def append(self, document: QTextDocument, change: Change) -> None:
        """Insert the new runs and blocks at the end."""
        segment = cast("TextSegment", self.segment)
        self.kit.builder.grow_text(document, segment, block=change.block, chars=change.chars)

    def lay_out(self, document: QTextDocument) -> int:
        """Lay out in the whole width: indents belong to the blocks."""
        if document.textWidth() != self.width:
            document.setTextWidth(self.width)
        return math.ceil(document.size().height())

    def origin(self) -> tuple[int, int]:
        """Begin at the column's edge."""
        return (0, self.gap)

    def paint_frame(self, painter: QPainter, clip: QRectF) -> None:
        """Paint what stands beside the blocks that are inside `clip`."""
        if not any(block.path for block in self.blocks):
            return
        for block, text_block, rect in self._visible(clip):
            if not block.path:
                continue
            self._paint_beside(painter, block, text_block, rect)

    def _visible(self, clip: QRectF) -> Iterator[tuple[Block, QTextBlock, QRectF]]:
        """Yield blocks near `clip` with their rectangles, the space above them included."""
        document = self.document
        if document is None:
            return
        layout = document.documentLayout()
        text_block = document.begin()
        above = 0.0
        for index, block in enumerate(self.blocks):
            if not text_block.isValid():
                return
            rect = layout.blockBoundingRect(text_block)
            below = rect.bottom() + self.gap
            top = above if index or self.shared else float(self.gap)
            if below >= clip.top() and top <= clip.bottom():
                yield block, text_block, QRectF(0, top, self.width, below - top)
            above = below
            text_block = text_block.next()

    def _paint_beside(
        self, painter: QPainter, block: Block, text: QTextBlock, rect: QRectF
    ) -> None:
        right = text.textDirection() == Qt.LayoutDirection.RightToLeft
        beside = Beside(self.kit.formats, self.width, right)
        pairs = zip(self._path_before(block), block.path, strict=False)
        joined = len(list(takewhile(_is_same, pairs)))
        beside.paint_bars(painter, block.path, rect, joined=joined, above=self._space_above(block))
        line = text.layout().lineAt(0)
        if not line.isValid():
            return
        baseline = self.gap + text.layout().position().y() + line.y() + line.ascent()
        for depth in range(block.opened, len(block.path)):
            task = block.task if depth == len(block.path) - 1 else None
            beside.paint_marker(painter, block.path[: depth + 1], baseline, task=task)

    def _path_before(self, block: Block) -> Path:
        index = next(i for i, other in enumerate(self.blocks) if other is block)
        if index:
            return self.blocks[index - 1].path
        return block.path[: self.shared]

    def _space_above(self, block: Block) -> float:
        if block is self.blocks[0]:
            return 0.0 if not self.shared else float(self.gap)
        metrics = self.kit.formats.metrics
        return metrics.paragraph_gap if block.gap else metrics.item_gap


def _is_same(pair: tuple[Container, Container]) -> bool:
    return pair[0] == pair[1]
