from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject

from gui.garbage import GarbageCollector

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def collector() -> Iterator[GarbageCollector]:
    was_enabled = gc.isenabled()
    collector = GarbageCollector()
    yield collector
    collector.close()
    if not was_enabled:
        gc.disable()


def cycle() -> weakref.ref[QObject]:
    """Make an object that only a collection can free."""
    thing = QObject()
    thing.setProperty("self", [thing])
    holder = [thing]
    thing.holder = holder  # type: ignore[attr-defined]  # Python lets it have one
    return weakref.ref(thing)


def allocate() -> None:
    _ = [[number] for number in range(100_000)]


@pytest.mark.usefixtures("collector")
def test_no_other_thread_frees_what_the_window_made() -> None:
    assert not gc.isenabled()
    thing = cycle()
    thread = threading.Thread(target=allocate)
    thread.start()
    thread.join()
    assert thing() is not None


def test_what_is_left_behind_is_freed_after_work(collector: GarbageCollector, qtbot: QtBot) -> None:
    gc.collect()
    thing = cycle()
    kept = [[number] for number in range(2_000)]
    collector.wake()
    qtbot.waitUntil(lambda: thing() is None)
    assert len(kept) == 2_000


def test_python_collects_again_once_the_window_is_gone(collector: GarbageCollector) -> None:
    collector.close()
    assert gc.isenabled()
