"""The store of the conversations: the only door that others use.

Every function raises `StorageError` when the file cannot be read or written; then nothing of what
it was to write is in the file. What it returns was on the disk before. A task that is cancelled
while it waits does not undo what it asked for. Times are seconds since 1970.
"""

from __future__ import annotations

import asyncio
import time
from array import array
from collections.abc import Callable, Iterable, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from sqlite3 import Connection
from typing import Self, TypeVar, Unpack

from core.models import Conversation, ConversationSummary, ConversationTree, Folder, Message
from core.storage.changes import (
    ALL,
    AnyFolder,
    ChangeKind,
    ConversationChanges,
    ConversationIndex,
    Deletion,
    DeletionKind,
    Section,
    StoreChange,
)
from core.storage.conversations import Conversations
from core.storage.database import Database
from core.storage.exchange import Exchange
from core.storage.folders import Folders
from core.storage.messages import Messages
from core.storage.migrations import MIGRATIONS, Migration
from core.storage.opening import BUSY_TIMEOUT
from core.storage.runs import Run
from core.storage.search import SearchHit, search
from core.storage.search_reader import SearchReader
from core.storage.transfer import Transfer
from core.storage.trash import DAY, Trash, forget_words
from core.storage.values import milliseconds

T = TypeVar("T")
Listener = Callable[[StoreChange], None]

FILE_NAME = "beseda.sqlite3"
"""The name of the file in the data folder."""

_MANY = 100
"""From here on it is cheaper to read everything again than to be told of each."""


