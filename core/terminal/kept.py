"""The store, as a command opens it, and the ids by which a person names what is in it."""

from __future__ import annotations

import argparse
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from pathlib import Path

from core.errors import ChatError
from core.state import data_folder
from core.storage.store import FILE_NAME, Store
from core.terminal.answer import FAILED, tell
from core.terminal.loop import interruptible_loop
from core.terminal.output import Output, note, one_line

_SHORT = 8
_LONG = 16
"""Digits to the base 16 of a short and of a whole id. The last ones differ most."""


class UnknownIdError(Exception):
    """There is no such conversation, or more than one; it says so in a sentence."""


def with_store(options: argparse.Namespace, work: Callable[[Store, Output], Awaitable[int]]) -> int:
    """Return the exit code of `work`, with the store of the options and with standard output.

    Raises:
        KeyboardInterrupt: Ctrl+C; the store is closed.
    """
    with interruptible_loop() as runner:
        return runner.run(_with_store(options, work))


async def _with_store(
    options: argparse.Namespace, work: Callable[[Store, Output], Awaitable[int]]
) -> int:
    output = Output()
    try:
        async with opened_store(options.data_dir) as store:
            code = await work(store, output)
    except UnknownIdError as exc:
        note(str(exc))
        return FAILED
    except ChatError as exc:
        return tell(exc)
    output.flush()
    return code if output.failure is None else output.failure_code()


@contextlib.asynccontextmanager
async def opened_store(data_dir: Path | None) -> AsyncIterator[Store]:
    """Give the store in that data folder.

    Raises:
        StorageError: it cannot be used.
    """
    store = await Store.open(data_folder(data_dir) / FILE_NAME)
    try:
        yield store
    finally:
        await store.close()


async def short_ids(store: Store, ids: Iterable[int]) -> list[str]:
    """Return what a person can call these conversations; `find_ids` understands it."""
    ends = Counter(_whole(id_)[-_SHORT:] for id_ in await store.tree_ids(with_trash=True))
    whole = map(_whole, ids)
    return [one[-_SHORT:] if ends[one[-_SHORT:]] < 2 else one for one in whole]


async def find_ids(store: Store, texts: Sequence[str]) -> list[int]:
    """Return the conversations that are meant by ids, short, whole, or as the JSON has them.

    Raises:
        UnknownIdError: one of them is not there, or not the only one.
    """
    everything = {id_: _whole(id_) for id_ in await store.tree_ids(with_trash=True)}
    return list(dict.fromkeys(_found(text, everything) for text in texts))


def _found(text: str, everything: dict[int, str]) -> int:
    asked = text.strip().lower()
    if asked.isascii() and asked.isdigit() and len(asked) < 20 and int(asked) in everything:
        return int(asked)
    found = [id_ for id_, whole in everything.items() if asked and whole.endswith(asked)]
    shown = one_line(text)
    if not found:
        raise UnknownIdError(f"No conversation has the id “{shown}”; see beseda history.")
    if len(found) > 1:
        raise UnknownIdError(f"More than one id ends with “{shown}”; give more of it.")
    return found[0]


def _whole(id_: int) -> str:
    return f"{id_:0{_LONG}x}"
