"""Scrolling of blocks that are wider than the column: code, tables, formulas."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, TypeAlias

from gui.transcript.formula_layout import FormulaLayout
from gui.transcript.framed_layout import FramedLayout

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint, QPointF

    from gui.transcript.position import Position
    from gui.transcript.surface import TranscriptSurface

WideLayout: TypeAlias = FramedLayout | FormulaLayout
"""What may be wider than the column."""
_STEP = 8
"""By so many characters a key scrolls."""


class Sideways:
    """Finds the block that is meant, by the pointer or by the keyboard, and scrolls it."""

    def __init__(self, surface: TranscriptSurface) -> None:
        self._surface = surface

    def block_at(self, point: QPoint | QPointF) -> WideLayout | None:
        """Return the code block, table or formula at a point of the viewport."""
        surface = self._surface
        index = surface.message_at(point)
        if index is None:
            return None
        inside = surface.to_column(point).y() - surface.conversation.heights.top(index)
        for item in surface.conversation.layout(index).places(inside, inside):
            layout = item.layout
            if not isinstance(layout, (FramedLayout, FormulaLayout)):
                continue
            if item.y <= inside < item.y + layout.height:
                return layout
        return None

    def block_in_view(self) -> WideLayout | None:
        """Return the wide block nearest to the middle of the view.

        If the keyboard has gone to a message that is seen, one in there.
        """
        surface = self._surface
        visible = surface.visible_messages()
        if surface.shown.current is not None and surface.shown.current in visible:
            visible = range(surface.shown.current, surface.shown.current + 1)
        high = surface.viewport().height()
        found: list[tuple[float, WideLayout]] = []
        for index in visible:
            start = surface.conversation.heights.top(index) - surface.scroller.y
            for item in surface.conversation.layout(index).places(-start, high - start):
                layout, y = item.layout, start + item.y
                if isinstance(layout, (FramedLayout, FormulaLayout)) and layout.overflow:
                    distance = max(y - high / 2, high / 2 - y - layout.height, 0.0)
                    found.append((distance, layout))
        return min(found, key=itemgetter(0))[1] if found else None

    def scroll(self, block: WideLayout | None, pixels: int) -> None:
        """Scroll a block."""
        if block is not None and block.scroll_to(block.group.scroll + pixels):
            self._surface.viewport().update()

    def step(self, direction: int) -> None:
        """Scroll the block in view by some characters to the left (-1) or right (1)."""
        step = round(_STEP * self._surface.kit.formats.character_width)
        self.scroll(self.block_in_view(), direction * step)

    def show(self, position: Position, *, length: int = 0) -> None:
        """Scroll the block that a position is in until it is seen.

        Of the characters that follow, `length` are shown as far as there is room.
        """
        place = self._surface.conversation.place(position)
        if place is None or not isinstance(place.layout, FramedLayout):
            return
        moved = place.layout.show_across(position.offset + length)
        if place.layout.show_across(position.offset) or moved:
            self._surface.viewport().update()
