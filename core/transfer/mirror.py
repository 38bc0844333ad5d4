"""A folder in which every conversation is a Markdown file as well: for git, Syncthing, Obsidian.

The store is the truth, and the files follow it, never the other way round. What is deleted goes to
the folder `Trash` in there, and stays when the trash of the program is emptied: the files are the
user's own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from core.errors import ChatError, Fault, TransferError
from core.models import MessageState
from core.storage.changes import ChangeKind, Section, StoreChange
from core.storage.store import Store
from core.transfer.mirror_folder import MirrorFolder
from core.transfer.words import Words
from core.transfer.worker import Worker

DELAY = 2.0
"""Seconds from the first change to its file; what changes meanwhile is written with it."""
_ENOUGH_ERRORS = 3
"""One file may have a trouble of its own; so many have it together."""
_AT_ONCE = 500
"""Summaries that a store gives at once."""


class MarkdownMirror:
    """Keeps a folder of Markdown files up to date while it runs.

    An error is told once, by `on_error` on the loop's thread, until something could be written
    again; what was not written is tried again with the next change.
    """

    def __init__(
        self,
        store: Store,
        folder: Path,
        *,
        words: Words | None = None,
        on_error: Callable[[ChatError], None] | None = None,
        delay: float = DELAY,
    ) -> None:
        self._store = store
        self._folder = MirrorFolder(folder, words=words or Words())
        self._on_error = on_error
        self._delay = delay
        self._worker = Worker("mirror")
        self._pending: dict[int, None] = {}
        self._needs_survey = False
        self._has_failed = False
        self._timer: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None
        self._unsubscribe: Callable[[], None] | None = None

    def start(self) -> None:
        """Follow the store from now on, after bringing the folder up to date."""
        if self._unsubscribe is None:
            self._unsubscribe = self._store.subscribe(self._on_store_changed)
            self._needs_survey = True
            self._begin()

    async def settle(self) -> None:
        """Write now what has changed, and return when it is written or has failed."""
        self._cancel_timer()
        if self._task is not None:
            await asyncio.shield(self._task)
        while self._needs_survey or self._pending:
            await asyncio.shield(self._begin())
            if self._has_failed:
                return

    async def close(self) -> None:
        """Write what has changed, and stop following the store."""
        if self._unsubscribe is None:
            return
        self._unsubscribe()
        self._unsubscribe = None
        await self.settle()
        self._worker.close()

    def _on_store_changed(self, change: StoreChange) -> None:
        if change.conversation_id is not None:
            self._pending[change.conversation_id] = None
        elif change.kind is ChangeKind.ALL:
            self._needs_survey = True
        else:
            return
        if self._timer is None and self._task is None:
            self._timer = asyncio.get_running_loop().call_later(self._delay, self._begin)

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _begin(self) -> asyncio.Task[None]:
        self._cancel_timer()
        # A task may be done, and its callback not called yet.
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._run(), name="mirror")
            self._task.add_done_callback(self._on_task_done)
        return self._task

    def _on_task_done(self, task: asyncio.Task[None]) -> None:
        if self._task is not task:
            return
        self._task = None
        changed_meanwhile = self._pending or self._needs_survey
        is_waiting = self._timer is not None or self._unsubscribe is None
        if changed_meanwhile and not self._has_failed and not is_waiting:
            self._timer = asyncio.get_running_loop().call_later(self._delay, self._begin)

    async def _run(self) -> None:
        """Write all that is pending; what fails is left for the next time."""
        try:
            if self._needs_survey:
                await self._survey()
                self._needs_survey = False
            errors = []
            for conversation_id in list(self._pending):
                error = await self._try_update(conversation_id)
                if error is not None:
                    errors.append(error)
                if len(errors) == _ENOUGH_ERRORS:
                    break
            self._tell(errors[0] if errors else None)
        except (OSError, ChatError) as exc:
            self._tell(exc)

    def _tell(self, error: OSError | ChatError | None) -> None:
        is_new = error is not None and not self._has_failed
        self._has_failed = error is not None
        if isinstance(error, OSError):
            message, name = error.strerror or str(error), self._folder.path.name
            error = TransferError(message, fault=Fault.FILE_NOT_WRITTEN, target=name)
        if error is not None and is_new and self._on_error is not None:
            self._on_error(error)

    async def _survey(self) -> None:
        """Find out which files are missing or old, and whose conversation is in the trash.

        A file of a conversation that the store does not know stays: several computers may share
        the folder.
        """
        await self._worker.run(self._folder.scan)
        for section in (Section.ACTIVE, Section.ARCHIVED):
            index = await self._store.index(section=section)
            ids = iter(index.ids)
            while batch := list(islice(ids, _AT_ONCE)):
                for summary in await self._store.summaries(batch):
                    if not self._folder.is_current(
                        summary.id, title=summary.title, updated_at=summary.updated_at
                    ):
                        self._pending[summary.id] = None
        deleted = await self._store.index(section=Section.TRASH)
        for conversation_id in deleted.ids:
            await self._worker.run(self._folder.remove, conversation_id)

    async def _try_update(self, conversation_id: int) -> OSError | ChatError | None:
        """Write the file of one conversation; one that is being written to waits for its end.

        Returns what went wrong; then the conversation is pending again.
        """
        self._pending.pop(conversation_id, None)
        try:
            tree = await self._store.load_tree(conversation_id)
            if tree is None or tree.conversation.deleted_at:
                await self._worker.run(self._folder.remove, conversation_id)
            elif not any(m.state is MessageState.STREAMING for m in tree.messages):
                await self._worker.run(self._folder.write, tree)
        except (OSError, ChatError) as exc:
            self._pending[conversation_id] = None
            return exc
        return None
