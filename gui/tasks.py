"""Tasks that belong to an object, so that none is lost and none outlives it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject, Signal

from core.errors import ChatError


class TaskScope(QObject):
    """Holds tasks until they are done, and ends them when it is closed.

    Signals:
        failed: a task ended with this `ChatError`. Any other exception goes to the loop's handler.
    """

    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks: dict[asyncio.Task[Any], Callable[[asyncio.Task[Any]], None] | None] = {}
        self._is_closed = False

    def __len__(self) -> int:
        return len(self._tasks)

    def start(
        self,
        coro: Coroutine[Any, Any, Any],
        *,
        name: str,
        on_done: Callable[[asyncio.Task[Any]], None] | None = None,
    ) -> asyncio.Task[Any]:
        """Run `coro` as a task of this scope.

        `on_done` is called with the task when it is done, also when it was cancelled before its
        first step (its own `finally` is then never reached), and before `failed` is emitted.

        Raises:
            RuntimeError: the scope is closed; `coro` is closed, too.
        """
        if self._is_closed:
            coro.close()
            raise RuntimeError(f"the task {name!r} was started in a closed scope")
        task = asyncio.get_running_loop().create_task(coro, name=name)
        self._tasks[task] = on_done
        task.add_done_callback(self._on_task_done)
        return task

    async def close(self) -> None:
        """Cancel all tasks, and wait until they are done; nothing can be started any more."""
        self._is_closed = True
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    async def finish(self) -> None:
        """Wait until all tasks are done, and those that they start; then as `close`."""
        while self._tasks:
            await asyncio.wait(list(self._tasks))
        self._is_closed = True

    def _on_task_done(self, task: asyncio.Task[Any]) -> None:
        on_done = self._tasks.pop(task)
        # Asking for the exception marks it as seen, whatever `on_done` does.
        error = None if task.cancelled() else task.exception()
        if on_done is not None:
            on_done(task)
        if isinstance(error, ChatError):
            self.failed.emit(error)
        elif error is not None:
            task.get_loop().call_exception_handler(
                {"message": f"the task {task.get_name()!r} failed", "exception": error}
            )
