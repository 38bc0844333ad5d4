"""What Beseda relies on in PySide6 itself."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, QTimer, Signal

CALLS = 200


class _Emitter(QObject):
    happened = Signal()
    told = Signal(str, bool)


def _references_lost(call: Callable[[], object], to: object) -> int:
    """Return how many references to an object are fewer after many calls."""
    call()
    before = sys.getrefcount(to)
    for _ in range(CALLS):
        call()
    return before - sys.getrefcount(to)


@pytest.mark.parametrize("singleton", [None, True, False])
def test_void_calls_and_emits_lose_no_reference(singleton: bool | None) -> None:
    # PySide6 6.12 on Python 3.11 loses one at each call, and the process aborts before long.
    emitter, timer = _Emitter(), QTimer()
    calls: list[Callable[[], object]] = [
        lambda: emitter.setObjectName("name"),
        lambda: emitter.blockSignals(False),
        lambda: timer.setSingleShot(True),
        emitter.happened.emit,
        lambda: emitter.told.emit("text", True),
    ]
    for call in calls:
        assert abs(_references_lost(call, singleton)) < CALLS // 4
