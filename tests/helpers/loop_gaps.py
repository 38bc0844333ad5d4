"""How long an event loop does nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter, process_time

from PySide6.QtCore import QTimer


@dataclass(frozen=True, slots=True)
class Gap:
    """Seconds between two turns of the loop, and those of the processor that went into them."""

    seconds: float
    busy: float

    @property
    def own(self) -> float:
        """What this program is to blame for: other programs may have had the processor."""
        return min(self.seconds, self.busy)


class LoopGaps:
    """A timer that should fire every millisecond, and what it finds."""

    def __init__(self) -> None:
        self.found: list[Gap] = []
        self._last, self._used = perf_counter(), process_time()
        self._timer = QTimer(interval=1)
        self._timer.timeout.connect(self._on_timeout)

    def start(self) -> None:
        """Forget what was found, and begin to look."""
        self.found.clear()
        self._last, self._used = perf_counter(), process_time()
        self._timer.start()

    def stop(self) -> None:
        """Look no more; what goes on now counts as well."""
        self._on_timeout()
        self._timer.stop()

    @property
    def longest(self) -> Gap:
        """The one that this program held the loop up in for longest."""
        return max(self.found, key=_own, default=Gap(0.0, 0.0))

    def _on_timeout(self) -> None:
        now, used = perf_counter(), process_time()
        self.found.append(Gap(now - self._last - 0.001, used - self._used))
        self._last, self._used = now, used


def _own(gap: Gap) -> float:
    return gap.own
