"""From the start of `beseda ask` to the first byte of its answer."""

from __future__ import annotations

import tempfile
from pathlib import Path

from helpers.measuring import PROGRAMS, Process, Row, alternating, beseda, python
from helpers.running_program import plain_environment

GOAL = 1.15
QUESTION = "Hello"


def run(rounds: int) -> list[Row]:
    """Measure the command against the shortest aiohttp script that does the same."""
    with tempfile.TemporaryDirectory() as folder:
        environment = plain_environment(Path(folder)) | {"BESEDA_DATA_DIR": folder}

        def first_byte(*command: str) -> float:
            with Process(command, environment=environment) as process:
                return process.first_output_ms()

        server = beseda("demo-server", "--speed", "0")
        with Process(server, environment=environment) as site:
            address = site.line()
            ask = beseda("ask", "--provider", address, QUESTION)
            ours, bare = alternating(
                lambda: first_byte(*ask),
                lambda: first_byte(*python(PROGRAMS / "bare_ask.py", address, QUESTION)),
                rounds,
            )
    note = "against a minimal aiohttp script: page, POST, first delta"
    return [Row.compared("first byte of `beseda ask`", ours, bare, unit="ms", goal=GOAL, note=note)]
