"""What stands beside a block: bars of quotes, and a list's bullets, numbers and check boxes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from gui.transcript.segments import Container, Item, Note, Path, Quote

if TYPE_CHECKING:
    from gui.transcript.formats import Formats
    from gui.transcript.segment_layout import SegmentLayout

_BULLET = 0.62
"""Of the height of an x."""
_BOX = 0.86
"""Of the height of a capital letter."""


class Beside(NamedTuple):
    """Paints beside the blocks of one column."""

    formats: Formats
    width: int
    """Of the column, in pixels."""
    right: bool = False
    """Whether the block is read from right to left."""

    def paint_bars(
        self, painter: QPainter, path: Path, rect: QRectF, *, joined: int, above: float
    ) -> None:
        """Paint the bars of the quotes around a block.

        Args:
            painter: stands at the top left of the column.
            path: the containers of the block.
            rect: the block, the space above it included.
            joined: so many of the containers hold what is above, too: their bars go on.
            above: the height of the space above it.
        """
        metrics = self.formats.metrics
        wide = metrics.quote_bar
        for depth, container in enumerate(path):
            if isinstance(container, Quote):
                top = rect.top() if depth < joined else rect.top() + above
                x = self.formats.indent(path[:depth])
                left = self.width - x - wide if self.right else x
                bar = QRectF(left, top, wide, rect.bottom() - top)
                painter.fillRect(bar, self.formats.style.colours.quote_bar)

    def paint_marker(
        self, painter: QPainter, path: Path, baseline: float, *, task: bool | None = None
    ) -> None:
        """Paint the marker of the last container of `path` beside a line with this baseline."""
        container = path[-1]
        if isinstance(container, Quote):
            return
        formats = self.formats
        edge = float(formats.indent(path))
        if task is not None:
            self._paint_check(painter, edge, baseline, checked=task)
            return
        text = marker_text(container)
        if not text:
            self._paint_bullet(painter, path[:-1], edge, baseline)
            return
        space = formats.metrics.marker_distance * formats.character_width
        metrics = QFontMetricsF(formats.font)
        if isinstance(container, Note):
            room = edge - formats.indent(path[:-1]) - space
            text = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, room)
        painter.setFont(formats.font)
        painter.setPen(formats.style.colours.muted)
        wide = metrics.horizontalAdvance(text)
        left = self.width - edge + space if self.right else edge - wide - space
        painter.drawText(QPointF(left, baseline), text)

    def _paint_bullet(
        self, painter: QPainter, outer: Sequence[Container], edge: float, baseline: float
    ) -> None:
        """Draw a disc, inside another list a ring, deeper a square."""
        formats = self.formats
        depth = sum(isinstance(container, Item) and not container.ordered for container in outer)
        metrics = QFontMetricsF(formats.font)
        size = _BULLET * metrics.xHeight()
        space = formats.metrics.bullet_distance * formats.character_width
        left = self.width - edge + space if self.right else edge - size - space
        box = QRectF(left, baseline - (metrics.xHeight() + size) / 2, size, size)
        colour = formats.style.colours.muted
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = formats.metrics.thin_line
        painter.setPen(QPen(colour, line) if depth == 1 else Qt.PenStyle.NoPen)
        painter.setBrush(Qt.BrushStyle.NoBrush if depth == 1 else colour)
        if depth < 2:
            painter.drawEllipse(box)
        else:
            painter.drawRect(box)
        painter.restore()

    def _paint_check(
        self, painter: QPainter, edge: float, baseline: float, *, checked: bool
    ) -> None:
        formats = self.formats
        colours = formats.style.colours
        size = round(QFontMetricsF(formats.font).ascent() * _BOX)
        space = formats.metrics.box_distance * formats.character_width
        left = self.width - edge + space if self.right else edge - size - space
        box = QRectF(left, baseline - size + formats.metrics.hairline, size, size)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(
            QPen(colours.accent if checked else colours.faint, formats.metrics.thin_line)
        )
        painter.setBrush(colours.accent if checked else colours.background)
        radius = formats.metrics.box_radius
        painter.drawRoundedRect(box, radius, radius)
        if checked:
            pen = QPen(colours.background, max(formats.metrics.thin_line, size / 8))
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            points = [(0.24, 0.54), (0.43, 0.72), (0.77, 0.31)]
            painter.drawPolyline([box.topLeft() + QPointF(size * x, size * y) for x, y in points])
        painter.restore()


def marker_text(container: Container) -> str:
    """Return what is written beside a note or a numbered item; nothing for the others."""
    if isinstance(container, Note):
        return f"{container.label}."
    if isinstance(container, Item) and container.ordered:
        return f"{container.number}{container.sign}"
    return ""


def paint_beside(painter: QPainter, layout: SegmentLayout) -> None:
    """Paint what stands beside a block that is a segment of its own, such as code or a table."""
    segment = layout.segment
    path, opened = segment.path, segment.opened
    if not path:
        return
    beside = Beside(layout.kit.formats, layout.width)
    rect = QRectF(0, 0, layout.width, layout.height)
    beside.paint_bars(painter, path, rect, joined=layout.shared, above=layout.gap)
    if segment.continues:
        return
    metrics = QFontMetricsF(layout.kit.formats.font)
    baseline = layout.first_middle() + (metrics.ascent() - metrics.descent()) / 2
    for depth in range(opened, len(path)):
        beside.paint_marker(painter, path[: depth + 1], baseline)
