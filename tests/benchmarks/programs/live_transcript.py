"""Shows one answer in the whole window as it is streamed, and prints how it went, as JSON.

`live_transcript.py ADDRESS FOLDER`: asks the site at ADDRESS; FOLDER is for the program's state.
"""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import aclosing
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING

import qasync
from helpers.conversation import Talk
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from core.chat import begin_reply
from core.events import TextDelta
from core.providers import ChatgptFree
from gui.garbage import GarbageCollector

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from core.events import StreamEvent
    from core.models import ChatRequest, Conversation, Profile
    from core.providers.base import AsyncGeneratorProvider
    from core.reply import Reply
    from gui.transcript.view import TranscriptView

WARM_UP = 1.0
"""Seconds for what a window does after its start."""
COOL_DOWN = 0.3
SHORTEST_GAP = 0.008
"""Seconds; shorter ones are of no interest."""


class Clock:
    """Notes when text comes out of the provider, and when it is painted."""

    def __init__(self) -> None:
        self.waiting: list[tuple[int, float]] = []
        self.late: list[float] = []
        self.arrived = 0

    def text_arrived(self, length: int) -> None:
        """Take note of one delta."""
        self.arrived += length
        self.waiting.append((self.arrived, perf_counter()))

    def text_painted(self, length: int) -> None:
        """Take note that the first `length` characters of the answer are on the screen."""
        now = perf_counter()
        shown = sum(end <= length for end, _then in self.waiting)
        self.late += [now - then for _end, then in self.waiting[:shown]]
        del self.waiting[:shown]


class PaintWatch(QObject):
    """Tells the clock when the transcript has been painted, and up to where."""

    def __init__(self, view: TranscriptView, clock: Clock) -> None:
        super().__init__()
        self._view = view
        self._clock = clock
        view.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Have it painted, and look at the clock."""
        if event.type() != QEvent.Type.Paint:
            return False
        handled = self._view.viewportEvent(event)
        messages = self._view.conversation.messages
        if messages and self._clock.waiting:
            self._clock.text_painted(len(messages[len(messages) - 1].text))
        return handled


class Gaps:
    """How long the event loop does nothing else: a timer that should fire every millisecond."""

    def __init__(self) -> None:
        self.found: list[tuple[float, float]] = []
        self._last, self._used = perf_counter(), process_time()
        self._timer = QTimer(interval=1)
        self._timer.timeout.connect(self._on_timeout)

    def start(self) -> None:
        """Begin to look."""
        self._last, self._used = perf_counter(), process_time()
        self._timer.start()

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    def _on_timeout(self) -> None:
        now, used = perf_counter(), process_time()
        self.found.append((now - self._last - 0.001, used - self._used))
        self._last, self._used = now, used


def timed(site: type[AsyncGeneratorProvider], clock: Clock) -> type[AsyncGeneratorProvider]:
    """Return a provider that tells the clock of every delta."""

    class TimedSite(site):  # type: ignore[misc, valid-type]  # a class that is made at run time
        @classmethod
        async def stream(cls, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:
            async with aclosing(super().stream(request)) as events:
                async for event in events:
                    if type(event) is TextDelta:
                        clock.text_arrived(len(event.text))
                    yield event

    return TimedSite


async def measure(address: str, folder: Path) -> dict[str, object]:
    """Ask, and return what was seen until the answer was complete."""
    clock, gaps = Clock(), Gaps()
    provider = timed(ChatgptFree.at(address), clock)

    def make_reply(conversation: Conversation, profile: Profile) -> Reply:
        reply = begin_reply(conversation, profile)
        reply.provider = provider
        return reply

    talk = Talk(address, folder=folder)
    talk.make_reply = make_reply
    watch = PaintWatch(talk.transcript, clock)
    await talk.source.warm_up(talk.controller.profile)
    await talk.store.open()  # the list of conversations has done that in the program
    await asyncio.sleep(WARM_UP)

    garbage = GarbageCollector()
    talk.controller.text_arrived.connect(garbage.wake)
    gaps.start()
    began, used = perf_counter(), process_time()
    await talk.ask("Go on.")
    took, used = perf_counter() - began, process_time() - used
    await asyncio.sleep(COOL_DOWN)
    gaps.stop()
    garbage.close()
    talk.transcript.viewport().removeEventFilter(watch)
    await talk.close()
    return {
        "state": str(talk.controller.state),
        "seconds": took,
        "cpu": used,
        "late": clock.late,
        "unseen": len(clock.waiting),
        "gaps": [gap for gap in gaps.found if gap[0] > SHORTEST_GAP],
        "characters": clock.arrived,
    }


def main(address: str, folder: str) -> None:
    """Measure and print."""
    application = QApplication(["beseda", "-style", "fusion"])
    loop = qasync.QEventLoop(application)
    asyncio.set_event_loop(loop)
    with loop:
        result = loop.run_until_complete(measure(address, Path(folder)))
    print(json.dumps(result), flush=True)


main(*sys.argv[1:])
