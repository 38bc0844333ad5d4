"""What a row shows of a conversation."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RowLook:
    """All of a row but its colours."""

    title: str
    time: str = ""
    """The text at the right edge."""
    note: str = ""
    """The line below the title."""
    is_pinned: bool = False
    is_streaming: bool = False
