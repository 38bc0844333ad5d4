"""A thread that does blocking work, one piece after the other, for a loop that must not wait."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


class Worker:
    """One thread. What was handed to it is done, even when nobody waits for it any more."""

    def __init__(self, name: str) -> None:
        self._executor = ThreadPoolExecutor(1, thread_name_prefix=name)

    async def call(self, work: Callable[[], T], *, done: Callable[[T], object] | None = None) -> T:
        """Return what `work()` returns, or raise what it raises.

        `done` is called with the result on the loop's thread, before the caller goes on, and also
        when the caller was cancelled. Where a cancelled caller cannot be told of an error, the
        loop's handler is.

        Raises:
            RuntimeError: the worker was closed.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()

        def tell(task: Future[T]) -> None:
            error = task.exception()
            if error is None:
                _tell(loop, _succeed, future, task.result(), done)
            else:
                _tell(loop, _fail, loop, future, error)

        self._executor.submit(work).add_done_callback(tell)
        return await future

    def close(self) -> None:
        """Finish what was handed over, and end the thread. Blocks until then."""
        self._executor.shutdown()


def _tell(loop: asyncio.AbstractEventLoop, callback: Callable[..., object], *values: Any) -> None:
    # A loop that was closed meanwhile has nobody left who could be told.
    with contextlib.suppress(RuntimeError):
        loop.call_soon_threadsafe(callback, *values)


def _succeed(future: asyncio.Future[T], result: T, done: Callable[[T], object] | None) -> None:
    if done is not None:
        done(result)
    if not future.cancelled():
        future.set_result(result)


def _fail(loop: asyncio.AbstractEventLoop, future: asyncio.Future[T], error: BaseException) -> None:
    if not future.cancelled():
        future.set_exception(error)
        return
    message = "What a cancelled task had begun to save could not be saved"
    loop.call_exception_handler({"message": message, "exception": error})
