"""`beseda chat`: one conversation, line by line, kept as it is held."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
from dataclasses import replace
from pathlib import Path

from core.chat import new_conversation
from core.errors import ChatError, StorageError
from core.models import Conversation, MessageState
from core.sentences import sentence
from core.storage.store import Store
from core.terminal.answer import FAILED, tell
from core.terminal.kept import UnknownIdError, find_ids, opened_store
from core.terminal.loop import interruptible_loop
from core.terminal.options import NEWEST
from core.terminal.output import note
from core.terminal.service import Service
from core.terminal.talk import Talk

UNSAVED_NOTE = "The chat goes on, but is not kept."


def chat(options: argparse.Namespace) -> int:
    """Talk until the user leaves; return the exit code.

    For standard input that is no terminal it is that of the last answer.
    """
    with interruptible_loop() as runner:
        stack = contextlib.AsyncExitStack()
        try:
            return runner.run(_begun(options, stack, runner)).run()
        except UnknownIdError as exc:
            note(str(exc))
            return FAILED
        except ChatError as exc:
            return tell(exc)
        finally:
            runner.run(stack.aclose())


async def _begun(
    options: argparse.Namespace, stack: contextlib.AsyncExitStack, runner: asyncio.Runner
) -> Talk:
    """Return the talk, with all that it needs open; `stack` closes it.

    Raises:
        UnknownIdError: there is no conversation that could go on.
        ChatError: the store cannot be read, or the service is none.
    """
    store = await _store(options, stack)
    old = None if options.resume is None else await _resumed(options.resume, store)
    if old is not None and options.system:
        await store.update(old.id, system_prompt=options.system)
    service = await Service.open(options, conversation=old)
    stack.push_async_callback(service.close)
    conversation = new_conversation() if old is None else old
    if options.system:
        conversation = replace(conversation, system_prompt=options.system)
    return Talk(runner, store, service=service, conversation=conversation, is_resumed=bool(old))


async def _store(options: argparse.Namespace, stack: contextlib.AsyncExitStack) -> Store:
    """Return the store; one that is gone at the end where nothing is kept, or can be."""
    if not options.private:
        try:
            return await _kept_store(options.data_dir, stack)
        except StorageError as exc:
            if options.resume is not None:
                raise
            note(f"{sentence(exc)} {UNSAVED_NOTE}")
    store = await Store.open(None)
    stack.push_async_callback(store.close)
    return store


async def _kept_store(data_dir: Path | None, stack: contextlib.AsyncExitStack) -> Store:
    store = await stack.enter_async_context(opened_store(data_dir))
    backup = asyncio.create_task(_back_up(store), name="backup")

    async def end_backup() -> None:
        backup.cancel()
        await asyncio.wait([backup])

    stack.push_async_callback(end_backup)
    return store


async def _back_up(store: Store) -> None:
    """Make the copy of the day; a short chat may leave that to the next one."""
    try:
        await store.back_up_if_due()
    except StorageError as exc:
        note(sentence(exc))


async def _resumed(resume: str, store: Store) -> Conversation:
    """Return the conversation that is to go on.

    Raises:
        UnknownIdError: there is none.
    """
    id_ = await store.newest_id() if resume == NEWEST else (await find_ids(store, [resume]))[0]
    conversation = None if id_ is None else await store.load(id_)
    if conversation is None:
        raise UnknownIdError("There is no conversation yet that could go on.")
    if conversation.deleted_at:
        raise UnknownIdError("This conversation is in the trash; bring it back in the window.")
    if any(message.state is MessageState.STREAMING for message in conversation.messages):
        raise UnknownIdError("An answer in it is being written elsewhere; wait until it ends.")
    return conversation
