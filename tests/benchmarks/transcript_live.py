"""An answer of 2,000 deltas a second for 10 s over HTTP, in the whole window on a screen."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from helpers.display import Display
from helpers.measuring import PROGRAMS, Process, Row, percentile, python, result_of
from helpers.transcript_workload import mixed, with_formulas

DELTAS = 2_000
PIECE = 4
SECONDS = 10
LONGEST_GAP = 0.016
FRAME = 1 / 60
GOAL = 2.0
"""Frames from a delta's arrival to its paint, for 99 of 100."""
TEXTS: dict[str, Callable[[int], str]] = {"mixed": mixed, "with formulas": with_formulas}


def run(rounds: int) -> list[Row]:
    """Measure each kind of answer `rounds` times, the service in a process of its own."""
    rows: list[Row] = []
    for name, make in TEXTS.items():
        results = [_result(make(DELTAS * PIECE * SECONDS)) for _ in range(rounds)]
        rows += [_gaps(name, results), *_lateness(name, results)]
    return rows


def _result(text: str) -> dict[str, Any]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        display = stack.enter_context(Display(has_screen_reader=False))
        answer = folder / "answer.md"
        answer.write_text(text, encoding="utf-8")
        speed = str(DELTAS * PIECE)
        command = python(PROGRAMS / "answering_site.py", answer, speed, str(PIECE))
        site = stack.enter_context(Process(command, environment=display.environment))
        found: dict[str, Any] = result_of(
            "live_transcript.py", site.line(), folder, environment=display.environment
        )
    return found


def _gaps(name: str, results: list[dict[str, Any]]) -> Row:
    """Return how often the loop was held up; a gap is (seconds, the process's CPU seconds)."""
    counts = [sum(gap > LONGEST_GAP for gap, _cpu in one["gaps"]) for one in results]
    own = [sum(min(gap) > LONGEST_GAP for gap in one["gaps"]) for one in results]
    longest = max([gap for one in results for gap, _cpu in one["gaps"]], default=0.0)
    note = (
        f"each round {counts}, of which busy itself {own}; the longest {longest * 1e3:.0f} ms,"
        f" over {SECONDS} s at {DELTAS:,} deltas a second"
    )
    return Row(
        f"live, {name}: loop gaps over 16 ms", statistics.median(counts), "gaps", goal=0, note=note
    )


def _lateness(name: str, results: list[dict[str, Any]]) -> list[Row]:
    def row(share: float, goal: float | None) -> Row:
        values = [percentile(one["late"], share) / FRAME for one in results]
        deltas = int(statistics.median([len(one["late"]) for one in results]))
        note = f"{min(values):.2f} to {max(values):.2f}, {deltas} deltas, n={len(results)}"
        value = statistics.median(values)
        title = f"live, {name}: delta to paint p{share * 100:.0f}"
        return Row(title, value, "frames", goal=goal, note=note)

    return [row(0.5, None), row(0.99, GOAL)]
