"""What code blocks and tables share: a frame over several pieces, and scrolling sideways."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAbstractTextDocumentLayout, QColor, QPainter, QPen

from gui.transcript.segment_layout import Mark, SegmentLayout

_BEYOND = 40
"""How far the frame of a piece reaches out of it where the block goes on."""


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
        return max(20, self.frame_width - 2 * self.padding)

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

    def origin(self) -> tuple[int, int]:
        """Begin inside the frame, scrolled."""
        scroll = min(self.group.scroll, self.overflow)
        return (self.left + self.padding - scroll, self.gap + self.head)

    def frame_rect(self) -> QRectF:
        """Return the frame's rectangle in the segment's coordinates."""
        return QRectF(self.left, self.gap, self.frame_width, self.height - self.gap)

    def paint_frame(self, painter: QPainter, clip: QRectF) -> None:
        """Paint the frame, as a part of a larger one where the block has more pieces."""
        colours = self.kit.formats.style.colours
        rect = self.frame_rect()
        painter.save()
        painter.setClipRect(rect.intersected(clip.adjusted(-1, -1, 1, 1)))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = rect.adjusted(
            0.5,
            0.5 if self.is_first else -_BEYOND,
            -0.5,
            -0.5 if self.is_last else _BEYOND,
        )
        radius = self.kit.formats.metrics.code_radius
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.fill)
        painter.drawRoundedRect(whole, radius, radius)
        self.paint_inside(painter, rect, whole)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.border, 1))
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
        thick = self.kit.formats.metrics.scrollbar
        seen = self.view_width
        wide = max(30.0, seen * seen / self.group.content)
        share = self.group.scroll / self.overflow
        x = self.left + self.padding + share * (seen - wide)
        return QRectF(x, self.height - thick - 2, wide, thick)

    def _paint_scrollbar(self, painter: QPainter) -> None:
        rect = self.bar_rect()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.kit.formats.style.colours.quote_bar)
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        painter.restore()
