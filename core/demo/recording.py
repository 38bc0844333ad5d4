"""What tests see of the requests that reached the site."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from core.demo.sanitise import Turn, readable

Prompt = tuple[Turn, ...]
"""What the model was given: roles and texts, the system prompt first, the question last."""

KEPT_RECORDS = 500
KEPT_SIZE = 32_000_000

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class RecordedRequest:
    """One request as it arrived."""

    method: str
    path: str
    query: Mapping[str, str]
    form: Mapping[str, str]
    headers: Mapping[str, str]
    """Names in any case."""
    hung_up: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the client left before its answer had ended."""
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when nothing more is sent, for whatever reason."""
    too_large: bool = False
    """The body was over PHP's post_max_size, so that no field arrived."""

    @property
    def fields(self) -> dict[str, str]:
        """The form's and the query's fields, as PHP's $_REQUEST joins them."""
        return {**self.query, **self.form}

    @property
    def action(self) -> str:
        """The field that names what is wanted of admin-ajax.php."""
        return self.fields.get("action", "")

    @property
    def text(self) -> str:
        """The question as it was sent."""
        return readable(self.fields.get("message", ""))

    @property
    def size(self) -> int:
        """About how many characters it holds."""
        return sum(len(value) for value in self.fields.values())


class Records(Generic[T]):
    """The latest of something, bounded by number and by size."""

    def __init__(self, size: Callable[[T], int]) -> None:
        self._size = size
        self._total = 0
        self._items: deque[T] = deque()

    def add(self, item: T) -> None:
        """Add the newest; the oldest go when there is too much."""
        self._items.append(item)
        self._total += self._size(item)
        while len(self._items) > KEPT_RECORDS or (self._total > KEPT_SIZE and len(self._items) > 1):
            self._total -= self._size(self._items.popleft())

    def all(self) -> list[T]:
        """Return them, oldest first."""
        return list(self._items)
