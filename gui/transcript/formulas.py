"""Mathematics: TeX to drawings, made one after the other in a thread of their own.

The engine that draws is behind one function, `typeset`, so that it can be changed alone.
"""

from __future__ import annotations

import ctypes
import logging
import threading
import warnings
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

logger = logging.getLogger(__name__)

MAX_TEX = 1_000
"""Characters of a formula; a longer one stays source."""
MAX_SECONDS = 2.0
"""Time for one formula; one that takes longer stays source."""
MAX_SIZE = 20_000.0
"""Width and height of a drawing, in pixels."""
_LOOK_EVERY = 20
"""Milliseconds between two looks at what the thread has drawn."""
_MAX_KEPT = 2_000
_MAX_SVG = 2_000_000


@dataclass(frozen=True, slots=True)
class Formula:
    """A drawn formula, in pixels of the size that it was asked for."""

    svg: bytes
    width: float
    height: float
    depth: float
    """How far it reaches below the baseline."""


@dataclass(frozen=True, slots=True)
class FormulaKey:
    """What a drawing depends on."""

    tex: str
    large: bool
    size: float
    """Of the surrounding text, in pixels."""
    colour: str


class FormulaTooSlowError(BaseException):
    """Raised inside the drawing thread when a formula takes too long.

    Not an `Exception`, so that no handler inside the engine can swallow it.
    """


def typeset(key: FormulaKey) -> Formula | None:
    """Draw a formula; None when it comes out useless. Takes about 30 ms.

    Raises whatever the engine raises for TeX that it does not understand.
    """
    # Takes 0.3 s, and many conversations have no formula.
    # It finds its font in a way that Python has replaced; that is nothing for the user's eyes.
    warnings.filterwarnings("ignore", category=DeprecationWarning, module="ziamath")
    from ziamath.config import config  # noqa: PLC0415
    from ziamath.zmath import Latex  # noqa: PLC0415

    config.svg2 = False  # QtSvg does not know symbols of SVG 2
    drawn = Latex(key.tex, size=key.size, inline=not key.large, color=key.colour, margin=1.0)
    width, height = drawn.getsize()
    svg = drawn.svg().encode()
    if not (0 < width < MAX_SIZE and 0 < height < MAX_SIZE) or len(svg) > _MAX_SVG:
        return None
    return Formula(svg, width + 2, height + 2, 1 - float(drawn.getyofst()))


def _within_time(key: FormulaKey) -> Formula | None:
    """Draw in this thread, which another one interrupts when the time is over.

    A thread cannot be ended from outside, but Python can raise an exception in it between two of
    its steps; the lock sees to it that this never happens outside of the `try`.
    """
    lock = threading.Lock()
    running = True

    def interrupt(thread: int) -> None:
        with lock:
            if running:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(
                    ctypes.c_ulong(thread), ctypes.py_object(FormulaTooSlowError)
                )

    timer = threading.Timer(MAX_SECONDS, interrupt, (threading.get_ident(),))
    timer.daemon = True
    timer.start()
    try:
        try:
            return typeset(key)
        finally:
            timer.cancel()
            with lock:
                running = False
    except FormulaTooSlowError:
        logger.debug("a formula of %d characters took too long", len(key.tex))
        return None


class FormulaCache(QObject):
    """Formulas by what they depend on; draws the missing ones in the background.

    The drawing thread knows nothing of this object, which may be gone before it has finished.

    Signals:
        drawn: formulas are ready that were not; look them up again.
    """

    drawn = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: OrderedDict[FormulaKey, Formula | None] = OrderedDict()
        self._waiting: dict[FormulaKey, Future[Formula | None]] = {}
        self._executor: ThreadPoolExecutor | None = None

        self._timer = QTimer(self, interval=_LOOK_EVERY)
        self._timer.timeout.connect(self._collect)

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
        if self._executor is None:
            self._executor = ThreadPoolExecutor(1, thread_name_prefix="formulas")
        self._waiting[key] = self._executor.submit(_within_time, key)
        self._timer.start()

    def _collect(self) -> None:
        """Take what the thread has drawn since the last look."""
        done = [key for key, future in self._waiting.items() if future.done()]
        formulas = [self._keep(key, _result_of(self._waiting.pop(key))) for key in done]
        if not self._waiting:
            self._timer.stop()
        if any(formulas):
            self.drawn.emit()

    def _keep(self, key: FormulaKey, formula: Formula | None) -> bool:
        self._known[key] = formula
        while len(self._known) > _MAX_KEPT:
            self._known.popitem(last=False)
        return formula is not None


def _result_of(future: Future[Formula | None]) -> Formula | None:
    error = future.exception()
    if error is not None:
        logger.debug("a formula is not drawn: %s", type(error).__name__)
        return None
    return future.result()
