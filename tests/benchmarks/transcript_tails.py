"""A frame of the transcript at the end of one giant block, of each kind."""

from __future__ import annotations

from helpers.measuring import Row
from helpers.transcript_process import transcript_figures

GOAL = 2.0


def run(rounds: int) -> list[Row]:
    """Measure the frame after 60,000 characters against that after 2,000."""
    return [
        Row.compared(f"{kind}: frame at 60k / 2k", *sides, unit="ms", goal=GOAL)
        for kind, sides in transcript_figures("tails", rounds).items()
    ]
