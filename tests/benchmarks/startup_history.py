"""The window over the conversations of years, against one over none.

BESEDA_BIG_STORE=1 makes it 100,000 conversations and 1,000,000 messages, which takes minutes.
"""

from __future__ import annotations

import json
import os
import statistics
import tempfile

from helpers.display import Display
from helpers.measuring import (
    PROGRAMS,
    Process,
    Row,
    alternating,
    beseda,
    python,
)
from helpers.store_workload import StoreWorkload, shared_store

GOAL = 1.2
SIZES = (100_000, 1_000_000) if os.environ.get("BESEDA_BIG_STORE") else (20_000, 200_000)
"""Conversations and messages."""


def run(rounds: int) -> list[Row]:
    """Measure the first frame, the sidebar, and a conversation of 10,000 messages."""
    made = shared_store(*SIZES)
    with (
        tempfile.TemporaryDirectory() as empty,
        Display(has_screen_reader=False) as display,
    ):
        environment = {**display.environment, "BESEDA_TRACE": "startup"}
        size = f"{made.conversations:,} conversations, {made.messages:,} messages"

        def painted(folder: str) -> float:
            command = beseda("--demo", "--data-dir", folder)
            with Process(command, environment=environment) as process:
                return process.painted_ms()

        full = str(made.path.parent)
        ours, theirs = alternating(lambda: painted(full), lambda: painted(empty), rounds)
        note = f"{size} against none"
        first = Row.compared(
            "first frame over a full store", ours, theirs, unit="ms", goal=GOAL, note=note
        )
        return [first, *_window_rows(made, environment, rounds, note=size)]


def _window_rows(
    made: StoreWorkload, environment: dict[str, str], rounds: int, *, note: str
) -> list[Row]:
    program = PROGRAMS / "history_window.py"
    arguments = (made.path.parent, str(made.longest_id), str(rounds))
    with Process(python(program, *arguments), environment=environment) as process:
        painted = process.painted_ms()
        figures = json.loads(process.line())
        filled = (figures["filled"] - process.started_ns) / 1e6 - painted
    opened, blocks = figures["opened"], figures["blocks"]
    spread = f"{min(opened):.0f} to {max(opened):.0f} ms, n={len(opened)}"
    return [
        Row("sidebar filled after the first frame", filled, "ms", note=note),
        Row("open 10,000 messages in the window", statistics.median(opened), "ms", note=spread),
        Row(
            "longest block of the loop meanwhile",
            statistics.median(blocks),
            "ms",
            note=f"{min(blocks):.0f} to {max(blocks):.0f} ms of this program's own",
        ),
    ]
