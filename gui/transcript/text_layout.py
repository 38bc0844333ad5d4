"""Running text: paragraphs, headings, lists, quotes and footnotes, with their bullets and bars."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QTextBlock, QTextDocument

from gui.transcript.segment_layout import SegmentLayout
from gui.transcript.segments import Block, Change, Container, Item, Note, Path, Quote, TextSegment

if TYPE_CHECKING:
    from collections.abc import Iterator


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
            room = max(60.0, self.width - formats.indent(block.path))
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
            right = text_block.textDirection() == Qt.LayoutDirection.RightToLeft
            self._paint_bars(painter, block, rect, right=right)
            for depth in range(block.opened, len(block.path)):
                self._paint_marker(painter, block, depth, text_block, right=right)

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

    def _paint_bars(self, painter: QPainter, block: Block, rect: QRectF, *, right: bool) -> None:
        metrics = self.kit.formats.metrics
        colour = self.kit.formats.style.colours.quote_bar
        x = 0.0
        before = self._path_before(block)
        for depth, container in enumerate(block.path):
            if isinstance(container, Quote):
                joined = depth < len(before) and before[: depth + 1] == block.path[: depth + 1]
                top = rect.top() if joined else rect.top() + self._space_above(block)
                wide = max(2.0, round(3 * self.kit.formats.zoom))
                left = self.width - x - wide if right else x
                painter.fillRect(QRectF(left, top, wide, rect.bottom() - top), colour)
                x += metrics.quote_indent
            else:
                x += metrics.list_indent

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

    def _paint_marker(
        self,
        painter: QPainter,
        block: Block,
        depth: int,
        text_block: QTextBlock,
        *,
        right: bool,
    ) -> None:
        container = block.path[depth]
        if isinstance(container, Quote) or self.document is None:
            return
        formats = self.kit.formats
        place = self.document.documentLayout().blockBoundingRect(text_block)
        line = text_block.layout().lineAt(0)
        edge = float(formats.indent(block.path[: depth + 1]))
        top = self.gap + place.top()
        if not line.isValid():
            return
        baseline = self.gap + text_block.layout().position().y() + line.y() + line.ascent()
        last = depth == len(block.path) - 1
        if last and block.task is not None:
            self._paint_check(painter, edge, baseline, checked=block.task, right=right)
            return
        muted = formats.style.colours.muted
        text = self._marker_text(container)
        if not text:
            self._paint_bullet(painter, block.path[:depth], edge, baseline, right=right)
            return
        painter.setFont(formats.font)
        painter.setPen(muted)
        wide = QFontMetricsF(formats.font).horizontalAdvance(text)
        space = 0.5 * formats.character_width + 2
        left = self.width - edge + space if right else edge - wide - space
        painter.drawText(QPointF(left, max(top, baseline)), text)

    @staticmethod
    def _marker_text(container: Container) -> str:
        if isinstance(container, Note):
            return f"{container.label}."
        if isinstance(container, Item) and container.ordered:
            return f"{container.number}{container.sign}"
        return ""

    def _paint_bullet(
        self, painter: QPainter, outer: Path, edge: float, baseline: float, *, right: bool
    ) -> None:
        """Draw a disc, inside another list a ring, deeper a square."""
        formats = self.kit.formats
        depth = sum(isinstance(container, Item) and not container.ordered for container in outer)
        metrics = QFontMetricsF(formats.font)
        size = max(3.0, 0.62 * metrics.xHeight())
        space = 1.2 * formats.character_width
        left = self.width - edge + space if right else edge - size - space
        box = QRectF(left, baseline - (metrics.xHeight() + size) / 2, size, size)
        colour = formats.style.colours.muted
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 1.2) if depth == 1 else Qt.PenStyle.NoPen)
        painter.setBrush(Qt.BrushStyle.NoBrush if depth == 1 else colour)
        if depth < 2:
            painter.drawEllipse(box)
        else:
            painter.drawRect(box)
        painter.restore()

    def _paint_check(
        self, painter: QPainter, edge: float, baseline: float, *, checked: bool, right: bool
    ) -> None:
        formats = self.kit.formats
        colours = formats.style.colours
        size = round(QFontMetricsF(formats.font).ascent() * 0.86)
        space = 0.8 * formats.character_width + 2
        left = self.width - edge + space if right else edge - size - space
        box = QRectF(left, baseline - size + 1, size, size)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.accent if checked else colours.faint, 1.4))
        painter.setBrush(colours.accent if checked else colours.background)
        painter.drawRoundedRect(box, 3, 3)
        if checked:
            pen = QPen(colours.background, max(1.5, size / 8))
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            points = [(0.24, 0.54), (0.43, 0.72), (0.77, 0.31)]
            painter.drawPolyline([box.topLeft() + QPointF(size * x, size * y) for x, y in points])
        painter.restore()
