"""A thematic break."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from gui.transcript.segment_layout import SegmentLayout

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter


class RuleLayout(SegmentLayout):
    """A thin line across the column; it has no text."""

    __slots__ = ()

    def ensure(self) -> bool:
        """Need no document."""
        before = self.height
        self.height = self.gap + self.estimate()
        self.exact = True
        return self.height != before

    @property
    def is_ready(self) -> bool:
        """Whether it could be painted at once."""
        return self.exact

    def estimate(self) -> int:
        """Leave room for the line."""
        return round(self.kit.formats.metrics.paragraph_gap)

    def paint_frame(self, painter: QPainter, clip: QRectF) -> None:
        """Draw the line."""
        super().paint_frame(painter, clip)
        y = self.gap + (self.height - self.gap) // 2
        formats = self.kit.formats
        line = QRectF(self.left, y, self.room, formats.metrics.hairline)
        painter.fillRect(line, formats.style.colours.border)
