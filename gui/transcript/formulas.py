"""Formulas that are drawn in the background, one after the other, and kept."""

from __future__ import annotations

import queue
import threading
import weakref
from collections import OrderedDict
from typing import TypeAlias

from PySide6.QtCore import QObject, QTimer, Signal

from gui.transcript.formula_process import MAX_SECONDS, FormulaProcess
from gui.transcript.typesetting import Formula, FormulaKey, typeset

__all__ = ["MAX_SECONDS", "MAX_TEX", "Formula", "FormulaCache", "FormulaKey", "typeset"]

MAX_TEX = 1_000
"""Characters of a formula; a longer one stays source."""
_LOOK_EVERY = 20
"""Milliseconds between two looks at what has been drawn."""
_IDLE = 60_000
"""Milliseconds without a formula after which the process that draws them is ended."""
_MAX_KEPT = 2_000

_Asked: TypeAlias = "queue.SimpleQueue[FormulaKey | None]"
_Drawn: TypeAlias = "queue.SimpleQueue[tuple[FormulaKey, Formula | None]]"


class FormulaCache(QObject):
    """Formulas by what they depend on; has the missing ones drawn.

    The thread that waits for them knows nothing of this object, which may be gone before.

    Signals:
        drawn: formulas are ready that were not; look them up again.
    """

    drawn = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: OrderedDict[FormulaKey, Formula | None] = OrderedDict()
        self._waiting: set[FormulaKey] = set()
        self._asked: _Asked = queue.SimpleQueue()
        self._drawn: _Drawn = queue.SimpleQueue()
        self._process = FormulaProcess()
        self._has_thread = False
        weakref.finalize(self, _close, self._process, self._asked)

        self._timer = QTimer(self, interval=_LOOK_EVERY)
        self._idle = QTimer(self, singleShot=True, interval=_IDLE)
        self._timer.timeout.connect(self._collect)
        self._idle.timeout.connect(self._on_idle_timeout)

    @property
    def busy(self) -> bool:
        """Whether formulas are being drawn."""
        return bool(self._waiting)

    def get(self, key: FormulaKey) -> Formula | None:
        """Return a drawing if there is one; otherwise see to it that there will be."""
        if key in self._known:
            self._known.move_to_end(key)
            return self._known[key]
        if key not in self._waiting:
            self._order(key)
        return None

    def _order(self, key: FormulaKey) -> None:
        if len(key.tex) > MAX_TEX:
            self._keep(key, None)
            return
        if not self._has_thread:
            self._has_thread = True
            # It only waits, and nobody waits for it when the program ends.
            arguments = (self._process, self._asked, self._drawn)
            threading.Thread(target=_draw_all, args=arguments, name="formulas", daemon=True).start()
        self._waiting.add(key)
        self._asked.put(key)
        self._idle.stop()
        self._timer.start()

    def _collect(self) -> None:
        """Take what has been drawn since the last look."""
        has_new = False
        while not self._drawn.empty():
            key, formula = self._drawn.get()
            self._waiting.discard(key)
            has_new = self._keep(key, formula) or has_new
        if not self._waiting:
            self._timer.stop()
            self._idle.start()
        if has_new:
            self.drawn.emit()

    def _on_idle_timeout(self) -> None:
        self._process.rest()

    def _keep(self, key: FormulaKey, formula: Formula | None) -> bool:
        self._known[key] = formula
        while len(self._known) > _MAX_KEPT:
            self._known.popitem(last=False)
        return formula is not None


def _draw_all(process: FormulaProcess, asked: _Asked, drawn: _Drawn) -> None:
    while (key := asked.get()) is not None:
        drawn.put((key, process.draw(key)))


def _close(process: FormulaProcess, asked: _Asked) -> None:
    asked.put(None)
    process.close()
