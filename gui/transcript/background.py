"""Work between frames, in slices: parsing, colours of code, heights, what is next to the screen."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QTimer

from gui.transcript.code_block import CodeLayout
from gui.transcript.highlight import Highlighter
from gui.transcript.segments import CodeSegment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gui.transcript.message_layout import MessageLayout, Place
    from gui.transcript.segment_layout import SegmentLayout
    from gui.transcript.style import TranscriptStyle
    from gui.transcript.surface import TranscriptSurface

SLICE = 0.004
"""Seconds of one slice."""
_PACE = 80
"""Milliseconds between two turns of colouring a block that still grows: every turn looks back."""
_TIDY_AFTER = 400
"""Milliseconds without work after which far documents are given back."""
_FORMULAS_TOGETHER = 50
"""Milliseconds in which formulas that become ready are shown together."""


class Background(QObject):
    """Does what can wait, nearest to the screen first, never longer than a slice at once."""

    def __init__(self, surface: TranscriptSurface) -> None:
        super().__init__(surface)
        self._surface = surface
        self._highlighter = Highlighter(surface.look)

        self._timer = QTimer(self, singleShot=True, interval=0)
        self._tidy = QTimer(self, singleShot=True, interval=_TIDY_AFTER)
        self._pace = QTimer(self, singleShot=True, interval=_PACE)
        self._may_feed = False
        self._formulas = QTimer(self, singleShot=True, interval=_FORMULAS_TOGETHER)

        self._timer.timeout.connect(self._work)
        self._tidy.timeout.connect(self.tidy)
        self._pace.timeout.connect(self._on_pace_timeout)
        self._formulas.timeout.connect(self._on_formulas_timeout)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is left to do but tidying up."""
        return not self._timer.isActive()

    def wake(self) -> None:
        """Something may be to do."""
        if not self._timer.isActive():
            self._timer.start()

    def finish(self) -> None:
        """Do all that is to do now; for tests and pictures."""
        self._may_feed = True
        self.wake()
        while self._timer.isActive():
            self._timer.stop()
            self._work()

    def formulas_drawn(self) -> None:
        """Formulas have become ready; more may follow at once."""
        if not self._formulas.isActive():
            self._formulas.start()

    def _work(self) -> None:
        end = perf_counter() + SLICE
        surface = self._surface
        if surface.conversation.is_waiting:
            surface.refresh()
            self._timer.start()
            return
        if self._colour(end) or self._estimate() or self._prefetch():
            self._timer.start()
        else:
            self._tidy.start()

    def _colour(self, end: float) -> bool:
        """Colour visible code; return whether some is left."""
        highlighter = self.highlighter(self._surface.look)
        for layout, place in self._visible_places():
            if not isinstance(place.layout, CodeLayout) or place.layout.document is None:
                continue
            shown = layout.part(place.part)
            if shown is None:
                continue
            pieces = shown.group_of(place.segment)
            if not _is_closed(pieces) and not self._may_feed:
                self._start_pace()
                continue
            if self._colour_block(highlighter, pieces, place.layout, end):
                self._repaint(layout, place)
                return True
        if self._may_feed:
            self._may_feed = False
        return False

    def _colour_block(
        self,
        highlighter: Highlighter,
        pieces: list[SegmentLayout],
        layout: CodeLayout,
        end: float,
    ) -> bool:
        """Colour for a slice; return whether anything was done."""
        done = False
        while highlighter.colour(pieces, layout):
            done = True
            if perf_counter() > end:
                break
        return done

    def _repaint(self, layout: MessageLayout, place: Place) -> None:
        surface = self._surface
        index = surface.index_of_message(layout.message)
        top = surface.conversation.heights.top(index) - surface.scroller.y + round(place.y)
        area = QRect(0, top, surface.viewport().width(), place.layout.height)
        surface.viewport().update(area)

    def _start_pace(self) -> None:
        if not self._pace.isActive():
            self._pace.start()

    def _on_pace_timeout(self) -> None:
        self._may_feed = True
        self.wake()

    def highlighter(self, style: TranscriptStyle) -> Highlighter:
        """Return what puts colours on code in this style."""
        if self._highlighter.style is not style:
            self._highlighter = Highlighter(style)
        return self._highlighter

    def _visible_places(self) -> Iterator[tuple[MessageLayout, Place]]:
        surface = self._surface
        height = surface.viewport().height()
        for index in surface.visible_messages():
            layout = surface.conversation.known(index)
            if layout is None:
                continue
            top = surface.scroller.y - surface.conversation.heights.top(index)
            for place in layout.places(top, top + height):
                yield layout, place

    def _estimate(self) -> bool:
        """Guess some heights for a new width; return whether some are left."""
        conversation = self._surface.conversation
        if not conversation.has_stale_estimates:
            return False
        conversation.refresh_estimates()
        self._surface.settle_quietly()
        return True

    def _prefetch(self) -> bool:
        """Lay out a little of what is above and below the screen; return whether some is left."""
        surface = self._surface
        y, height = surface.scroller.y, surface.viewport().height()
        for top, bottom in ((y + height, y + 2 * height), (y - height, y)):
            if surface.conversation.prepare_between(top, bottom):
                surface.settle_quietly()
                return True
        return False

    def tidy(self) -> None:
        """Give back what is far from the screen."""
        surface = self._surface
        height = surface.viewport().height()
        surface.conversation.release(
            surface.scroller.y - 3 * height, surface.scroller.y + 4 * height
        )

    def objects_changed(self) -> None:
        """Formulas and pictures have other sizes now: lay out again what holds some."""
        self._lay_out_objects(formulas_only=False)

    def _on_formulas_timeout(self) -> None:
        self._lay_out_objects(formulas_only=True)

    def _lay_out_objects(self, *, formulas_only: bool) -> None:
        for layout in self._surface.conversation.layouts():
            for _part, shown in layout.parts:
                for segment in shown.layouts:
                    segment.objects_changed(formulas_only=formulas_only)
        self._surface.refresh()


def _is_closed(pieces: list[SegmentLayout]) -> bool:
    last = pieces[-1].segment
    return last.closed or (isinstance(last, CodeSegment) and last.complete)
