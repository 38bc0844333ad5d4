"""Blocking work beside the window's own, for objects that know no loop."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

_LOOK_EVERY = 20
"""Milliseconds between two looks at what the thread has done."""


class ThreadWork(QObject):
    """Does one piece after the other in a thread; each has a number.

    Signals:
        done: the piece of this number is done; with its `Future`, which holds what came of it.
    """

    done = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor: ThreadPoolExecutor | None = None
        self._pieces: dict[int, Future[Any]] = {}
        self._count = 0

        # Looked at from here: a signal from another thread would need an owner there.
        self._timer = QTimer(self, interval=_LOOK_EVERY)
        self._timer.timeout.connect(self._collect)

    def start(self, work: Callable[[], object]) -> int:
        """Begin a piece of work; return its number."""
        if self._executor is None:
            self._executor = ThreadPoolExecutor(1, thread_name_prefix="attachments")
        self._count += 1
        self._pieces[self._count] = self._executor.submit(work)
        self._timer.start()
        return self._count

    def forget(self, number: int) -> None:
        """Say nothing of this piece any more; what has not begun never does."""
        piece = self._pieces.pop(number, None)
        if piece is not None:
            piece.cancel()

    def _collect(self) -> None:
        for number in [number for number, piece in self._pieces.items() if piece.done()]:
            piece = self._pieces.pop(number, None)
            # Whoever heard of the one before may want this one no more.
            if piece is not None:
                self.done.emit(number, piece)
        if not self._pieces:
            self._timer.stop()
