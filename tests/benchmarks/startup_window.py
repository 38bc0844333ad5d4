"""From the start of the process to the first painted frame of its window."""

from __future__ import annotations

import tempfile

from helpers.display import Display
from helpers.measuring import PROGRAMS, Process, Row, alternating, beseda, python

GOAL = 1.3


def run(rounds: int) -> list[Row]:
    """Measure the program against a bare window."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Display(has_screen_reader=False) as display,
    ):
        environment = {
            **display.environment,
            "BESEDA_DATA_DIR": folder,
            "BESEDA_TRACE": "startup",
        }

        def painted(*command: str) -> float:
            with Process(command, environment=environment) as process:
                return process.painted_ms()

        ours, bare = alternating(
            lambda: painted(*beseda("--demo")),
            lambda: painted(*python(PROGRAMS / "bare_window.py")),
            rounds,
        )
    note = "against a bare PySide6 window with one QPlainTextEdit"
    return [Row.compared("first frame of the window", ours, bare, unit="ms", goal=GOAL, note=note)]
