"""Makes this process the one program of its data folder, or finds that another one is."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile

from core.instance import Place, hand_over, place
from core.instance_messages import InstanceError, Wish

if TYPE_CHECKING:
    from pathlib import Path

_PAUSE = 20
"""Milliseconds between two looks at a program that is just starting or ending."""
PATIENCE = 15.0
"""Seconds after which a program that holds the lock and does not listen is given up."""


class InstanceClaim:
    """The right to be the one that listens; it ends with the process, however that ends.

    Whoever has it may remove what a dead program has left behind: nobody else is about to listen.
    """

    def __init__(self, found: Place | None = None, lock: QLockFile | None = None) -> None:
        self.place = found
        """Where to listen; None where another program does, or where nobody can."""
        self._lock = lock

    def release(self) -> None:
        """Let another program have it."""
        self.place = None
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None


def claim_instance(
    wish: Wish, data_dir: str | Path | None = None, *, patience: float = PATIENCE
) -> InstanceClaim | None:
    """Return the claim of this process; None once the program that has it was told `wish`.

    Two that start at the same instant find here that one of them was first; the other waits until
    that one listens. Where it never does, this process goes on beside it, with a claim of nothing.
    """
    try:
        found = place(data_dir, make=True)
    except OSError:
        found = None
    if found is None:
        _warn("there is no private folder to listen in")
        return InstanceClaim()
    lock = QLockFile(str(found.lock))
    # Not by its age: only the lock of a process that has ended is broken.
    lock.setStaleLockTime(0)
    deadline = time.monotonic() + patience
    while not lock.tryLock(0):
        if lock.error() is not QLockFile.LockError.LockFailedError:
            _warn("the lock of the running program cannot be made: %s", lock.error().name)
            return InstanceClaim()
        if time.monotonic() > deadline:
            _warn("a program holds the lock and does not listen")
            return InstanceClaim()
        if _is_told(wish, data_dir):
            return None
        time.sleep(_PAUSE / 1000)
    return InstanceClaim(found, lock)


def _is_told(wish: Wish, data_dir: str | Path | None) -> bool:
    try:
        return hand_over(wish, data_dir)
    except InstanceError:
        return False  # once more, until the patience ends


def _warn(message: str, *values: object) -> None:
    import logging  # noqa: PLC0415 - hardly ever needed, and not before the first frame

    logging.getLogger(__name__).warning(message, *values)
