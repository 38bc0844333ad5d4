"""Text that has arrived, handed on at most once a frame."""

from __future__ import annotations

from time import perf_counter, thread_time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

FRAME = 0.012
"""Seconds between two turns at least. Less than a frame of the screen: who brings text once a frame
would otherwise find the turn just over, and wait for the next one, every time."""
_RESTS = 1.0
"""After a turn, at least so many times its cost is left to others."""
_BATCH = 4_000
"""Characters of one kind handed on in one step; a flood comes in several."""
_BUDGET = 0.008
"""Seconds of one turn, after which the rest waits for the next."""


class Pump(QObject):
    """Collects text and reasoning; its timer runs only while there is any.

    `take(reasoning, text)` is called at most once a frame; a flood is cut into steps, and a turn
    that takes long makes the next one wait.
    """

    def __init__(self, take: Callable[[str, str], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._take = take
        self._text: list[str] = []
        self._reasoning: list[str] = []
        self._next = 0.0
        """When the next turn may begin; counted from the begin of the last, or turns would fall
        behind whoever brings text once a frame."""

        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timeout)

    @property
    def is_idle(self) -> bool:
        """Whether nothing waits."""
        return not self._text and not self._reasoning

    def push_text(self, text: str) -> None:
        """Add text; it is handed on within a frame."""
        self._text.append(text)
        self._schedule()

    def push_reasoning(self, text: str) -> None:
        """Add reasoning; it is handed on within a frame."""
        self._reasoning.append(text)
        self._schedule()

    def flush(self) -> None:
        """Hand on everything now."""
        self._timer.stop()
        while not self.is_idle:
            self._step(1 << 60)
        self._next = perf_counter() + FRAME

    def clear(self) -> None:
        """Forget what waits."""
        self._timer.stop()
        self._text.clear()
        self._reasoning.clear()

    def _schedule(self) -> None:
        if self._timer.isActive():
            return
        wait = self._next - perf_counter()
        self._timer.start(max(0, int(wait * 1000)))

    def _step(self, limit: int) -> None:
        reasoning, text = "".join(self._reasoning), "".join(self._text)
        self._reasoning = [reasoning[limit:]] if len(reasoning) > limit else []
        self._text = [text[limit:]] if len(text) > limit else []
        self._take(reasoning[:limit], text[:limit])

    def _on_timeout(self) -> None:
        now, began = perf_counter(), thread_time()
        while not self.is_idle:
            self._step(_BATCH)
            if thread_time() - began > _BUDGET:
                break
        rest = (thread_time() - began) * _RESTS
        self._next = max(now + FRAME, perf_counter() + rest)
        if not self.is_idle:
            self._schedule()
