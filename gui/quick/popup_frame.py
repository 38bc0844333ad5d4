"""A window without the system's frame: rounded, with a shadow, moved and sized by its edges."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.quick.quick_metrics import quick_metrics
from gui.quick.x11 import is_composited

_CURSORS = {
    Qt.Edge.LeftEdge: Qt.CursorShape.SizeHorCursor,
    Qt.Edge.RightEdge: Qt.CursorShape.SizeHorCursor,
    Qt.Edge.TopEdge: Qt.CursorShape.SizeVerCursor,
    Qt.Edge.BottomEdge: Qt.CursorShape.SizeVerCursor,
    Qt.Edge.LeftEdge | Qt.Edge.TopEdge: Qt.CursorShape.SizeFDiagCursor,
    Qt.Edge.RightEdge | Qt.Edge.BottomEdge: Qt.CursorShape.SizeFDiagCursor,
    Qt.Edge.LeftEdge | Qt.Edge.BottomEdge: Qt.CursorShape.SizeBDiagCursor,
    Qt.Edge.RightEdge | Qt.Edge.TopEdge: Qt.CursorShape.SizeBDiagCursor,
}


class PopupFrame(QWidget):
    """A top-level window that paints its own edge; where nothing composes windows, a plain one."""

    def __init__(self, content: QWidget) -> None:
        super().__init__(
            None,
            Qt.WindowType.Tool
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
            | Qt.WindowType.NoDropShadowWindowHint,
        )
        self._has_shadow = is_composited()

        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, self._has_shadow)
        self.setAttribute(Qt.WidgetAttribute.WA_MacAlwaysShowToolWindow)
        self.setMouseTracking(True)
        content.setMouseTracking(True)
        self._content = content
        layout = QVBoxLayout(self)
        border = self.border
        layout.setContentsMargins(border, border, border, border)
        layout.addWidget(content)

    @property
    def border(self) -> int:
        """Pixels between the window's edge and what stands in it."""
        return quick_metrics().shadow if self._has_shadow else 1

    def frame_rect(self) -> QRect:
        """Return where the frame is seen."""
        return (
            self.rect()
            .marginsRemoved(self.contentsMargins())
            .adjusted(self.border - 1, self.border - 1, 1 - self.border, 1 - self.border)
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the shadow, the edge and what lies behind the content."""
        palette = QPalette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.frame_rect())
        radius = float(quick_metrics().radius) if self._has_shadow else 0.0
        if self._has_shadow:
            self._paint_shadow(painter, rect, radius)
        painter.setPen(palette.color(QPalette.ColorRole.Mid))
        painter.setBrush(palette.color(QPalette.ColorRole.Window))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Move the window, or one of its edges; far outside, let it go."""
        window, edges = self.windowHandle(), self._edges(event.position())
        if event.button() is not Qt.MouseButton.LeftButton or window is None:
            return
        if edges:
            window.startSystemResize(edges)
        elif self.frame_rect().contains(event.position().toPoint()):
            window.startSystemMove()
        else:
            self.outside_pressed()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what a press would do."""
        edges = self._edges(event.position())
        self.setCursor(_CURSORS.get(edges, Qt.CursorShape.ArrowCursor))

    def outside_pressed(self) -> None:
        """Do what a press on the shadow means."""

    def _edges(self, position: QPointF) -> Qt.Edge:
        """Return the edges of the frame that a point is at."""
        reach = quick_metrics().edge
        rect = self.frame_rect()
        edges = Qt.Edge(0)
        if not rect.adjusted(-reach, -reach, reach, reach).contains(position.toPoint()):
            return edges
        if position.x() < rect.left() + reach / 2:
            edges |= Qt.Edge.LeftEdge
        elif position.x() > rect.right() - reach / 2:
            edges |= Qt.Edge.RightEdge
        if position.y() < rect.top() + reach / 2:
            edges |= Qt.Edge.TopEdge
        elif position.y() > rect.bottom() - reach / 2:
            edges |= Qt.Edge.BottomEdge
        return edges

    def _paint_shadow(self, painter: QPainter, rect: QRectF, radius: float) -> None:
        """Draw soft rings, each a little darker the nearer it is."""
        sizes = quick_metrics()
        reach = sizes.shadow - sizes.shadow_drop
        colour = QColor(sizes.shadow_colour)
        painter.setPen(Qt.PenStyle.NoPen)
        for ring in range(reach):
            # The rings lie on each other: together they are as strong as is wanted.
            nearness = 1 - ring / reach
            colour.setAlphaF(2 * sizes.shadow_strength * nearness**2 / reach)
            painter.setBrush(colour)
            grown = rect.adjusted(-ring, -ring, ring, ring).translated(0, sizes.shadow_drop)
            painter.drawRoundedRect(grown, radius + ring, radius + ring)
