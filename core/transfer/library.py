"""Export and import of the store: the only place where the formats and the store meet."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from itertools import count
from pathlib import Path

from core.errors import Fault, TransferError
from core.models import ConversationTree
from core.storage.store import Store
from core.storage.transfer import says_the_same
from core.transfer.containers import SizeLimits
from core.transfer.reading import Reading, read_file
from core.transfer.report import ExportReport, ImportReport, Progress
from core.transfer.tree_building import with_other_ids
from core.transfer.words import Words
from core.transfer.worker import Worker
from core.transfer.writing import ExportFormat, Target, target_at

_THOUSAND = 1000
_READ = 800
"""Of a thousand parts of an import, how many the reading of the file is."""
_TURNS = 4
"""Of the loop, within which a task hears that it was cancelled."""
_PATIENCE = 1.0
"""Seconds that another thread waits for one turn of the loop."""


async def export_all(
    store: Store,
    target: Path,
    *,
    format: ExportFormat,  # noqa: A002 - the word that whoever calls it uses too
    ids: Sequence[int] | None = None,
    words: Words | None = None,
    progress: Progress | None = None,
) -> ExportReport:
    """Write conversations to `target`: a folder, a ZIP, or one file.

    Without `ids` these are all that are not in the trash. One file, by its suffix, holds one
    conversation, or any number as JSON; JSON also holds messages that are in the trash. Cancelled,
    or after an error, what was written is removed and what was there is as it was. `progress`
    counts conversations.

    Raises:
        TransferError: it cannot be written.
        StorageError: the store cannot be read.
    """
    chosen = list(await store.tree_ids() if ids is None else ids)
    with_trash = format is ExportFormat.JSON
    written = 0
    sink = target_at(target, form=format, count=len(chosen), words=words or Words())
    try:
        async with _finishing(sink) as worker:
            for number, conversation_id in enumerate(chosen, 1):
                tree = await store.load_tree(conversation_id, with_trash=with_trash)
                if tree is not None:
                    await worker.run(sink.add, tree)
                    written += 1
                if progress is not None:
                    progress(number, len(chosen))
    except OSError as exc:
        raise TransferError(
            exc.strerror or str(exc), fault=Fault.FILE_NOT_WRITTEN, target=target.name
        ) from exc
    return ExportReport(written, tuple(sink.files))


@contextlib.asynccontextmanager
async def _finishing(sink: Target) -> AsyncIterator[Worker]:
    """Give a thread for the target, which is finished at the end, or abandoned after an error."""
    async with contextlib.AsyncExitStack() as stack:
        worker = Worker("export")
        stack.callback(worker.close)
        async with contextlib.AsyncExitStack() as undoing:
            undoing.push_async_callback(_abandon, sink, worker)
            yield worker
            await worker.run(sink.finish)
            undoing.pop_all()


async def _abandon(sink: Target, worker: Worker) -> None:
    # After what the thread is still at; shielded, for a task may be cancelled twice.
    await asyncio.shield(worker.run(sink.abandon))


async def import_file(
    store: Store,
    path: Path,
    *,
    progress: Progress | None = None,
    limits: SizeLimits | None = None,
) -> ImportReport:
    """Read a file of any known form, and add its conversations to the store, all or none.

    What is there already, with everything that the file holds of it, is not added again; what is
    there with less is added beside it. Cancelling changes nothing, unless it comes when the store
    has all conversations and is about to end. `progress` counts thousandths.

    Raises:
        TransferError: the file is damaged, too large, or of no known form; nothing was changed.
        StorageError: the store cannot be read or written; nothing was changed.
    """
    cancelled = threading.Event()
    tell = _from_any_thread(progress)
    try:
        reading = await _read(path, limits=limits, tell=tell, cancelled=cancelled)
        trees, known = await _new_ones(store, reading.trees)
        loop = asyncio.get_running_loop()
        handed_over = _handed_over(trees, loop, tell=tell, cancelled=cancelled)
        inserted = await _to_its_end(store.insert_trees(handed_over), cancelled=cancelled)
    except asyncio.CancelledError:
        cancelled.set()
        raise
    if progress is not None:
        progress(_THOUSAND, _THOUSAND)
    return ImportReport(
        sources=frozenset(reading.sources),
        ids=tuple(inserted),
        messages=sum(len(tree.messages) for tree in trees),
        duplicates=known,
        skipped=tuple(reading.skipped),
    )


async def _read(
    path: Path,
    *,
    limits: SizeLimits | None,
    tell: Callable[[int], None],
    cancelled: threading.Event,
) -> Reading:
    """Read the file in a thread, which a cancelled task does not wait for."""

    def told(done: int, of: int) -> None:
        tell(done * _READ // of)

    def read() -> Reading:
        return read_file(path, limits=limits, progress=told, is_cancelled=cancelled.is_set)

    return await asyncio.to_thread(read)


async def _new_ones(
    store: Store, trees: Sequence[ConversationTree]
) -> tuple[list[ConversationTree], int]:
    """Return what is to be added, under ids that are free, and how many are there already."""
    chosen: dict[int, ConversationTree] = {}
    known = 0
    for tree in trees:
        for number in count():
            candidate = with_other_ids(tree, number=number) if number else tree
            conversation_id = candidate.conversation.id
            there = chosen.get(conversation_id)
            there = there or await store.load_tree(conversation_id, with_trash=True)
            if there is None:
                chosen[conversation_id] = candidate
                break
            if says_the_same(there, candidate):
                if there.conversation.deleted_at:
                    chosen[conversation_id] = candidate  # the store takes it out of the trash
                else:
                    known += 1
                break
    return list(chosen.values()), known


class _CancelledError(Exception):
    """Undoes what the store has begun to add."""


async def _to_its_end(
    inserting: Coroutine[None, None, list[int]], *, cancelled: threading.Event
) -> list[int]:
    """Wait for the store also when cancelled: it undoes what it has begun, and says so here."""
    task = asyncio.ensure_future(inserting)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        cancelled.set()
        task.add_done_callback(_take_note)  # also when this is cancelled once more
        await asyncio.wait([task])
        raise


def _take_note(task: asyncio.Future[list[int]]) -> None:
    """Ask for the error that undid everything, so that the loop does not report it."""
    if not task.cancelled():
        task.exception()


def _handed_over(
    trees: Sequence[ConversationTree],
    loop: asyncio.AbstractEventLoop,
    *,
    tell: Callable[[int], None],
    cancelled: threading.Event,
) -> Iterator[ConversationTree]:
    """Yield the trees, on the store's thread, which goes on only when the loop has caught up."""
    for number, tree in enumerate(trees):
        if cancelled.is_set():
            raise _CancelledError
        yield tree
        tell(_READ + (_THOUSAND - _READ) * number // len(trees))
    _let_catch_up(loop)
    if cancelled.is_set():
        raise _CancelledError


def _let_catch_up(loop: asyncio.AbstractEventLoop) -> None:
    """Wait, on another thread, until the loop has done what it knows of: it may be cancelling."""
    for _ in range(_TURNS):
        has_had_turn = threading.Event()
        try:
            loop.call_soon_threadsafe(has_had_turn.set)
        except RuntimeError:  # it is closed: nobody is left who could cancel
            return
        # Not for ever: it may be waiting for this thread, to close the store.
        if not has_had_turn.wait(_PATIENCE):
            return


def _from_any_thread(progress: Progress | None) -> Callable[[int], None]:
    """Return what tells thousandths on the loop's thread, each number once."""
    loop = asyncio.get_running_loop()
    last = -1

    def tell(done: int) -> None:
        nonlocal last
        if progress is not None and done > last:
            last = done
            # The loop may be closed by now: the thread of a cancelled task is not waited for.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(progress, done, _THOUSAND)

    return tell
