"""From the wish for the quick prompt to its first paint, when it is warm."""

from __future__ import annotations

import tempfile
import time
from statistics import median

from helpers.display import Display
from helpers.measuring import Process, Row, beseda, result_of
from helpers.running_program import ROOT

GOAL = 2.0
_TIMES = 3
"""Shown so often in a round."""


def run(rounds: int) -> list[Row]:
    """Measure the popup against an empty window."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Display(has_screen_reader=False) as display,
    ):
        environment = {**display.environment, "PYTHONPATH": str(ROOT)}
        told = result_of("quick_popup.py", folder, str(rounds * _TIMES), environment=environment)
        cold = [_cold_ms(display) for _ in range(rounds)]
    made, first = told["made"][0], told["first"][0]
    note = f"against an empty QWidget; making it takes {made:.0f} ms, its first show {first:.0f} ms"
    ours, bare = told["ours"], told["bare"]
    return [
        Row.compared("quick prompt, warm", ours, bare, unit="ms", goal=GOAL, note=note),
        Row("quick prompt, cold", median(cold), "ms", note="`beseda quick` to its window"),
    ]


def _cold_ms(display: Display) -> float:
    """Return the time from the start of `beseda quick`, with no program running, to the popup."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**display.environment, "BESEDA_DATA_DIR": folder}
        began = time.perf_counter()
        with Process(beseda("quick"), environment=environment):
            display.run(["xdotool", "search", "--sync", "--onlyvisible", "--name", "Quick prompt"])
            return (time.perf_counter() - began) * 1000
