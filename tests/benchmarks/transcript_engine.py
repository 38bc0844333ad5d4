"""What the Markdown engine costs: a whole answer, and one frame at the end of hostile answers."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from functools import partial

from helpers.measuring import ROOT, Row, alternating
from helpers.transcript_workload import adversarial, hostile, mixed
from markdown_it import MarkdownIt

if str(ROOT) not in sys.path:
    sys.path.append(str(ROOT))

from gui.transcript.engine import MarkdownStream

FRAME = 133
"""Characters a frame at 2,000 deltas a second."""
LENGTH = 80_000
SHORT, LONG = 2_000, 60_000
GOAL = 2.0
FRAMES = 60
_HEAD = 1_500
"""Characters a feed until the frames that are measured."""
HOSTILE = (
    "open brackets", "open emphasis", "open code", "nested quotes", "stars", "one list item",
    "tabs",
)  # fmt: skip
GIANT = ("table", "quote", "html", "paragraph", "list", "nested list", "fence", "one line")


def run(rounds: int) -> list[Row]:
    """Measure CPU time of this thread, without a window."""
    text = mixed(LENGTH)
    oracle = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    ours, theirs = alternating(
        lambda: _cost(partial(_stream, text)), lambda: _cost(lambda: oracle.parse(text)), rounds
    )
    note = "streamed in frames; the baseline is markdown-it-py, once over the whole"
    rows = [Row.compared("engine, 80k reply", ours, theirs, unit="ms", goal=None, note=note)]
    makers = [(kind, adversarial) for kind in GIANT] + [(kind, hostile) for kind in HOSTILE]
    return rows + [_row(kind, partial(make, kind), rounds) for kind, make in makers]


def _row(kind: str, make: Callable[[int], str], rounds: int) -> Row:
    text = make(LONG + FRAMES * FRAME)
    long, short = alternating(
        partial(_frame_cost, text, LONG), partial(_frame_cost, text, SHORT), rounds
    )
    return Row.compared(f"engine, {kind}: frame at 60k / 2k", long, short, unit="ms", goal=GOAL)


def _cost(action: Callable[[], object]) -> float:
    began = time.thread_time()
    action()
    return (time.thread_time() - began) * 1000


def _stream(text: str) -> None:
    stream = MarkdownStream()
    for start in range(0, len(text), FRAME):
        stream.feed(text[start : start + FRAME])
    stream.finish()


def _frame_cost(text: str, size: int) -> float:
    """Return the mean CPU time of the frames that follow `size` characters."""
    stream = MarkdownStream()
    for start in range(0, size, _HEAD):
        stream.feed(text[start : min(size, start + _HEAD)])
    ends = range(size, size + FRAMES * FRAME, FRAME)
    return statistics.mean(
        [_cost(partial(stream.feed, text[start : start + FRAME])) for start in ends]
    )
