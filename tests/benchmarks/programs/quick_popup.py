"""Shows the quick prompt and an empty window in turn; prints the milliseconds to each first paint.

The popup is warm: it was shown and hidden once, with the window manager's help, as was the other.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

sys.path.append(str(Path(__file__).parents[2]))

import qasync
from helpers.conversation import until
from helpers.quick import QuickTalk
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from gui.theme import Appearance


class _PaintClock(QObject):
    """Notes when a window is painted."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.painted_at = 0.0
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Note the first time that it is to paint."""
        if event.type() == QEvent.Type.Paint and isinstance(event, QPaintEvent):
            self.painted_at = self.painted_at or perf_counter()
        return super().eventFilter(watched, event)


async def _shown(clock: _PaintClock, window: QWidget, show: Callable[[], object]) -> float:
    clock.painted_at = 0.0
    begin = perf_counter()
    show()
    await until(lambda: bool(clock.painted_at))
    window.hide()
    await asyncio.sleep(0.05)
    return (clock.painted_at - begin) * 1000


async def _measure(folder: Path, rounds: int) -> dict[str, list[float]]:
    talk = QuickTalk("demo", folder=folder)
    begin = perf_counter()
    talk.link.warm_up()
    made = (perf_counter() - begin) * 1000
    plain = QWidget()
    plain.resize(600, 100)
    clocks = _PaintClock(talk.prompt), _PaintClock(plain)
    ours, bare = [], []
    for _ in range(rounds + 1):
        ours.append(await _shown(clocks[0], talk.prompt, talk.link.toggle_quick))
        bare.append(await _shown(clocks[1], plain, plain.show))
    await talk.close()
    return {"ours": ours[1:], "bare": bare[1:], "first": ours[:1], "made": [made]}


application = QApplication(["quick_popup", "-style", "fusion"])
application.setQuitOnLastWindowClosed(False)
Appearance(application, choice="light")
loop = qasync.QEventLoop(application)
asyncio.set_event_loop(loop)
print(json.dumps(loop.run_until_complete(_measure(Path(sys.argv[1]), int(sys.argv[2])))))
sys.stdout.flush()
