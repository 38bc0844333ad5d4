from __future__ import annotations

import asyncio
import gc
from typing import Any

import pytest
from helpers.conversation import until

from core.errors import RateLimitError
from gui.tasks import TaskScope


async def test_on_done_is_called_when_a_task_was_cancelled_before_its_first_step() -> None:
    scope = TaskScope()
    steps: list[str] = []
    done: list[asyncio.Task[Any]] = []

    async def work() -> None:
        steps.append("first")

    task = scope.start(work(), name="work", on_done=done.append)
    task.cancel()
    await until(lambda: bool(done))

    assert done == [task]
    assert task.cancelled()
    assert not steps
    assert len(scope) == 0


async def test_a_chat_error_is_reported_by_a_signal_after_on_done() -> None:
    scope = TaskScope()
    order: list[object] = []
    scope.failed.connect(order.append)

    async def work() -> None:
        raise RateLimitError

    scope.start(work(), name="work", on_done=lambda _task: order.append("done"))
    await until(lambda: len(order) == 2)

    assert order[0] == "done"
    assert isinstance(order[1], RateLimitError)


async def test_any_other_error_goes_to_the_handler_of_the_loop() -> None:
    scope = TaskScope()
    contexts: list[dict[str, Any]] = []
    loop = asyncio.get_running_loop()
    before = loop.get_exception_handler()
    loop.set_exception_handler(lambda _loop, context: contexts.append(context))

    async def work() -> None:
        raise ZeroDivisionError

    scope.start(work(), name="work")
    await until(lambda: bool(contexts))
    loop.set_exception_handler(before)

    assert isinstance(contexts[0]["exception"], ZeroDivisionError)
    assert "'work'" in contexts[0]["message"]


async def test_closing_cancels_all_tasks_and_waits_for_their_ends() -> None:
    scope = TaskScope()
    ended: list[int] = []

    async def work(number: int) -> None:
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0.01)
            ended.append(number)

    for number in range(5):
        scope.start(work(number), name="work")
    await asyncio.sleep(0)
    await scope.close()

    assert sorted(ended) == [0, 1, 2, 3, 4]


async def test_a_task_that_nobody_else_holds_is_kept() -> None:
    scope = TaskScope()
    ended: list[bool] = []

    async def work() -> None:
        await asyncio.sleep(0.02)
        ended.append(True)

    scope.start(work(), name="work")
    gc.collect()
    await until(lambda: len(scope) == 0)

    assert ended == [True]


async def test_nothing_can_be_started_in_a_closed_scope() -> None:
    scope = TaskScope()
    await scope.close()

    async def work() -> None:
        raise AssertionError

    with pytest.raises(RuntimeError, match="closed scope"):
        scope.start(work(), name="work")
