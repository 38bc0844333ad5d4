"""Words that are marked for a moment, to show what somebody was brought here for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from gui.transcript.find import Match, Query
from gui.transcript.position import ANSWER, Position

if TYPE_CHECKING:
    from gui.transcript.model import TranscriptMessage
    from gui.transcript.view import TranscriptView

SHOWN = 2_500
"""Milliseconds for which the words stay marked."""
_MAX_MARKS = 500


class Flash(QObject):
    """Marks words of one message, then forgets them."""

    def __init__(self, view: TranscriptView) -> None:
        super().__init__(view)
        self._view = view
        self._message: TranscriptMessage | None = None
        self._matches: dict[int, list[Match]] = {}
        self.first: Position | None = None
        """Where the first of the marked words is."""

        self._timer = QTimer(self, singleShot=True, interval=SHOWN)
        self._timer.timeout.connect(self.clear)

    def show(self, index: int, words: str) -> Position | None:
        """Mark words in a message: all of them together, else each; return where the first is."""
        self.clear()
        matches = self._found(index, words)
        for word in words.split() if not matches else ():
            matches += self._found(index, word)
        if not matches:
            return None
        self._message = self._view.conversation.messages[index]
        for match in matches[:_MAX_MARKS]:
            self._matches.setdefault(match.segment, []).append(match)
        self._timer.start()
        first = min(matches)
        self.first = Position(index, ANSWER, first.segment, first.start)
        return self.first

    def _found(self, index: int, words: str) -> list[Match]:
        query = Query(words)
        if query.is_empty:
            return []
        return [
            Match(index, number, start, end)
            for number, segment in enumerate(self._view.finder.segments(index, ANSWER))
            for start, end in query.spans(segment.text)
        ]

    def marks(self, key: tuple[int, int, int]) -> list[tuple[int, int, bool]]:
        """Return what is marked in a segment, as `Finder.marks` does."""
        message, part, segment = key
        if self._message is None or part != ANSWER or segment not in self._matches:
            return []
        if self._view.conversation.messages[message] is not self._message:
            return []
        return [(match.start, match.end, True) for match in self._matches[segment]]

    def clear(self) -> None:
        """Mark nothing any more."""
        self._timer.stop()
        self._message = self.first = None
        if self._matches:
            self._matches.clear()
            self._view.viewport().update()
