"""What it costs the window's controller to keep an answer while it is written."""

from __future__ import annotations

import statistics
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from helpers.display import Display
from helpers.measuring import PROGRAMS, Process, Row, python, result_of
from helpers.transcript_workload import mixed

DELTAS, PIECE, SECONDS = 500, 4, 8
CPU_GOAL = 5.0
BLOCK_GOAL = 4.0


def run(rounds: int) -> list[Row]:
    """Measure an answer that is kept and the same one that is not, in turn."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        display = stack.enter_context(Display(has_screen_reader=False))
        environment = dict(display.environment)
        answer = folder / "answer.md"
        answer.write_text(mixed(DELTAS * PIECE * SECONDS), encoding="utf-8")
        command = python(PROGRAMS / "answering_site.py", answer, str(DELTAS * PIECE), str(PIECE))
        site = stack.enter_context(Process(command, environment=environment))
        address = site.line()

        def measured(*store: Path) -> dict[str, Any]:
            arguments = (address, folder, *store)
            found: dict[str, Any] = result_of("kept_answer.py", *arguments, environment=environment)
            return found

        measured(folder / "store")
        pairs = [(measured(folder / "store"), measured()) for _ in range(rounds)]
    added = [
        (kept["cpu"] / kept["seconds"] - bare["cpu"] / bare["seconds"]) * 100
        for kept, bare in pairs
    ]
    blocks = [kept["block"] for kept, _ in pairs]
    without = [bare["block"] for _, bare in pairs]
    return [
        Row(
            "controller, CPU of keeping an answer",
            statistics.median(added),
            "% of a core",
            goal=CPU_GOAL,
            note=f"{DELTAS} deltas a second for {SECONDS} s; {min(added):.1f} to {max(added):.1f},"
            f" n={rounds}",
        ),
        Row(
            "controller, longest block while keeping",
            statistics.median(blocks),
            "ms",
            goal=BLOCK_GOAL,
            note=f"{min(blocks):.1f} to {max(blocks):.1f}; nothing kept: up to {max(without):.1f}",
        ),
    ]
