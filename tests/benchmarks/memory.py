"""How much memory the window takes once it has settled."""

from __future__ import annotations

import tempfile
import time
from contextlib import ExitStack

import psutil
from helpers.display import Display
from helpers.measuring import PROGRAMS, Process, Row, beseda, python

GOAL = 1.5
SETTLE = 3.0
"""Seconds after the first frame."""
MEGABYTE = 1024 * 1024


def run(rounds: int) -> list[Row]:
    """Measure the program against a bare window that runs at the same time."""
    resident: tuple[list[float], list[float]] = ([], [])
    own: tuple[list[float], list[float]] = ([], [])
    with Display(has_screen_reader=False) as display:
        for _ in range(rounds):
            for index, (rss, uss) in enumerate(_both(display)):
                resident[index].append(rss)
                own[index].append(uss)
    when = f"{SETTLE:g} s after the first frame"
    return [
        Row.compared("memory, resident (RSS)", *resident, unit="MB", goal=GOAL, note=when),
        # What two programs of Qt share is in neither's own; on another machine that differs.
        Row.compared("memory, its own (USS)", *own, unit="MB", goal=None, note=when),
    ]


def _both(display: Display) -> list[tuple[float, float]]:
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        environment = {
            **display.environment,
            "BESEDA_DATA_DIR": folder,
            "BESEDA_TRACE": "startup",
        }
        commands = (beseda("--demo"), python(PROGRAMS / "bare_window.py"))
        processes = [
            stack.enter_context(Process(command, environment=environment)) for command in commands
        ]
        for process in processes:
            process.painted_ms()
        time.sleep(SETTLE)
        return [_memory(process.pid) for process in processes]


def _memory(pid: int) -> tuple[float, float]:
    info = psutil.Process(pid).memory_full_info()
    return info.rss / MEGABYTE, info.uss / MEGABYTE
