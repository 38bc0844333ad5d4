"""Keeps what is known of conversations, and says what to ask for next."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Iterable, Iterator

from core.models import ConversationSummary

PAGE = 100
"""Conversations that are asked for at once."""
_MOST = 4_000
_MOST_WANTED = 4
"""Pages; who scrolls past more than these no longer wants the first of them."""


class SummaryCache:
    """Summaries by id; the ones that were not used for longest are forgotten first."""

    def __init__(self) -> None:
        self._known: OrderedDict[int, ConversationSummary] = OrderedDict()
        self._missing: set[int] = set()
        self._wanted: OrderedDict[int, None] = OrderedDict()

    def __iter__(self) -> Iterator[ConversationSummary]:
        return iter(self._known.values())

    def get(self, conversation_id: int) -> ConversationSummary | None:
        """Return what is known."""
        summary = self._known.get(conversation_id)
        if summary is not None:
            self._known.move_to_end(conversation_id)
        return summary

    def peek(self, conversation_id: int) -> ConversationSummary | None:
        """Return what is known; that does not count as a use."""
        return self._known.get(conversation_id)

    def add(self, summaries: Iterable[ConversationSummary]) -> None:
        """Keep what has come."""
        for summary in summaries:
            self._known[summary.id] = summary
            self._known.move_to_end(summary.id)
            self._missing.discard(summary.id)
        while len(self._known) > _MOST:
            self._known.popitem(last=False)

    def forget(self, conversation_id: int) -> None:
        """Let one go."""
        self._known.pop(conversation_id, None)

    def give_up(self, ids: Iterable[int]) -> None:
        """Note that there is nothing to be had of these."""
        self._missing.update(ids)

    def clear(self) -> None:
        """Forget everything."""
        self._known.clear()
        self._missing.clear()
        self._wanted.clear()

    def want(self, place: int) -> None:
        """Note that the conversation at `place` is being looked at."""
        page = place // PAGE
        self._wanted[page] = None
        self._wanted.move_to_end(page)
        while len(self._wanted) > _MOST_WANTED:
            self._wanted.popitem(last=False)

    def next_wanted(self, ids: array[int]) -> list[int]:
        """Return the ids to ask for next: the newest wish first; empty when there is none."""
        while self._wanted:
            page, _ = self._wanted.popitem()
            around = ids[page * PAGE : (page + 1) * PAGE]
            lacking = [one for one in around if one not in self._known]
            lacking = [one for one in lacking if one not in self._missing]
            if lacking:
                return lacking
        return []
