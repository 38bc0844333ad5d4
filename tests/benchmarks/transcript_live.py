"""The transcript live under qasync: gaps of the event loop, and how late text is painted.

2,000 deltas a second for some seconds, as a service sends them. Prints, and judges nothing but the
99th percentile of the lateness: two frames.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from pathlib import Path
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

import qasync
from PySide6.QtCore import QTimer
from PySide6.QtGui import QFont, QPaintEvent
from PySide6.QtWidgets import QApplication
from transcript_workload import mixed

from core.models import MessageState, Role
from gui.transcript.style import TranscriptStyle
from gui.transcript.surface import TranscriptSurface
from gui.transcript.view import TranscriptView

DELTAS = 2_000
FRAME = 1 / 60


class TimedView(TranscriptView):
    """Notes when text comes and when it is painted."""

    def __init__(self, style: TranscriptStyle) -> None:
        self.waiting: list[float] = []
        self.taken: list[float] = []
        self.late: list[float] = []
        super().__init__(style)

    def append_text(self, text: str) -> None:
        self.waiting.append(perf_counter())
        super().append_text(text)

    def _take(self, reasoning: str, text: str) -> None:
        self.taken += self.waiting
        self.waiting = []
        super()._take(reasoning, text)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        TranscriptSurface.paintEvent(self, event)
        now = perf_counter()
        self.late += [now - then for then in self.taken]
        self.taken = []


class Gaps:
    """How long the event loop does nothing else: a timer that should fire every millisecond."""

    def __init__(self) -> None:
        self.found: list[float] = []
        self._last = perf_counter()
        self._timer = QTimer(interval=1)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start()

    def _on_timeout(self) -> None:
        now = perf_counter()
        self.found.append(now - self._last - 0.001)
        self._last = now


async def feed(view: TimedView, seconds: float) -> None:
    """Send deltas at the speed of a service, as many as are due each time."""
    text = mixed(int(seconds * DELTAS * 4) + 100)
    began, sent = perf_counter(), 0
    while (elapsed := perf_counter() - began) < seconds:
        due = int(elapsed * DELTAS)
        for number in range(sent, due):
            view.append_text(text[4 * number : 4 * number + 4])
        sent = due
        await asyncio.sleep(0.002)
    view.end_message(MessageState.COMPLETE)


def main() -> int:
    """Measure; 1 if text is painted too late."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10)
    options = parser.parse_args()
    application = QApplication([])
    application.setFont(QFont("DejaVu Sans", 10))
    loop = qasync.QEventLoop(application)
    view = TimedView(TranscriptStyle.load("light"))
    view.resize(900, 700)
    view.show()
    view.add_message(Role.USER, "Go on.", state=MessageState.COMPLETE)
    view.add_message(Role.ASSISTANT, "")
    gaps = Gaps()
    with loop:
        loop.run_until_complete(feed(view, options.seconds))
    late = sorted(view.late)
    p50, p99 = (late[int(len(late) * share)] / FRAME for share in (0.5, 0.99))
    long = [gap for gap in gaps.found if gap > 0.016]
    print(f"gaps over 16 ms: {len(long)}, the longest {max(gaps.found) * 1e3:.1f} ms")
    print(f"painted after p50 {p50:.2f}, p99 {p99:.2f} frames ({len(late)} deltas)")
    return int(p99 > 2)


if __name__ == "__main__":
    raise SystemExit(main())
