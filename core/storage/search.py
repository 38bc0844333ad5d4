"""Finding conversations by the words in them.

What is found: titles and texts of messages that have every word of the search (or a longer word
that begins with it), in any order, all in one title or all in one message. That goes for all
versions of a message, and for archived conversations; what is in the trash, what is still being
written, and what a model thought before its answer is not found. Which letters are alike says
`core.storage.folding`, what else can be typed `core.storage.search_terms`.

Order: titles before messages; in each, those with the complete words before those with longer
words (so that `кот` is not buried under a year of `который`), and of these the newest first. The
newest are those that came into the store last; among those of one answer it goes by their time.

What is not found: the inside of a word, so also what stands in the middle of a text without
spaces, such as Chinese, Japanese or Thai: it is one word for the index, found by how it begins (an
index of every three letters was left out: it would be larger than the texts). Other forms of a word
(`кошки` for `кошка`; the common beginning finds both). Signs, such as emoji and the end of `C++`.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from core.models import Role
from core.storage.search_terms import SearchQuery
from core.storage.snippet import snippet_of
from core.storage.values import seconds

_TITLES: Final = """
    SELECT conversation.id, conversation.id, NULL, conversation.title, NULL,
        conversation.title, conversation.created_at
    FROM title_search AS found CROSS JOIN conversation ON conversation.id = found.rowid
    WHERE title_search MATCH ?1 AND found.rowid NOT IN (SELECT value FROM json_each(?2))
    ORDER BY found.rowid DESC LIMIT ?3
"""
_MESSAGES: Final = """
    SELECT entry.number, message.conversation_id, message.id, conversation.title, role,
        message.text, message.created_at
    FROM message_search AS found
    CROSS JOIN message_entry AS entry ON entry.number = found.rowid
    CROSS JOIN conversation ON conversation.id = entry.conversation_id
    CROSS JOIN message ON message.id = entry.message_id
    WHERE message_search MATCH ?1 AND found.rowid NOT IN (SELECT value FROM json_each(?2))
    AND conversation.deleted_at = 0
    ORDER BY found.rowid DESC LIMIT ?3
"""
_SHARE_OF_TITLES: Final = 4
"""Titles take at most one of so many places, unless messages leave more of them free."""

_Row: TypeAlias = tuple[int, int, int | None, str, str | None, str, int]
"""The row of the index, conversation, message, title, role, text and time."""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A title or a message in which all was found."""

    conversation_id: int
    message_id: int | None
    """None for a title."""
    title: str
    role: Role | None
    """None for a title."""
    snippet: str
    """One line: about 160 characters of the title or the text, around what was found."""
    marks: tuple[tuple[int, int], ...]
    """(start, end) in `snippet` of the words that were found, counted in characters of Python,
    not in the UTF-16 of Qt."""
    created_at: float
    """Seconds since 1970: of the message, or of the conversation for a title."""


def search(connection: sqlite3.Connection, text: str, *, limit: int = 50) -> list[SearchHit]:
    """Return up to `limit` hits, the best first; none for a text without letters and digits."""
    query = SearchQuery.of(text)
    if query is None or limit < 1:
        return []
    titles = _found(connection, _TITLES, query, limit=limit)
    kept = min(len(titles), max(limit // _SHARE_OF_TITLES, 1))
    messages = _found(connection, _MESSAGES, query, limit=limit - kept)
    pattern = query.pattern()
    rows = [*titles[: limit - len(messages)], *messages]
    return [_hit(row, pattern=pattern) for row in rows]


def _found(
    connection: sqlite3.Connection, statement: str, query: SearchQuery, *, limit: int
) -> list[_Row]:
    """Return rows with the complete words and, where there is room, those with longer ones."""
    complete = query.expression(with_prefixes=False)
    longer = query.expression(with_prefixes=True)
    rows = _page(connection, statement, complete, without=(), limit=limit)
    if longer != complete and len(rows) < limit:
        known = [row[0] for row in rows]
        rows += _page(connection, statement, longer, without=known, limit=limit - len(rows))
    return rows


def _page(
    connection: sqlite3.Connection,
    statement: str,
    expression: str,
    *,
    without: Sequence[int],
    limit: int,
) -> list[_Row]:
    rows: list[_Row] = connection.execute(
        statement, (expression, json.dumps(without), limit)
    ).fetchall()
    return sorted(rows, key=_time, reverse=True)


def _time(row: _Row) -> int:
    return row[-1]


def _hit(row: _Row, *, pattern: re.Pattern[str]) -> SearchHit:
    _, conversation_id, message_id, title, role, text, created_at = row
    snippet = snippet_of(text, pattern)
    return SearchHit(
        conversation_id,
        message_id,
        title,
        None if role is None else Role(role),
        snippet.text,
        snippet.marks,
        seconds(created_at),
    )
