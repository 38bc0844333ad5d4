"""Keeps what one line of a text field holds small: Qt lays a line out anew as a whole."""

from __future__ import annotations

LONGEST_LINE = 4_000
"""Characters. A line of 2 million without a space would take Qt minutes."""

LONGEST_QUESTION = 20_000
"""Characters of a question that are drawn."""


def folded(text: str, *, room: int = LONGEST_LINE) -> str:
    """Return `text` with a newline wherever a line would become longer than `LONGEST_LINE`.

    `room` is how much the first line may hold, because it continues one that is there already.
    """
    if len(text) <= room:
        return text
    pieces: list[str] = []
    limit = max(room, 0)
    for line in text.split("\n"):
        rest = line
        while len(rest) > limit:
            cut = rest.rfind(" ", 0, limit) + 1 or limit
            pieces.append(rest[:cut])
            rest = rest[cut:]
            limit = LONGEST_LINE
        pieces.append(rest)
        limit = LONGEST_LINE
    return "\n".join(pieces)
