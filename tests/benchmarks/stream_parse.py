"""The processor's time for each delta, from the socket to a TextDelta."""

from __future__ import annotations

import tempfile
from pathlib import Path

from helpers.measuring import PROGRAMS, Process, Row, alternating, python
from helpers.running_program import plain_environment
from helpers.served_site import ServedSite

from core.demo import Scenario
from core.demo.scenario import Chunking

GOAL = 1.0
LENGTH = 800_000
"""Characters; 20,000 deltas."""
CASES: dict[str, Chunking] = {
    "stream_parse, 64 KB a chunk": 65536,
    "stream_parse, a chunk for each event": None,
}


def run(rounds: int) -> list[Row]:
    """Measure ChatgptFree against aiohttp and json.loads line by line, over the same bytes."""
    return [_row(name, chunking, rounds) for name, chunking in CASES.items()]


def _row(name: str, chunking: Chunking, rounds: int) -> Row:
    scenario = Scenario(speed=0, chunking=chunking)
    lengths: set[str] = set()
    with tempfile.TemporaryDirectory() as folder, ServedSite(scenario) as site:
        environment = plain_environment(Path(folder))

        def cost(way: str) -> float:
            command = python(PROGRAMS / "stream_reader.py", way, site.url, f"/long {LENGTH}")
            with Process(command, environment=environment) as process:
                used, *size = process.line().split()
            lengths.add(" deltas, ".join(size))
            return float(used)

        ours, bare = alternating(lambda: cost("beseda"), lambda: cost("bare"), rounds)
    note = f"CPU for a delta against aiohttp + json.loads; {' | '.join(lengths)} characters"
    return Row.compared(name, ours, bare, unit="µs", goal=GOAL, note=note)
