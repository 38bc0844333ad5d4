"""Collects garbage in the window's own thread, and nowhere else.

Python collects cycles in whichever thread happens to allocate. A Qt object that dies in a worker
thread stops its timers and tells its children from there, which ends the process sooner or later.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

_INTERVAL = 500
"""Milliseconds from the first sign of work to a look at what it left behind."""


class GarbageCollector(QObject):
    """Takes over from Python's own collector until it is closed.

    It looks only after somebody called `wake`, so that an idle window stays idle.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # What is there after the start stays there: looking through it again would take longest.
        gc.collect()
        gc.freeze()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_INTERVAL)
        self._timer.timeout.connect(self._on_timer_timeout)

    @Slot()
    def wake(self) -> None:
        """Look soon; harmless as often as one likes."""
        if not self._timer.isActive():
            self._timer.start()

    def close(self) -> None:
        """Give back to Python what is Python's."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    @Slot()
    def _on_timer_timeout(self) -> None:
        """Collect the oldest generation that is due, as Python itself would."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > thresholds[generation] > 0:
                gc.collect(generation)
                return
