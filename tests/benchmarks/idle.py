"""What the window costs while nobody uses it. Linux alone: read from /proc."""

from __future__ import annotations

import os
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from helpers.display import Display
from helpers.measuring import PROGRAMS, Process, Row, beseda, python
from helpers.served_site import ServedSite

from core.demo import Scenario

GOAL = 0.1
"""Per cent of one core."""
SETTLE = 4.0
SECONDS = 20.0
"""One round: the clock of processes counts hundredths of a second, that is 0.05 % of it."""


@dataclass(frozen=True, slots=True)
class Use:
    """What a process has used of the processor since it was started."""

    ticks: float
    """Seconds, from utime and stime."""
    exact: float
    """Seconds on a processor as the scheduler counts them; 0 where it does not."""
    wakeups: int
    """Voluntary context switches of all its threads."""


def run(rounds: int) -> list[Row]:
    """Measure one round of 20 s, side by side; more rounds would tell nothing else."""
    del rounds
    with ServedSite(Scenario(speed=0)) as site, ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        asked = ["--provider", site.url, "--ask", "/long 20000"]
        commands = {
            "idle after start": beseda("--demo", "--data-dir", f"{folder}/a"),
            "idle after an answer": beseda(*asked, "--data-dir", f"{folder}/b"),
            "a bare window, idle": python(PROGRAMS / "bare_window.py"),
        }
        pids: dict[str, int] = {}
        for name, command in commands.items():
            # Each has a screen of its own: only a window with the keyboard blinks its cursor.
            display = stack.enter_context(Display(has_screen_reader=False))
            environment = {**display.environment, "BESEDA_TRACE": "startup"}
            process = stack.enter_context(Process(command, environment=environment))
            process.painted_ms()
            pids[name] = process.pid
        site.wait_for_end()
        time.sleep(SETTLE)
        before = {name: _use(pid) for name, pid in pids.items()}
        time.sleep(SECONDS)
        return [_row(name, before[name], _use(pid)) for name, pid in pids.items()]


def _row(name: str, before: Use, after: Use) -> Row:
    ticks = (after.ticks - before.ticks) / SECONDS * 100
    exact = (after.exact - before.exact) / SECONDS * 100
    wakeups = (after.wakeups - before.wakeups) / SECONDS
    return Row(
        name,
        exact or ticks,
        "% CPU",
        goal=None if "bare" in name else GOAL,
        note=(
            f"with the keyboard, so its cursor blinks; utime + stime {ticks:.2f} %;"
            f" {wakeups:.1f} wake-ups a second, over {SECONDS:g} s"
        ),
    )


def _use(pid: int) -> Use:
    process = Path("/proc") / str(pid)
    fields = (process / "stat").read_text().rpartition(")")[2].split()
    exact, wakeups = 0.0, 0
    for task in (process / "task").iterdir():
        exact += int((task / "schedstat").read_text().split()[0]) / 1e9
        for line in (task / "status").read_text().splitlines():
            if line.startswith("voluntary_ctxt_switches:"):
                wakeups += int(line.split()[1])
    ticks = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return Use(ticks, exact, wakeups)
