"""A streamed reply in the transcript: all of it against plain text, and how frames grow with it."""

from __future__ import annotations

import statistics

from helpers.measuring import Row
from helpers.transcript_process import transcript_figures

GOAL = 1.5
GROWTH_GOAL = 1.3


def run(rounds: int) -> list[Row]:
    """Measure CPU time of the window's thread; the longest frame is wall time, and only told."""
    figures = transcript_figures("reply", rounds)
    note = "against a QPlainTextEdit that appends the same text in the same frames"
    whole = Row.compared(
        "80k reply, mixed Markdown", *figures["whole"], unit="ms", goal=GOAL, note=note
    )
    longest = statistics.median(figures["longest"][0])
    growth = transcript_figures("growth", rounds)["frame"]
    return [
        whole,
        Row("80k reply, longest frame", longest, "ms", note="wall time, median of the rounds"),
        Row.compared("frame at 200k / 1k characters", *growth, unit="ms", goal=GROWTH_GOAL),
    ]
