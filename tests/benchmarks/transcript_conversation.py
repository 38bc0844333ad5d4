"""A conversation of 10,000 messages: opening, resizing, paging, jumping, memory."""

from __future__ import annotations

import statistics

from helpers.measuring import Row, percentile
from helpers.transcript_process import transcript_figures

OPEN_GOAL = 2.0
RESIZE_GOAL = 1.5
FRAME = 1000 / 60
"""Milliseconds of a frame, in which any place is to be seen."""
MEMORY_GOAL = 30.0


def run(rounds: int) -> list[Row]:
    """Measure against 1,000 messages; memory in a process for each round."""
    figures = transcript_figures("large", rounds)
    memory = [transcript_figures("memory", 1)["memory"][0][0] for _ in range(rounds)]
    spread = f"{min(memory):.3g} to {max(memory):.3g} MB, n={rounds}; besides the text itself"
    return [
        Row.compared("open 10k messages / 1k", *figures["open"], unit="ms", goal=OPEN_GOAL),
        Row.compared("resize 10k / 1k", *figures["resize"], unit="ms", goal=RESIZE_GOAL),
        _within_frame("page up into what was never laid out, p95", figures["page"][0]),
        _within_frame("jump to any of 10k messages, p95", figures["jump"][0]),
        Row(
            "memory for 10k messages",
            statistics.median(memory),
            "MB",
            goal=MEMORY_GOAL,
            note=spread,
        ),
    ]


def _within_frame(name: str, values: list[float]) -> Row:
    note = f"CPU, painted; p50 {percentile(values, 0.5):.3g}, longest {max(values):.3g} ms"
    return Row(name, percentile(values, 0.95), "ms", goal=FRAME, note=f"{note}, n={len(values)}")
