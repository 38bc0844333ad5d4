"""Brings an answer to the disk: before it is asked for, while it comes, and when it has ended."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import StorageError
from core.events import ReasoningDelta, TextDelta
from core.models import Conversation, Message

if TYPE_CHECKING:
    from core.storage.changes import ConversationChanges
    from core.storage.store import Store

OpenStore = Callable[[], Awaitable["Store | None"]]
"""Gives the store once it is open; None where nothing is kept. May raise StorageError."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How often the disk is written to."""

    checkpoint_seconds: float = 1.0
    """What has arrived is on its way to the disk after this time …"""
    checkpoint_bytes: int = 4_096
    """… or as soon as it is this much."""
    retry_seconds: float = 5.0
    """How long after the disk refused something it is tried again."""


@dataclass(frozen=True, slots=True)
class _End:
    """What there is to keep when the answer is over."""

    conversation: Conversation
    message: Message | None
    """None: the answer stayed empty."""
    is_former: bool
    """Whether the conversation is again what it was before an answer that stayed empty."""


class ReplyKeeper:
    """Keeps one question with its answer, step by step, on tasks that nobody cancels.

    What the disk refuses is told once. It stays here and is tried again: after some seconds, when
    the answer ends, before the next question is kept, and by `settled`.
    """

    def __init__(
        self,
        conversation: Conversation,
        *,
        open_store: OpenStore,
        on_unsaved: Callable[[StorageError], None],
        continues: bool,
        after: ReplyKeeper | None = None,
        pace: Pace | None = None,
    ) -> None:
        self._conversation = conversation
        self._open_store = open_store
        self._on_unsaved = on_unsaved
        self._continues = continues
        self._after = after
        self._pace = pace or Pace()
        self._was_titled = bool(conversation.title)

        self._pieces: list[TextDelta | ReasoningDelta] = []
        self._size = 0
        # A message of white space alone is not kept: nothing of it may be on the disk, either.
        self._has_words = continues
        self._author: Message | None = None
        """The answer under the name of who writes it now, until the disk has it."""
        self._end: _End | None = None
        self._has_begun = False
        self._is_refused = False
        self._is_told = False
        self._has_given_up = False
        self._kept = asyncio.Event()
        self._step = asyncio.Lock()
        self._timer: asyncio.TimerHandle | None = None
        self._writing: asyncio.Task[None] | None = None

    @property
    def is_unsaved(self) -> bool:
        """Whether the disk refused something, and has not taken it since."""
        return self._is_refused

    async def begin(self) -> None:
        """Wait until the question and its empty answer are on the disk, or are refused by it."""
        await asyncio.shield(self._write_now())

    def note(self, piece: TextDelta | ReasoningDelta) -> None:
        """Take more of the answer."""
        self._pieces.append(piece)
        self._has_words = self._has_words or not piece.text.isspace()
        self._size += len(piece.text.encode(errors="surrogatepass"))
        self._plan()

    def note_author(self, message: Message) -> None:
        """Take who writes the answer, of which nothing has come yet, in another's place."""
        self._author = message
        self._write_now()

    def end(
        self, conversation: Conversation, message: Message | None, *, is_former: bool = False
    ) -> None:
        """Keep what the answer has become: None when it stayed empty; see `_End`."""
        self._end = _End(conversation, message, is_former)
        self._write_now()

    async def settled(self) -> None:
        """Wait until the end is on the disk; what was refused is tried once more."""
        if self._end is None or self._kept.is_set():
            return
        if self._writing is None:
            self._write_now()
        while self._writing is not None:
            await asyncio.wait([self._writing])

    async def kept(self) -> None:
        """Wait until the end is on the disk, however long that takes."""
        await self._kept.wait()

    def give_up(self) -> None:
        """Try nothing any more by itself: the program ends."""
        self._has_given_up = True
        self._stop_timer()

    async def bring(self, store: Store) -> None:
        """Bring to the disk what is not there yet.

        Raises:
            StorageError: the disk refused some of it.
        """
        async with self._step:
            if self._after is not None:
                await self._after.bring(store)
                self._after = None
            if self._kept.is_set():
                return
            if self._end is None:
                await self._begin(store)
                await self._change_author(store)
                await self._checkpoint(store)
            else:
                await self._finish(store, self._end)
                self._be_kept()
            self._is_refused = False

    def _write_now(self) -> asyncio.Task[None]:
        """Return the task that writes; one begun before looks again when it is done."""
        if self._writing is None:
            self._stop_timer()
            self._writing = asyncio.get_running_loop().create_task(self._write(), name="keep reply")
        return self._writing

    async def _write(self) -> None:
        try:
            store = await self._open_store()
            if store is not None:
                await self.bring(store)
            else:
                self._forget()
        except StorageError as exc:
            self._refuse(exc)
        finally:
            self._writing = None
            self._plan()

    def _plan(self) -> None:
        """See to it that what is left is written in time."""
        if self._writing is not None or self._has_given_up or self._kept.is_set():
            return
        if self._is_refused:
            self._start_timer(self._pace.retry_seconds)
        elif self._end is not None or self._author is not None:
            self._write_now()
        elif self._has_words and self._pieces:
            if self._size >= self._pace.checkpoint_bytes:
                self._write_now()
            else:
                self._start_timer(self._pace.checkpoint_seconds)

    def _start_timer(self, seconds: float) -> None:
        if self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(seconds, self._on_timer)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _on_timer(self) -> None:
        self._timer = None
        self._write_now()

    def _refuse(self, error: StorageError) -> None:
        self._is_refused = True
        if not self._is_told:
            self._is_told = True
            self._on_unsaved(error)

    def _forget(self) -> None:
        """Drop what nobody wants to be kept."""
        self._after = None
        self._pieces, self._size = [], 0
        self._author = None
        if self._end is not None:
            self._be_kept()

    def _be_kept(self) -> None:
        self._pieces, self._size = [], 0
        self._stop_timer()
        self._kept.set()

    async def _begin(self, store: Store) -> None:
        if self._has_begun:
            return
        if self._continues:
            await store.reopen_message(self._conversation.messages[-1].id)
        else:
            await store.save_exchange(self._conversation, self._conversation.messages[-2:])
        self._has_begun = True

    async def _change_author(self, store: Store) -> None:
        if self._author is not None:
            author = self._author
            await store.end_message(author)  # which it has not, as its state tells
            self._author = None if self._author is author else self._author

    async def _checkpoint(self, store: Store) -> None:
        if not self._has_words or not self._pieces:
            return
        pieces, size = self._pieces, self._size
        self._pieces, self._size = [], 0
        try:
            await store.checkpoint(
                self._conversation.messages[-1].id,
                text="".join(p.text for p in pieces if isinstance(p, TextDelta)),
                reasoning="".join(p.text for p in pieces if isinstance(p, ReasoningDelta)),
            )
        except StorageError:
            # What comes later must not stand on the disk without this.
            self._pieces, self._size = pieces + self._pieces, size + self._size
            raise

    async def _finish(self, store: Store, end: _End) -> None:
        if self._has_begun or self._continues:
            if end.message is not None:
                await store.end_message(end.message)
            else:
                await self._discard(store, end)
        elif not end.is_former:
            await store.save_exchange(end.conversation, end.conversation.messages[-2:])
            self._has_begun = True
        await store.update(end.conversation.id, **await self._changes(store, end.conversation))

    async def _discard(self, store: Store, end: _End) -> None:
        await store.discard_message(self._conversation.messages[-1].id)
        if not end.is_former:
            return
        shown = end.conversation.messages[-1].id
        tree = await store.load_tree(end.conversation.id)
        if tree is not None and any(message.id == shown for message in tree.messages):
            await store.choose_version(end.conversation.id, shown)

    async def _changes(self, store: Store, conversation: Conversation) -> ConversationChanges:
        """Return what the conversation's row may not have yet; never a title over another."""
        changes: ConversationChanges = {
            "profile": conversation.profile,
            "model": conversation.model,
        }
        if conversation.title and not self._was_titled:
            summaries = await store.summaries([conversation.id])
            if summaries and not summaries[0].title:
                changes["title"] = conversation.title
        return changes
