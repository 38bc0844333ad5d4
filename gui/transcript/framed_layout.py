"""What code blocks and tables share: a frame over several pieces, and scrolling sideways."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAbstractTextDocumentLayout, QColor, QPainter, QPen

from gui.transcript.segment_layout import Mark, SegmentLayout

_MARGIN = 4
"""So many characters beside the one that is shown are seen, too."""
_BEYOND = 3
"""How far the frame of a piece reaches out of it where the block goes on, in radii."""


class FramedLayout(SegmentLayout):
    """A segment inside a frame. The pieces of one block look like one."""

    __slots__ = ()

    @property
    def is_first(self) -> bool:
        """Whether the block begins with this piece."""
        return not self.segment.continues

    @property
    def head(self) -> int:
        """Space between the frame's top and the text."""
        return 0

    @property
    def foot(self) -> int:
        """Space between the text and the frame's bottom."""
        return 0

    @property
    def padding(self) -> int:
        """Space left and right of the text."""
        return 0

    @property
    def frame_width(self) -> int:
        """Outer width."""
        return self.room

    @property
    def view_width(self) -> int:
        """Width that the text is seen through."""
        return max(1, self.frame_width - 2 * self.padding)

    @property
    def overflow(self) -> int:
        """How far the text can be scrolled sideways."""
        return max(0, self.group.content - self.view_width)

    def scroll_to(self, x: int) -> bool:
        """Scroll the whole block sideways; return whether it moved."""
        x = max(0, min(self.overflow, x))
        moved = x != self.group.scroll
        self.group.scroll = x
        return moved

    def show_across(self, offset: int) -> bool:
        """Scroll the block sideways as little as needed to see a character; whether it moved."""
        if not self.overflow:
            return False
        x = self.caret(offset).left() - self.left - self.padding
        margin = min(_MARGIN * self.kit.formats.character_width, self.view_width / 3)
        if x < margin:
            return self.scroll_to(self.group.scroll + math.floor(x - margin))
        if x > self.view_width - margin:
            return self.scroll_to(self.group.scroll + math.ceil(x + margin - self.view_width))
        return False

    def origin(self) -> tuple[int, int]:
        """Begin inside the frame, scrolled."""
        scroll = min(self.group.scroll, self.overflow)
        return (self.left + self.padding - scroll, self.gap + self.head)

    def frame_rect(self) -> QRectF:
        """Return the frame's rectangle in the segment's coordinates."""
        return QRectF(self.left, self.gap, self.frame_width, self.height - self.gap)

    def paint_frame(self, painter: QPainter, clip: QRectF) -> None:
        """Paint the frame, as a part of a larger one where the block has more pieces."""
        super().paint_frame(painter, clip)
        colours = self.kit.formats.style.colours
        rect = self.frame_rect()
        painter.save()
        painter.setClipRect(rect.intersected(clip.adjusted(-1, -1, 1, 1)))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = self.kit.formats.metrics
        # A line is drawn sharp if its middle is the middle of a pixel.
        inside, radius = metrics.hairline / 2, metrics.code_radius
        whole = rect.adjusted(
            inside,
            inside if self.is_first else -_BEYOND * radius,
            -inside,
            -inside if self.is_last else _BEYOND * radius,
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.fill)
        painter.drawRoundedRect(whole, radius, radius)
        self.paint_inside(painter, rect, whole)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.border, metrics.hairline))
        painter.drawRoundedRect(whole, radius, radius)
        painter.restore()

    @property
    def fill(self) -> QColor:
        """The frame's background."""
        return self.kit.formats.style.colours.background

    def paint_inside(self, painter: QPainter, rect: QRectF, whole: QRectF) -> None:
        """Paint between the background and the frame's line."""

    def paint(
        self,
        painter: QPainter,
        clip: QRectF,
        marks: list[Mark],
        context: QAbstractTextDocumentLayout.PaintContext,
    ) -> None:
        """Paint the frame, the text inside it, and the bar to scroll with."""
        self.ensure()
        self.paint_frame(painter, clip)
        left = self.left + self.padding
        seen = QRectF(left, self.gap, self.view_width, self.height - self.gap)
        if not self.overflow:
            self.paint_document(painter, clip, marks, context)
            return
        painter.save()
        painter.setClipRect(seen)
        self.paint_document(painter, clip, marks, context)
        painter.restore()
        if self.is_last:
            self._paint_scrollbar(painter)

    def bar_rect(self) -> QRectF:
        """Return the rectangle of the bar's handle; empty when all is seen."""
        if not self.overflow or not self.is_last:
            return QRectF()
        metrics = self.kit.formats.metrics
        thick, seen = metrics.scrollbar, self.view_width
        wide = min(seen, max(metrics.scrollbar_least, seen * seen / self.group.content))
        share = self.group.scroll / self.overflow
        x = self.left + self.padding + share * (seen - wide)
        return QRectF(x, self.height - thick - metrics.scrollbar_edge, wide, thick)

    def _paint_scrollbar(self, painter: QPainter) -> None:
        rect = self.bar_rect()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.kit.formats.style.colours.quote_bar)
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        painter.restore()
