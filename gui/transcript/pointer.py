"""The mouse over a transcript: selecting, links, buttons of code blocks, scrolling sideways."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QTextCursor
from PySide6.QtWidgets import QApplication

from gui.transcript.code_block import CodeLayout
from gui.transcript.formats import PICTURE_OBJECT, SOURCE_PROPERTY
from gui.transcript.framed_layout import FramedLayout
from gui.transcript.selection import Unit

if TYPE_CHECKING:
    from gui.transcript.position import Position
    from gui.transcript.segment_layout import SegmentLayout
    from gui.transcript.surface import TranscriptSurface

_AUTO_SCROLL = 25
"""Milliseconds between two steps of scrolling while a selection is dragged out of the view."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is under the pointer, apart from text."""

    kind: str = ""
    """``link``, ``picture``, ``button``, ``bar``, ``reasoning``, ``attachment``, or nothing."""
    value: str = ""
    """Address, the button's name, or the attachment's place."""
    text: str = ""
    """The words of a link, or the name of an attachment."""
    message: int = -1
    layout: SegmentLayout | None = None


class Pointer(QObject):
    """Turns what the mouse does into selections and wishes.

    Signals:
        activated: a link, picture, button or reasoning header was clicked; gives the Target.
        hovered: the pointer is over another Target.
        message_hovered: the pointer is over another message, or over none (-1).
        selected: the mouse has marked some text, and let go.
    """

    activated = Signal(object)
    hovered = Signal(object)
    message_hovered = Signal(int)
    selected = Signal()

    def __init__(self, surface: TranscriptSurface) -> None:
        super().__init__(surface)
        self._surface = surface
        self._pressed = Target()
        self._is_selecting = False
        self._point = QPointF()
        self._grip = 0.0
        self._target = Target()
        self._double_click = (0, QPoint())

        self._timer = QTimer(self, interval=_AUTO_SCROLL)
        self._timer.timeout.connect(self._on_timeout)

    # -- what is there

    def target_at(self, point: QPointF) -> Target:
        """Return what is at a point of the viewport."""
        surface = self._surface
        index = surface.message_at(point)
        if index is None:
            return Target()
        place = surface.to_column(point)
        layout = surface.conversation.layout(index)
        x, y = place.x(), place.y() - surface.conversation.heights.top(index)
        if layout.reasoning_header and layout.header <= y < layout.header + layout.reasoning_header:
            return Target("reasoning", message=index) if 0 <= x < layout.width else Target()
        tile = layout.attachments.at(x, y - layout.header)
        if tile is not None:
            return Target("attachment", str(tile.number), tile.attachment.name, index)
        for item in layout.places(y, y):
            inside = QPointF(x - item.x, y - item.y)
            if 0 <= inside.y() < item.layout.height:
                return _target_in(item.layout, inside, index)
        return Target()

    # -- events

    def press(self, event: QMouseEvent) -> None:
        """Begin a click, a selection, or dragging a bar."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._point = event.position()
        self._pressed = self.target_at(event.position())
        if self._pressed.kind == "bar":
            self._grip = event.position().x()
            return
        if self._pressed.kind in {"button", "reasoning", "attachment"}:
            return
        position = self._surface.position_at(event.position())
        if position is None:
            return
        selection = self._surface.shown.selection
        self._is_selecting = True
        if self._is_triple(event):
            self._select_unit(position, Unit.BLOCK)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier and selection.anchor:
            selection.origin = (selection.anchor, selection.anchor)
            selection.drag(position, position)
        else:
            selection.clear()
            selection.begin(position, position, Unit.CHARACTER)
        self._surface.selection_changed.emit()
        self._surface.viewport().update()

    def double_click(self, event: QMouseEvent) -> None:
        """Select a word."""
        position = self._surface.position_at(event.position())
        if event.button() != Qt.MouseButton.LeftButton or position is None:
            return
        self._double_click = (event.timestamp(), event.position().toPoint())
        self._is_selecting = True
        self._select_unit(position, Unit.WORD)
        self._surface.selection_changed.emit()
        self._surface.viewport().update()

    def move(self, event: QMouseEvent) -> None:
        """Drag, or show what is under the pointer."""
        self._point = event.position()
        if self._pressed.kind == "bar":
            self._drag_bar(event.position().x())
        elif self._is_selecting and event.buttons() & Qt.MouseButton.LeftButton:
            self._drag_selection()
        else:
            self._hover(event.position())

    def release(self, event: QMouseEvent) -> None:
        """End a click or a selection."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        pressed, self._pressed = self._pressed, Target()
        self._timer.stop()
        if self._is_selecting and not self._surface.shown.selection.is_empty:
            self.selected.emit()
        self._is_selecting = False
        is_click = pressed.kind not in {"", "bar"} and self._surface.shown.selection.is_empty
        if is_click and self.target_at(event.position()) == pressed:
            self.activated.emit(pressed)
        self._hover(event.position())

    def leave(self) -> None:
        """The pointer has left the view."""
        self._set_target(Target())
        self.message_hovered.emit(-1)

    # -- selecting

    def _is_triple(self, event: QMouseEvent) -> bool:
        when, where = self._double_click
        soon = event.timestamp() - when <= QApplication.doubleClickInterval()
        near = (event.position().toPoint() - where).manhattanLength() < 6
        return bool(when) and soon and near

    def _select_unit(self, position: Position, unit: Unit) -> None:
        start, end = self._unit_around(position, unit)
        self._surface.shown.selection.begin(start, end, unit)

    def _unit_around(self, position: Position, unit: Unit) -> tuple[Position, Position]:
        place = self._surface.conversation.place(position)
        if unit is Unit.CHARACTER or place is None:
            return position, position
        kind = QTextCursor.SelectionType.WordUnderCursor
        if unit is Unit.BLOCK:
            kind = QTextCursor.SelectionType.BlockUnderCursor
        start, end = place.layout.unit(position.offset, kind)
        if unit is Unit.BLOCK and place.layout.segment.text[start : start + 1] == "\n":
            start += 1
        return position._replace(offset=start), position._replace(offset=end)

    def _drag_selection(self) -> None:
        surface = self._surface
        height = surface.viewport().height()
        y = self._point.y()
        if 0 <= y < height:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()
        inside = QPointF(self._point.x(), max(0.0, min(height - 1.0, y)))
        position = surface.position_at(inside)
        if position is None:
            return
        selection = surface.shown.selection
        selection.drag(*self._unit_around(position, selection.unit))
        surface.follow_state.let_go()
        surface.sideways.show(position)
        surface.selection_changed.emit()
        surface.viewport().update()

    def _on_timeout(self) -> None:
        """Scroll further while the pointer is held outside of the view: faster the farther."""
        height = self._surface.viewport().height()
        y = self._point.y()
        out = y if y < 0 else y - height + 1 if y >= height else 0
        if not out:
            self._timer.stop()
            return
        self._surface.scroll_pixels(round(out / 2) or (1 if out > 0 else -1))
        self._drag_selection()

    # -- bars and hovering

    def _drag_bar(self, x: float) -> None:
        layout = self._pressed.layout
        if not isinstance(layout, FramedLayout):
            return
        free = layout.view_width - layout.bar_rect().width()
        if free > 0:
            moved = round((x - self._grip) * layout.overflow / free)
            if layout.scroll_to(layout.group.scroll + moved):
                self._surface.viewport().update()
        self._grip = x

    def _hover(self, point: QPointF) -> None:
        index = self._surface.message_at(point)
        self.message_hovered.emit(-1 if index is None else index)
        self._set_target(self.target_at(point))

    def _set_target(self, target: Target) -> None:
        if target == self._target:
            return
        before, self._target = self._target, target
        for item in (before, target):
            if isinstance(item.layout, CodeLayout):
                item.layout.hover = target.value if item is target else ""
                self._surface.viewport().update()
        hand = target.kind in {"link", "picture", "button", "reasoning", "attachment"}
        shape = Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.IBeamCursor
        if target.kind == "bar":
            shape = Qt.CursorShape.ArrowCursor
        self._surface.viewport().setCursor(shape)
        self.hovered.emit(target)


def _target_in(layout: SegmentLayout, inside: QPointF, message: int) -> Target:
    if isinstance(layout, FramedLayout) and layout.bar_rect().adjusted(0, -3, 0, 3).contains(
        inside
    ):
        return Target("bar", message=message, layout=layout)
    if isinstance(layout, CodeLayout):
        name = layout.button_at(inside.x(), inside.y())
        return Target("button", name, message=message, layout=layout) if name else Target()
    form = layout.format_at(inside.x(), inside.y())
    if form is None:
        return Target()
    if form.objectType() == PICTURE_OBJECT:
        return Target("picture", str(form.property(SOURCE_PROPERTY)), "", message, layout)
    if form.isAnchor():
        words = layout.words_at(inside.x(), inside.y())
        return Target("link", form.anchorHref(), words, message, layout)
    return Target()