class Store:
    """All conversations of a person.

    One store belongs to one loop. Several processes may have the same file open.
    """

    def __init__(self, database: Database, *, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock
        self._run = Run(None)
        self._reader = None if database.path is None else SearchReader(database.path)
        self._listeners: dict[object, Listener] = {}
        self.recovered: tuple[int, ...] = ()
        """The conversations in which a reply was found that a process had left unfinished."""

    @classmethod
    async def open(
        cls,
        path: Path | None,
        *,
        clock: Callable[[], float] = time.time,
        busy_timeout: float = BUSY_TIMEOUT,
        migrations: Sequence[Migration] = MIGRATIONS,
    ) -> Self:
        """Return the store in the file `path`, made where there is none; None: in memory.

        Args:
            path: the file; its folder holds the backups and the locks too.
            clock: gives the seconds since 1970.
            busy_timeout: how many seconds another process is waited for.
            migrations: the steps to the present version.

        Raises:
            StorageError: it cannot be used; it was left as it is.
        """
        database = Database(path, migrations=migrations, busy_timeout=busy_timeout)
        store = cls(database, clock=clock)
        async with AsyncExitStack() as stack:
            stack.push_async_callback(store.close)
            await database.open()
            await store._recover()
            stack.pop_all()
        return store

    async def close(self) -> None:
        """Finish what was begun and close the file; once is enough, twice does no harm."""
        try:
            if self._reader is not None:
                await self._reader.close()
        finally:
            try:
                await self._database.close()
            finally:
                self._run.close()

    async def back_up_if_due(self) -> Path | None:
        """Make the backup of this day where there is none yet; other work does not wait for it."""
        return await self._database.back_up(now=self._clock())

    def subscribe(self, callback: Listener) -> Callable[[], None]:
        """Call `callback` on the loop's thread after each change; call the result to stop it."""
        key = object()
        self._listeners[key] = callback

        def stop() -> None:
            self._listeners.pop(key, None)

        return stop

    # What is said.

    async def save_exchange(self, conversation: Conversation, messages: Sequence[Message]) -> None:
        """Save what is to be asked, and the empty reply to it, before anything is sent.

        Adds the conversation when it is not there, and those messages that are not. The last of
        them becomes the leaf, unless the conversation names another of them. The draft is gone.
        """
        now = self._now()

        def save(connection: Connection) -> bool:
            return self._exchange(connection, now).save(conversation, messages)

        def changes(is_new: bool) -> Iterable[StoreChange]:  # noqa: FBT001 - a result
            added = ChangeKind.CONVERSATION_ADDED if is_new else ChangeKind.CONVERSATION_CHANGED
            yield StoreChange(added, conversation.id)
            yield StoreChange(ChangeKind.MESSAGES_CHANGED, conversation.id)

        await self._change(save, changes)

    async def checkpoint(self, message_id: int, *, text: str = "", reasoning: str = "") -> None:
        """Keep more of a streaming message; nothing where it is gone or has ended."""

        def keep(connection: Connection) -> None:
            self._exchange(connection).checkpoint(message_id, text=text, reasoning=reasoning)

        await self._database.run(keep)

    async def end_message(self, message: Message) -> None:
        """Save what a message has become in the end: all but its place."""
        now = self._now()
        await self._change(
            lambda connection: self._exchange(connection, now).end(message), _messages_changed
        )

    async def discard_message(self, message_id: int) -> None:
        """Remove a reply that stayed empty, for good; one with text stays."""
        await self._change(
            lambda connection: self._exchange(connection).discard(message_id), _messages_changed
        )

    async def reopen_message(self, message_id: int) -> None:
        """Let a message be streaming again: what is checkpointed is added to its text."""
        await self._change(
            lambda connection: self._exchange(connection).reopen(message_id), _messages_changed
        )

    async def load(self, conversation_id: int) -> Conversation | None:
        """Return a conversation with the branch that is shown, None where there is none."""
        return await self._database.read(lambda db: Exchange(db).load(conversation_id))

    async def choose_version(self, conversation_id: int, message_id: int) -> Conversation:
        """Show the branch with this message and its newest continuation."""
        return await self._change(
            lambda connection: Exchange(connection).choose(conversation_id, message_id),
            lambda _: [StoreChange(ChangeKind.MESSAGES_CHANGED, conversation_id)],
        )

    # The lists.

    async def update(self, conversation_id: int, **changes: Unpack[ConversationChanges]) -> bool:
        """Change what a conversation is called and how it is asked; whether it is there.

        It does not count as something said: `updated_at` stays.

        Raises:
            TypeError: a name that cannot be changed.
        """
        return await self._change(
            lambda connection: Conversations(connection).update(conversation_id, changes),
            lambda _: [StoreChange(ChangeKind.CONVERSATION_CHANGED, conversation_id)],
        )

    async def index(
        self, *, section: Section = Section.ACTIVE, folder_id: int | AnyFolder | None = ALL
    ) -> ConversationIndex:
        """Return the order of a list; `folder_id` None: of what is in no folder."""
        return await self._database.read(
            lambda connection: Conversations(connection).index(section, folder_id)
        )

    async def summaries(self, ids: Sequence[int]) -> list[ConversationSummary]:
        """Return what a list shows of up to 500 conversations, in this order.

        What is not there is left out.
        """
        return await self._database.read(lambda db: Conversations(db).summaries(ids))

    async def newest_id(self) -> int | None:
        """Return the conversation of the list in which something was last said."""
        return await self._database.read(lambda connection: Conversations(connection).newest_id())

    async def folders(self) -> list[Folder]:
        """Return the folders by their names."""
        return await self._database.read(lambda connection: Folders(connection).all())

    async def add_folder(self, name: str) -> Folder:
        """Make a folder."""
        return await self._change(
            lambda connection: Folders(connection).add(name), _folders_changed
        )

    async def rename_folder(self, folder_id: int, name: str) -> None:
        """Give a folder another name."""
        await self._change(
            lambda connection: Folders(connection).rename(folder_id, name), _folders_changed
        )

    async def search(self, text: str, *, limit: int = 50) -> list[SearchHit]:
        """Return up to `limit` titles and messages with the words of `text`, the best first.

        Raises:
            asyncio.CancelledError: a later search has taken its place.
        """
        if self._reader is not None:
            return await self._reader.search(text, limit=limit)
        return await self._database.read(search, text, limit=limit)

    # The trash.

    async def delete_conversations(self, ids: Iterable[int]) -> Deletion:
        """Put conversations into the trash."""
        listed = tuple(ids)
        return await self._delete(lambda trash: trash.delete_conversations(listed))

    async def delete_folder(self, folder_id: int, *, with_conversations: bool) -> Deletion:
        """Put a folder into the trash; its conversations go with it, or stand in none."""
        return await self._delete(
            lambda trash: trash.delete_folder(folder_id, with_conversations=with_conversations)
        )

    async def clear(self) -> Deletion:
        """Put all conversations into the trash."""
        return await self._delete(Trash.clear)

    async def delete_message(self, message_id: int) -> Deletion:
        """Put one message into the trash: its turn is not shown, what follows it is."""
        now = self._now()

        def delete(connection: Connection) -> tuple[Deletion, int | None]:
            deletion = Trash(connection, now=now).delete_message(message_id)
            return deletion, Messages(connection).conversation_of(message_id)

        deletion, _ = await self._change(delete, lambda result: _messages_changed(result[1]))
        return deletion

    async def restore(self, deletion: Deletion) -> None:
        """Undo a deletion, as far as it is still in the trash."""
        await self._restore(lambda trash: trash.restore(deletion))

    async def restore_conversation(self, conversation_id: int) -> None:
        """Bring a conversation back from the trash, with its folder."""
        await self._restore(lambda trash: trash.restore_conversations([conversation_id]))

    async def restore_message(self, message_id: int) -> None:
        """Bring a message back from the trash, and show it."""
        await self._restore(lambda trash: trash.restore_message(message_id))

    async def deleted_messages(self) -> list[tuple[int, Message]]:
        """Return (conversation, message) of messages that were deleted by themselves."""
        return await self._database.read(lambda connection: Messages(connection).deleted())

    async def purge(self, *, older_than_days: float = 30) -> None:
        """Remove for good what has lain in the trash for so many days."""
        age = round(older_than_days * DAY)
        await self._restore(lambda trash: trash.purge(older_than=age))

    async def purge_conversations(self, ids: Iterable[int]) -> None:
        """Remove these conversations for good, as far as they are in the trash."""
        listed = tuple(ids)
        await self._restore(lambda trash: trash.purge_conversations(listed))
        await self._forget_words()

    async def empty_trash(self) -> None:
        """Remove for good all that is in the trash; backups keep it as long as they last."""
        await self._restore(Trash.empty)
        await self._forget_words()

    async def _forget_words(self) -> None:
        # In small steps, so that what is being said is kept meanwhile.
        is_first = True
        while await self._database.run(forget_words, is_first=is_first):
            is_first = False
        await self._database.truncate_log()

    # Whole conversations.

    async def load_tree(
        self, conversation_id: int, *, with_trash: bool = False
    ) -> ConversationTree | None:
        """Return a conversation with all branches; messages in the trash only `with_trash`."""
        return await self._database.read(
            lambda connection: Transfer(connection).load(conversation_id, with_trash=with_trash)
        )

    async def tree_ids(self, *, with_trash: bool = False) -> array[int]:
        """Return the ids of all conversations, the oldest first."""
        return await self._database.read(
            lambda connection: Conversations(connection).ids(with_trash=with_trash)
        )

    async def insert_trees(self, trees: Iterable[ConversationTree]) -> list[int]:
        """Add conversations, all or none; the ids of those that were not there.

        One whose id is taken by something else gets new ids. `trees` is walked through on the
        store's thread; what it raises undoes everything and is raised here.
        """
        now = self._now()
        return await self._change(
            lambda connection: Transfer(connection, now=now).insert(trees),
            lambda ids: [StoreChange(ChangeKind.ALL)] if ids else [],
        )

    def _now(self) -> int:
        return milliseconds(self._clock())

    def _exchange(self, connection: Connection, now: int = 0) -> Exchange:
        return Exchange(connection, writer=self._run.token, now=now)

    async def _recover(self) -> None:
        now, path = self._now(), self._database.path

        def recover(connection: Connection) -> list[int]:
            self._run = Run(None if path is None else path.parent / "runs")
            return self._exchange(connection, now).recover(self._run)

        self.recovered = tuple(await self._database.run(recover))

    async def _change(
        self, work: Callable[[Connection], T], changes: Callable[[T], Iterable[StoreChange]]
    ) -> T:
        return await self._database.commit(work, done=lambda result: self._tell(changes(result)))

    async def _delete(self, work: Callable[[Trash], Deletion]) -> Deletion:
        now = self._now()
        return await self._change(lambda connection: work(Trash(connection, now=now)), _removed)

    async def _restore(self, work: Callable[[Trash], None]) -> None:
        now = self._now()
        await self._change(
            lambda connection: work(Trash(connection, now=now)),
            lambda _: [StoreChange(ChangeKind.ALL)],
        )

    def _tell(self, changes: Iterable[StoreChange]) -> None:
        # By the loop, one by one: an error in one listener is the loop's to report.
        loop = asyncio.get_running_loop()
        for change in changes:
            for key in self._listeners:
                loop.call_soon(self._tell_one, key, change)

    def _tell_one(self, key: object, change: StoreChange) -> None:
        listener = self._listeners.get(key)
        if listener is not None:
            listener(change)


def _messages_changed(conversation_id: int | None) -> Iterable[StoreChange]:
    if conversation_id is not None:
        yield StoreChange(ChangeKind.CONVERSATION_CHANGED, conversation_id)
        yield StoreChange(ChangeKind.MESSAGES_CHANGED, conversation_id)


def _folders_changed(_result: object) -> Iterable[StoreChange]:
    yield StoreChange(ChangeKind.FOLDERS_CHANGED)


def _removed(deletion: Deletion) -> Iterable[StoreChange]:
    if deletion.what is DeletionKind.FOLDER:
        yield StoreChange(ChangeKind.FOLDERS_CHANGED)
    if deletion.what is DeletionKind.CLEAR or len(deletion.ids) > _MANY:
        yield StoreChange(ChangeKind.ALL)
        return
    for conversation_id in deletion.ids:
        yield StoreChange(ChangeKind.CONVERSATION_REMOVED, conversation_id)
