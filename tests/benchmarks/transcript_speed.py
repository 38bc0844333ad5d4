"""How fast the transcript is, as ratios to a QPlainTextEdit that appends the same text.

Started as a program: prints a table and, with ``--json FILE``, writes the figures. CPU time of this
thread, in interleaved rounds, medians; wall clock maxima are printed, not judged.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import statistics
import sys
from functools import partial
from pathlib import Path
from time import perf_counter, thread_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QPA_UPDATE_IDLE_TIME", "0")
sys.path.insert(0, str(Path(__file__).parents[2]))

from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QTextCursor
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from transcript_workload import adversarial, conversation, mixed

from core.models import MessageState, Role
from gui.transcript.style import TranscriptStyle
from gui.transcript.view import TranscriptView

if TYPE_CHECKING:
    from collections.abc import Callable

STEP = 133
"""Characters a frame: 2,000 deltas a second of 4 characters, 60 frames a second."""
TAILS = ("table", "quote", "html", "paragraph", "list", "nested list", "fence", "one line")


class Bench:
    """Measures one figure after the other; `figures` are (name, value, limit)."""

    def __init__(self, application: QApplication, rounds: int) -> None:
        self.application = application
        self.rounds = rounds
        self.figures: list[tuple[str, float, float | None]] = []

    def view(self) -> TranscriptView:
        """Return a shown view."""
        view = TranscriptView(TranscriptStyle.load("light"))
        view.resize(900, 700)
        view.show()
        self.application.processEvents()
        return view

    def stream(self, text: str, *, count: int = 1 << 60) -> list[tuple[float, float]]:
        """Stream a text through the view; return CPU and wall milliseconds of each frame."""
        view = self.view()
        view.add_message(Role.USER, "Go on.", state=MessageState.COMPLETE)
        view.add_message(Role.ASSISTANT, "")
        frames = self._frames(view, text, count)
        view.end_message(MessageState.COMPLETE)
        self.application.processEvents()
        view.deleteLater()
        return frames

    def _frames(self, view: TranscriptView, text: str, count: int) -> list[tuple[float, float]]:
        frames = []
        for at in range(0, len(text), STEP)[:count]:
            cpu, wall = thread_time(), perf_counter()
            view.append_text(text[at : at + STEP])
            view.pump.flush()
            self.application.processEvents()
            frames.append(((thread_time() - cpu) * 1e3, (perf_counter() - wall) * 1e3))
        return frames

    def tail_frames(self, text: str, size: int, frames: int = 40) -> float:
        """Return the median frame after `size` characters of a text."""
        view = self.view()
        view.add_message(Role.ASSISTANT, "")
        for at in range(0, size, 1500):
            view.append_text(text[at : min(size, at + 1500)])
            view.pump.flush()
            self.application.processEvents()
        view.background.finish()
        self.application.processEvents()
        costs = [cpu for cpu, _wall in self._frames(view, text[size:], frames)]
        view.deleteLater()
        return statistics.median(costs)

    def plain(self, text: str) -> list[float]:
        """Append a text to a plain text edit; return CPU milliseconds of each frame."""
        edit = QPlainTextEdit()
        edit.setReadOnly(True)
        edit.resize(900, 700)
        edit.show()
        self.application.processEvents()
        cursor = QTextCursor(edit.document())
        frames = []
        for at in range(0, len(text), STEP):
            cpu = thread_time()
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText(text[at : at + STEP])
            bar = edit.verticalScrollBar()
            bar.setValue(bar.maximum())
            self.application.processEvents()
            frames.append((thread_time() - cpu) * 1e3)
        edit.deleteLater()
        return frames

    def note(self, name: str, value: float, limit: float | None = None) -> None:
        """Keep a figure and print it."""
        self.figures.append((name, value, limit))
        verdict = "" if limit is None else ("ok" if value <= limit else f"ABOVE {limit:g}")
        print(f"{name:<58}{value:>10.2f}  {verdict}", flush=True)

    # -- the figures

    def whole_reply(self) -> None:
        """Whole reply of 80,000 characters against F."""
        text = mixed(80_000)
        ratios, own, walls = [], [], []
        for _ in range(self.rounds):
            plain = sum(self.plain(text))
            frames = self.stream(text)
            ours = sum(cpu for cpu, _wall in frames)
            ratios.append(ours / plain)
            own.append(ours)
            walls.append(max(wall for _cpu, wall in frames))
        self.note("whole 80k reply, ms", statistics.median(own))
        self.note("whole 80k reply / F", statistics.median(ratios), 1.5)
        self.note("longest frame of it, wall ms", statistics.median(walls))

    def growth(self) -> None:
        """Frame at 200,000 characters against one at 1,000, over the same following text."""
        text = mixed(60_000, seed=5)
        head = mixed(200_000, seed=9)
        ratios = []
        for _ in range(self.rounds):
            short = self.tail_frames(mixed(1_000, seed=9) + "\n\n" + text, 1_000, 120)
            long = self.tail_frames(head + "\n\n" + text, 200_000, 120)
            ratios.append(long / short)
        self.note("frame at 200k / at 1k", statistics.median(ratios), 1.3)

    def tails(self) -> None:
        """One giant block of each kind, at 60,000 characters against 2,000."""
        for kind in TAILS:
            text = adversarial(kind, 68_000)
            ratios, longs = [], []
            for _ in range(self.rounds):
                short = self.tail_frames(text, 2_000)
                long = self.tail_frames(text, 60_000)
                ratios.append(long / short)
                longs.append(long)
            self.note(f"{kind}: frame at 60k, ms", statistics.median(longs))
            self.note(f"{kind}: frame at 60k / at 2k", statistics.median(ratios), 2.0)

    def large_conversations(self) -> None:
        """Opening, resizing, paging and scrolling 10,000 messages against 1,000."""
        large = [(Role(role), text) for role, text in conversation(10_000)]
        small = large[:1_000]
        opened, resized, pages, memory = [], [], [], []
        for _ in range(self.rounds):
            gc.collect()
            a = self._open(small)
            before = resident()
            b = self._open(large)
            memory.append(resident() - before)
            opened.append(b[0] / a[0])
            resized.append(b[1] / a[1])
            pages.extend(b[2])
        self.note("open 10,000, ms", self._last_open)
        self.note("open 10,000 / 1,000", statistics.median(opened), 2.0)
        self.note("resize 10,000 / 1,000", statistics.median(resized), 1.5)
        self.note("memory growth at 10,000, MB", statistics.median(memory), 30)
        self.note("cold page up p95, ms", sorted(pages)[int(0.95 * len(pages))], 16)

    def _open(self, messages: list[tuple[Role, str]]) -> tuple[float, float, list[float]]:
        view = self.view()
        gc.collect()
        gc.freeze()  # so that no full collection falls into what is measured
        began = thread_time()
        view.set_messages(view.new_message(role, text) for role, text in messages)
        self.application.processEvents()
        opened = (thread_time() - began) * 1e3
        self._last_open = opened
        view.background.finish()
        resized = [
            self._cost(partial(view.resize, width, 700)) for width in (700, 640, 720, 600, 900)
        ]
        pages = []
        for number in range(20):
            view.scroller.scroll_to(view.scroller.maximum * number // 20 + 4_000)
            view.refresh()
            self.application.processEvents()
            pages.append(self._cost(lambda: view.scroll_pixels(-650), background=False))
        view.deleteLater()
        return opened, statistics.median(resized), pages

    def _cost(self, action: Callable[[], None], *, background: bool = True) -> float:
        began = thread_time()
        action()
        self.application.sendPostedEvents()
        if background:
            self.application.processEvents()
        return (thread_time() - began) * 1e3


def resident() -> float:
    """Return the memory of this process, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> int:
    """Measure everything; 1 if a figure is above its limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--only", choices=("reply", "growth", "tails", "large"))
    options = parser.parse_args()
    application = QApplication([])
    application.setFont(QFont("DejaVu Sans", 10))
    bench = Bench(application, options.rounds)
    bench.stream(mixed(3_000))
    parts = {
        "reply": bench.whole_reply,
        "growth": bench.growth,
        "tails": bench.tails,
        "large": bench.large_conversations,
    }
    for name, part in parts.items():
        if options.only in {None, name}:
            part()
    if options.json:
        table = [{"name": n, "value": v, "limit": limit} for n, v, limit in bench.figures]
        options.json.write_text(json.dumps(table, indent=1), encoding="utf-8")
    return int(any(limit is not None and value > limit for _, value, limit in bench.figures))


if __name__ == "__main__":
    raise SystemExit(main())
