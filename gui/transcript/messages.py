"""The messages of a view, in order: taken over at once, however many there are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING, overload

from core.models import Message
from gui.transcript.model import TranscriptMessage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gui.transcript.interface import AuthorOf


class Messages(Sequence[TranscriptMessage]):
    """Makes what the view knows of a message when somebody looks at it, and not before.

    Every message has a number of its own, its `uid`; they rise from the first to the last.
    """

    def __init__(self) -> None:
        self._numbers = count(1)
        self._items: list[Message | TranscriptMessage] = []
        self._uids: list[int] = []
        self._author_of: AuthorOf | None = None
        self._by_id: dict[int, int] | None = {}

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, index: int) -> TranscriptMessage: ...

    @overload
    def __getitem__(self, index: slice) -> list[TranscriptMessage]: ...

    def __getitem__(self, index: int | slice) -> TranscriptMessage | list[TranscriptMessage]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self._items)))]
        item = self._items[index]
        if isinstance(item, Message):
            item = self._items[index] = self._made(item, self._uids[index])
        return item

    def peek(self, index: int) -> Message | TranscriptMessage:
        """Return what there is of a message, without making more of it."""
        return self._items[index]

    def add(self, message: Message, *, author: str = "") -> TranscriptMessage:
        """Add a message at the end."""
        result = self._made(message, next(self._numbers), author=author)
        self._items.append(result)
        self._uids.append(result.uid)
        self._by_id = None
        return result

    def replace_from(
        self, index: int, messages: Iterable[Message], *, author_of: AuthorOf | None
    ) -> None:
        """Let other messages stand in the place of those from `index` on."""
        if author_of is not self._author_of:
            # Those that stay were promised another way to be named.
            for number in range(index):
                _ = self[number]
            self._author_of = author_of
        self._items[index:] = messages
        new = len(self._items) - index
        self._uids[index:] = [next(self._numbers) for _ in range(new)]
        self._by_id = None

    def remove(self, index: int) -> None:
        """Take a message away."""
        del self._items[index], self._uids[index]
        self._by_id = None

    def index_of_uid(self, uid: int) -> int:
        """Return the index of the message with this number, -1 if it is gone."""
        low, high = 0, len(self._uids)
        while low < high:
            middle = (low + high) // 2
            if self._uids[middle] < uid:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self._uids) and self._uids[low] == uid else -1

    def index_of_id(self, message_id: int) -> int | None:
        """Return the index of the message that the store knows by this id."""
        if self._by_id is None:
            ids = [item.id for item in self._items]
            self._by_id = {number: index for index, number in enumerate(ids) if number}
        return self._by_id.get(message_id)

    def _made(self, message: Message, uid: int, *, author: str = "") -> TranscriptMessage:
        if not author and self._author_of is not None:
            author = self._author_of(message)
        result = TranscriptMessage(
            uid,
            message.role,
            message.text,
            author=author,
            model=message.model,
            time=_moment(message.created_at),
            state=message.state,
            message_id=message.id,
            attachments=message.attachments,
        )
        if message.reasoning:
            result.append_reasoning(message.reasoning)
        return result


def _moment(seconds: float) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None
