"""Ids that sort by the time at which they were made, and never meet."""

from __future__ import annotations

import os
import threading
import time

_EPOCH = 1_577_836_800
"""The first second of 2020, UTC."""
_RANDOM_BITS = 22
_TIME_BITS = 41
"""Milliseconds; enough until 2089. With the random bits it fits SQLite's signed 64 bits."""
_MOST = (1 << (_TIME_BITS + _RANDOM_BITS)) - 1


class _Ids:
    """What one process has given out: each id is larger than the one before."""

    def __init__(self) -> None:
        self._last = 0
        self._lock = threading.Lock()

    def next(self) -> int:
        milliseconds = int((time.time() - _EPOCH) * 1000) & ((1 << _TIME_BITS) - 1)
        by_time = (milliseconds << _RANDOM_BITS) | int.from_bytes(os.urandom(3)) >> 2
        with self._lock:
            self._last = max(by_time, self._last % _MOST + 1)
            return self._last


_ids = _Ids()


def new_id() -> int:
    """Return a positive number below 2**63 that nobody else has; safe from any thread.

    Of two made by different processes in the same millisecond, one in four million pairs is alike.
    """
    return _ids.next()
