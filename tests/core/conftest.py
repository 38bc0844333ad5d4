"""Tests of the core run on a plain asyncio loop, without Qt."""

from __future__ import annotations

import asyncio
import gc
import inspect
from typing import Any

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run an `async def` test; whatever it leaves behind fails it.

    That is: a task, an error that only the loop heard of, and an unclosed connection or transport
    (pytest turns their warnings into errors).
    """
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = inspect.signature(pyfuncitem.obj).parameters
    asyncio.run(_run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in names})))
    # What nobody closed warns when it is collected: here, so that this test is the one to fail.
    gc.collect()
    return True


async def _run(test: Any) -> None:
    contexts: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: contexts.append(context))
    await test
    # One turn for what the last statement set in motion: the end of a transport or of a task.
    await asyncio.sleep(0)
    left = asyncio.all_tasks() - {asyncio.current_task()}
    if left:
        await asyncio.wait(left, timeout=1)
    left = {task for task in left if not task.done()}
    assert not left, f"tasks were left running: {left}"
    assert not contexts, f"only the loop heard of this: {contexts}"
