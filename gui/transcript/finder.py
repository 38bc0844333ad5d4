"""The search of a view: in slices, visiting one match after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from core.models import Role
from gui.transcript.engine import parse
from gui.transcript.find import Find, Match, Query
from gui.transcript.plain_segments import plain_segments
from gui.transcript.position import ANSWER, REASONING, Position

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gui.transcript.model import TranscriptMessage
    from gui.transcript.segments import Segment
    from gui.transcript.view import TranscriptView

SLICE = 0.004
"""Seconds of searching between two turns of the event loop."""
_AGAIN_AFTER = 250
"""Milliseconds after which growing text is searched again."""


class Finder(QObject):
    """Finds all matches of a query, and goes from one to the next.

    Signals:
        found: number of the match that is visited, from 1 (0 for none), how many there are, and
            whether all is searched.
    """

    found = Signal(int, int, bool)

    def __init__(self, view: TranscriptView) -> None:
        super().__init__(view)
        self._view = view
        self._query = Query("")
        self._find: Find | None = None
        self._current: Match | None = None
        self._grown: TranscriptMessage | None = None

        self._timer = QTimer(self, singleShot=True, interval=0)
        self._again = QTimer(self, singleShot=True, interval=_AGAIN_AFTER)
        self._timer.timeout.connect(self._work)
        self._again.timeout.connect(self._on_again_timeout)

    @property
    def is_searching(self) -> bool:
        """Whether messages are left to search."""
        return self._timer.isActive()

    @property
    def count(self) -> int:
        """How many matches are known."""
        return self._find.count if self._find is not None else 0

    @property
    def current(self) -> Match | None:
        """The match that is visited."""
        return self._current

    def marks(self, key: tuple[int, int, int]) -> list[tuple[int, int, bool]]:
        """Return the matches in a segment, and whether each is the one that is visited."""
        if self._find is None:
            return []
        message, part, segment = key
        matches = self._find.matches_in(2 * message + part, segment)
        return [(match.start, match.end, match == self._current) for match in matches]

    # -- searching

    def search(self, query: Query) -> None:
        """Find all matches, and show the first at or below what is seen."""
        self._query = query
        self._current = None
        self._begin(self._view.visible_messages().start)

    def _begin(self, start: int) -> None:
        self._timer.stop()
        self._find = None
        if not self._query.is_empty:
            self._find = Find(
                self._query,
                count=2 * len(self._view.conversation.messages),
                source=self._source,
                segments=self._segments_of,
                start=2 * start,
            )
            self._timer.start()
        self._tell()

    def _source(self, text: int) -> str:
        message = self._view.conversation.messages[text // 2]
        if text % 2 == ANSWER:
            return message.text
        return message.reasoning if message.is_reasoning_shown else ""

    def _segments_of(self, text: int) -> Sequence[Segment]:
        return self.segments(*divmod(text, 2))

    def segments(self, index: int, part: int) -> Sequence[Segment]:
        """Return the segments of a message's part, laid out or not."""
        message = self._view.conversation.messages[index]
        known = self._view.conversation.known(index)
        shown = known.part(part) if known is not None and known.is_parsed else None
        if shown is not None:
            return [layout.segment for layout in shown.layouts]
        if part == REASONING:
            return parse(message.reasoning)
        if message.role is Role.USER:
            return plain_segments(message.text)
        return parse(message.text)

    def _work(self) -> None:
        if self._find is None:
            return
        if not self._find.advance(SLICE):
            self._timer.start()
        if self._current is None:
            place = self._top()
            if self._find.count and (self._find.is_done or self._is_below(place)):
                self._visit(self._find.following(place))
                return
        self._tell()

    def _top(self) -> Match:
        """Return the place in the text that is at the top of the view."""
        view = self._view
        top = view.conversation.hit(0, view.scroller.y)
        if top is None:
            return Match(2 * view.visible_messages().start, 0, 0, 0)
        return Match(2 * top.message + top.part, top.segment, top.offset, 0)

    def _is_below(self, place: Match) -> bool:
        if self._find is None:
            return False
        match = self._find.following(place)
        return match is not None and match > place

    def finish(self) -> None:
        """Search what is left, now."""
        while self._timer.isActive():
            self._timer.stop()
            self._work()

    def clear(self) -> None:
        """Mark nothing any more."""
        self._query = Query("")
        self._current = None
        self._begin(0)

    def repeat(self) -> None:
        """Search again after messages have come or gone at once."""
        if self._find is not None:
            self._current = None
            self._begin(self._view.visible_messages().start)

    def text_added(self, index: int) -> None:
        """A message has grown: search it again, soon."""
        if self._find is not None and not self._again.isActive():
            self._grown = self._view.conversation.messages[index]
            self._again.start()

    def _on_again_timeout(self) -> None:
        index = -1 if self._grown is None else self._view.index_of_message(self._grown)
        if self._find is not None and index >= 0:
            self._find.text_changed(2 * index)
            self._find.text_changed(2 * index + 1)
            self._tell()

    def _tell(self) -> None:
        find = self._find
        number = find.number(self._current) if find is not None and self._current else 0
        self.found.emit(number, self.count, not self.is_searching)
        self._view.viewport().update()

    # -- visiting

    def go_to_next(self) -> None:
        """Show the next match; after the last comes the first."""
        if self._find is not None:
            self._visit(self._find.following(self._current))

    def go_to_previous(self) -> None:
        """Show the match before; before the first comes the last."""
        if self._find is not None:
            self._visit(self._find.preceding(self._current))

    def _visit(self, match: Match | None) -> None:
        if match is None:
            return
        self._current = match
        message, part = divmod(match.text, 2)
        position = Position(message, part, match.segment, match.start)
        self._view.show_position(position, length=match.end - match.start)
        self._tell()
