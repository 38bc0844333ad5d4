"""The window's tests: coroutines run on Qt's own loop, and the service is the real demo site."""

from __future__ import annotations

import asyncio
import gc
import inspect
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import qasync
from helpers.conversation import Talk
from PySide6.QtCore import QCoreApplication, QEvent, QTranslator

from core.demo import DemoSite, Scenario
from gui.theme import Appearance

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

TEST_SECONDS = 30


def pytest_collection_finish() -> None:
    """Leave out of every later collection what has been imported: it stays, and it is much."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def garbage_stays_in_this_thread(request: pytest.FixtureRequest) -> Iterator[None]:
    """Collect here alone, as the program does: a Qt object must not die in a worker's thread."""
    gc.disable()
    yield
    if "qapp" in request.fixturenames:
        gc.collect()


@pytest.fixture
def aloop(qapp: QApplication) -> Iterator[qasync.QEventLoop]:
    """Give the loop that the test's coroutine runs on."""
    qapp.setQuitOnLastWindowClosed(False)
    loop = qasync.QEventLoop(qapp)
    asyncio.set_event_loop(loop)
    uncaught: list[dict[str, Any]] = []
    loop.set_exception_handler(lambda _loop, context: uncaught.append(context))
    yield loop
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = asyncio.all_tasks(loop)
    loop.run_until_complete(loop.shutdown_asyncgens())
    loop.close()
    asyncio.set_event_loop(None)
    assert not left, f"tasks are left over: {left}"
    assert not uncaught, f"the loop met errors: {uncaught}"


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run `async def test_…` on the loop."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    loop = pyfuncitem.funcargs["aloop"]
    names = inspect.signature(pyfuncitem.obj).parameters
    arguments = {name: pyfuncitem.funcargs[name] for name in names}
    test = asyncio.wait_for(pyfuncitem.obj(**arguments), TEST_SECONDS)
    loop.run_until_complete(_and_close(test, pyfuncitem.funcargs.get("talk")))
    return True


async def _and_close(test: Awaitable[Any], talk: Talk | None) -> None:
    """Close the window on the run of the loop that the test is on.

    What another thread says between two runs of the loop, qasync may lose.
    """
    try:
        await test
    finally:
        if talk is not None:
            await talk.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give every coroutine its loop, and leave out what the offscreen platform always says."""
    here = Path(__file__).parent
    for item in items:
        if here not in item.path.parents:
            continue
        item.add_marker(pytest.mark.qt_log_ignore("does not support propagateSizeHints"))
        if isinstance(item, pytest.Function) and inspect.iscoroutinefunction(item.obj):
            item.fixturenames.append("aloop")


@pytest.fixture
def run(aloop: qasync.QEventLoop) -> Callable[[Coroutine[Any, Any, Any]], Any]:
    """Run a coroutine to its end, from a fixture."""

    def run_to_end(coro: Coroutine[Any, Any, Any]) -> Any:
        return aloop.run_until_complete(coro)

    return run_to_end


@pytest.fixture
def demo_site(run: Callable[[Coroutine[Any, Any, Any]], Any]) -> Iterator[DemoSite]:
    """Give a demo site that answers as fast as it can."""
    site = DemoSite(scenario=Scenario(speed=0))
    run(site.start())
    yield site
    run(site.close())


@pytest.fixture
def talk(
    qapp: QApplication,
    demo_site: DemoSite,
    tmp_path: Path,
    aloop: qasync.QEventLoop,  # noqa: ARG001 - a window with its parts needs a loop
) -> Iterator[Talk]:
    """Give a whole window that talks to the demo site over HTTP."""
    appearance = Appearance(qapp, choice="light")
    talk = Talk(demo_site.url, folder=tmp_path)
    yield talk
    appearance.deleteLater()


@pytest.fixture
def russian(qapp: QApplication) -> Iterator[None]:
    """Translate into Russian for one test."""
    translator = QTranslator()
    assert translator.load("resources/i18n/beseda_ru.qm")
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)
