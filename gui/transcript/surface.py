"""The scrolling surface under the transcript: what is seen, and how it moves."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QAbstractSlider, QFrame, QWidget

from gui.transcript.background import Background
from gui.transcript.build import DocumentBuilder
from gui.transcript.canvas import Canvas, Shown
from gui.transcript.conversation_layout import ConversationLayout
from gui.transcript.follow import Follow
from gui.transcript.formats import Formats
from gui.transcript.formulas import FormulaCache
from gui.transcript.images import ImageStore
from gui.transcript.keys import is_escape
from gui.transcript.objects import TextObjects
from gui.transcript.scroller import Scroller
from gui.transcript.segment_layout import LayoutKit
from gui.transcript.sideways import Sideways
from gui.transcript.thumbnails import Thumbnails

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gui.transcript.model import TranscriptMessage
    from gui.transcript.position import Position
    from gui.transcript.style import TranscriptStyle

MIN_ZOOM, MAX_ZOOM = 0.5, 3.0
_WHEEL_LINES = 3
_NOTCH = 120


class TranscriptSurface(QAbstractScrollArea):
    """Shows messages in a column in the middle. Knows nothing of keys, menus and streams.

    Signals:
        moved: what is seen has changed its place.
        zoom_changed: another zoom, as a factor.
        selection_changed: other text is marked, or none.
    """

    moved = Signal()
    zoom_changed = Signal(float)
    selection_changed = Signal()

    def __init__(self, style: TranscriptStyle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.zoom = 1.0
        self.look = style
        self.follow_state = Follow()
        self.shown = Shown()
        self.formulas = FormulaCache(self)
        self.images = ImageStore(self)
        self.thumbnails = Thumbnails(self)
        kit = self._make_kit()
        self.conversation = ConversationLayout(kit, 600)
        self.scroller = Scroller(self.conversation, self.follow_state)
        self.canvas = Canvas(kit, self.shown)
        self.covered = 0
        """Pixels at the top that something lies over."""
        self._guarded = False
        self._wheel = 0.0

        self.background = Background(self)
        self.sideways = Sideways(self)

        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setMouseTracking(True)

        self.verticalScrollBar().actionTriggered.connect(self._on_bar_action)
        self.formulas.drawn.connect(self._on_formulas_drawn)
        self.images.changed.connect(self._on_image_changed)
        self.thumbnails.changed.connect(self.viewport().update)
        self.shown.thumbnail = self.thumbnails.get

    # -- style

    def _make_kit(self) -> LayoutKit:
        formats = Formats(self.look, self.font(), self.zoom)
        objects = TextObjects(formats, self.formulas, self.images)
        objects.ratio = self.devicePixelRatioF()
        return LayoutKit(
            formats=formats,
            builder=DocumentBuilder(formats, objects),
            objects=objects,
            palette=formats.palette(),
            dim_palette=formats.palette(dim=True),
        )

    def set_style(self, style: TranscriptStyle) -> None:
        """Take other colours."""
        self.look = style
        self._rebuild()

    def set_zoom(self, zoom: float) -> None:
        """Show everything larger or smaller; the line at the top stays."""
        zoom = max(MIN_ZOOM, min(MAX_ZOOM, round(zoom, 2)))
        if zoom == self.zoom:
            return
        self.zoom = zoom
        self._rebuild()
        self.zoom_changed.emit(zoom)

    def _rebuild(self) -> None:
        anchor = self.scroller.text_anchor()
        kit = self._make_kit()
        self.canvas.set_kit(kit)
        width = self._fitting_width(kit)
        self.conversation.set_kit(kit, width, near=self.visible_messages())
        kit.objects.width = float(self.conversation.width)
        self.scroller.restore(anchor)
        self._synchronise()
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        """Take another font of the application."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._rebuild()

    # -- geometry

    @property
    def kit(self) -> LayoutKit:
        """Fonts and colours in use."""
        return self.conversation.kit

    @property
    def column_x(self) -> int:
        """Where the column begins in the viewport: in the middle of the view with its bar."""
        return (self.width() - self.conversation.width) // 2 - self.viewport().x()

    def _fitting_width(self, kit: LayoutKit) -> int:
        metrics = kit.formats.style.metrics
        room = self.width() - 2 * round(metrics.margin)
        return max(round(metrics.least_column), min(kit.formats.column_width, room))

    def to_column(self, point: QPoint | QPointF) -> QPointF:
        """Turn a point of the viewport into one of the column."""
        return QPointF(point.x() - self.column_x, point.y() + self.scroller.y)

    def position_at(self, point: QPoint | QPointF) -> Position | None:
        """Return the position nearest to a point of the viewport."""
        place = self.to_column(point)
        return self.conversation.hit(place.x(), place.y())

    def message_at(self, point: QPoint | QPointF) -> int | None:
        """Return the message at a point of the viewport."""
        y = self.to_column(point).y()
        if not self.conversation.messages or not 0 <= y < self.conversation.heights.total:
            return None
        return self.conversation.heights.index_at(int(y))

    def message_rect(self, index: int) -> QRect:
        """Return where a message is in the viewport; it may be outside."""
        heights = self.conversation.heights
        return QRect(
            self.column_x,
            heights.top(index) - self.scroller.y,
            self.conversation.width,
            heights.height(index),
        )

    def character_rect(self, position: Position) -> QRect:
        """Return where a character is on the screen, one pixel wide."""
        place = self.conversation.place(position)
        if place is None:
            return QRect()
        rect = place.layout.caret(position.offset)
        top = self.conversation.heights.top(position.message) + place.y - self.scroller.y
        point = QPoint(round(self.column_x + place.x + rect.left()), round(top + rect.top()))
        return QRect(self.viewport().mapToGlobal(point), rect.size().toSize())

    def index_of_message(self, message: TranscriptMessage) -> int:
        """Return a message's index, -1 if it is not shown."""
        return self.conversation.messages.index_of_uid(message.uid)

    def visible_messages(self) -> range:
        """Return the indexes of the messages that are seen."""
        if not self.conversation.messages:
            return range(0)
        heights = self.conversation.heights
        first = heights.index_at(self.scroller.y)
        last = heights.index_at(self.scroller.y + max(0, self.viewport().height() - 1))
        return range(first, last + 1)

    # -- moving

    @contextmanager
    def _guard(self) -> Iterator[None]:
        before, self._guarded = self._guarded, True
        try:
            yield
        finally:
            self._guarded = before

    def _synchronise(self, *, wake: bool = True) -> None:
        """Let the scroll bar show where the view is. It says nothing back."""
        bar = self.verticalScrollBar()
        with self._guard():
            bar.setPageStep(self.viewport().height())
            bar.setSingleStep(max(1, round(self.kit.formats.line_height)))
            bar.setRange(0, self.scroller.maximum)
            bar.setValue(self.scroller.y)
        if wake:
            self.background.wake()
        self.moved.emit()

    def refresh(self) -> None:
        """Lay out and paint what is seen, wherever the view now has to be."""
        self.scroller.settle()
        self._synchronise()
        self.viewport().update()

    def settle_quietly(self) -> None:
        """Find the view's place after heights outside of it have changed: nothing moves."""
        changed = self.scroller.settle()
        self._synchronise(wake=False)
        if changed:
            self.viewport().update()

    def refresh_from(self, index: int, y: int) -> None:
        """Follow a message that looks different from its `y` on, painting no more than needed."""
        before = self.scroller.y
        top = self.conversation.heights.top(index)
        self.conversation.update_height(index)
        self.scroller.settle()
        moved = self.scroller.y - before
        self._synchronise()
        area = self.viewport().rect()
        if abs(moved) >= area.height():
            self.viewport().update()
            return
        if moved:
            self.viewport().scroll(0, -moved)
        area.setTop(max(0, min(area.bottom(), top + y - self.scroller.y)))
        if top + y - self.scroller.y <= area.bottom():
            self.viewport().update(area)

    def scroll_pixels(self, pixels: int) -> None:
        """Move by what the user asked for; upwards lets go, reaching the end takes hold."""
        if pixels < 0:
            self.follow_state.let_go()
        moved = self.scroller.scroll_by(pixels)
        if pixels > 0 and self.scroller.is_at_end:
            self.follow_state.reach_end()
        self._show_move(moved)

    def _show_move(self, moved: int) -> None:
        self._synchronise()
        if abs(moved) < self.viewport().height():
            self.viewport().scroll(0, -moved)
        else:
            self.viewport().update()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Go where the user has moved the bar; what the view itself set is where it is."""
        if self._guarded:
            return
        value = self.verticalScrollBar().value()
        delta = value - self.scroller.y
        if abs(delta) <= 2 * self.viewport().height():
            self._show_move(self.scroller.scroll_by(delta))
        else:
            self.scroller.scroll_to(value)
            self._synchronise()
            self.viewport().update()

    def _on_bar_action(self, action: int) -> None:
        bar = self.verticalScrollBar()
        is_move = action == QAbstractSlider.SliderAction.SliderMove.value
        wanted = bar.sliderPosition()
        if wanted >= bar.maximum():
            self.follow_state.reach_end()
        elif is_move or wanted < bar.value():
            self.follow_state.let_go()

    def go_to_end(self) -> None:
        """Show the end, and stay there while text arrives."""
        self.follow_state.follow()
        self.refresh()

    def show_position(self, position: Position, *, length: int = 0) -> None:
        """Bring a position into view, if it is not; the user has asked for it.

        Of the characters that follow, `length` are brought into view as far as there is room. A
        long message is read as far as there.
        """
        layout = self.conversation.layout(position.message)
        while layout.place(position.part, position.segment) is None and layout.parse_some():
            pass
        self.follow_state.let_go()
        margin = round(2 * self.kit.formats.line_height)
        self.scroller.show(position, margin=margin, covered=self.covered)
        self.refresh()
        self.sideways.show(position, length=length)

    def show_message(self, index: int) -> None:
        """Put the top of a message at the top of the view."""
        self.follow_state.let_go()
        self.scroller.show_message(index)
        if self.scroller.is_at_end:
            self.follow_state.reach_end()
        self.refresh()

    # -- events

    def event(self, event: QEvent) -> bool:
        """Keep Escape from the window while it has a selection to take away."""
        if is_escape(event) and not self.shown.selection.is_empty:
            event.accept()
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is exposed."""
        painter = QPainter(self.viewport())
        ratio = self.devicePixelRatioF()
        self.kit.objects.ratio = ratio
        region: Any = event.region()  # it can be iterated over, which its stub does not know
        for rect in region:
            painter.setClipRect(rect)
            self.canvas.paint(painter, rect, self.conversation, self.column_x, self.scroller.y)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the line at the top where it is."""
        super().resizeEvent(event)
        width = self._fitting_width(self.kit)
        self.scroller.height = max(1, self.viewport().height())
        if width != self.conversation.width:
            anchor = self.scroller.text_anchor()
            self.kit.objects.width = float(width)
            self.conversation.set_width(width)
            self.scroller.restore(anchor)
        self.refresh()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, zoom with Ctrl, scroll a wide block sideways with Shift."""
        event.accept()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            step = event.angleDelta().y() / _NOTCH
            self.set_zoom(self.zoom * 1.1**step)
            return
        delta = QPointF(event.pixelDelta())
        if delta.isNull():
            line = self.kit.formats.line_height * _WHEEL_LINES
            delta = QPointF(event.angleDelta()) * (line / _NOTCH)
        sideways = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if sideways or abs(delta.x()) > abs(delta.y()):
            across = delta.x() if abs(delta.x()) > abs(delta.y()) else delta.y()
            self.sideways.scroll(self.sideways.block_at(event.position()), round(-across))
            return
        self._wheel -= delta.y()
        whole = int(self._wheel)
        self._wheel -= whole
        if delta.y() > 0:
            self.follow_state.let_go()
        if whole:
            self.scroll_pixels(whole)

    def _on_formulas_drawn(self) -> None:
        self.background.formulas_drawn()

    def _on_image_changed(self, _address: str) -> None:
        self.background.objects_changed()
