"""The processor's time for each delta, from the socket to a TextDelta."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from helpers.api_server import Hold, ServedApiServer, Stream, anthropic_stream, openai_stream
from helpers.measuring import PROGRAMS, Process, Row, alternating, python
from helpers.running_program import plain_environment
from helpers.served_site import ServedSite

from core.demo import Scenario
from core.demo.scenario import Chunking

GOAL = 1.0
LENGTH = 800_000
"""Characters; 20,000 deltas."""
DELTAS = 20_000
CHUNK = 65536
SITES: dict[str, Chunking] = {
    "stream_parse, 64 KB a chunk": CHUNK,
    "stream_parse, a chunk for each event": None,
}
STREAMS: dict[str, Callable[..., Stream]] = {"openai": openai_stream, "anthropic": anthropic_stream}
OTHERS = ("httpx-sse", "openai-client")


class _Costs:
    """What readers of one address cost; a reader is a process, and says what it has used."""

    def __init__(self, address: str, question: str, folder: str) -> None:
        self._arguments = (address, question)
        self._environment = plain_environment(Path(folder))
        self.sizes: set[str] = set()

    def of(self, way: str) -> Callable[[], float]:
        """Return what measures one round, in microseconds for each delta."""

        def measure() -> float:
            command = python(PROGRAMS / "stream_reader.py", way, *self._arguments)
            with Process(command, environment=self._environment) as process:
                used, *size = process.line().split()
            self.sizes.add(" deltas, ".join(size))
            return float(used)

        return measure

    def row(self, name: str, ours: str, theirs: str, rounds: int, *, goal: float | None) -> Row:
        """Return `ours` against `theirs`."""
        figures = alternating(self.of(ours), self.of(theirs), rounds)
        baseline = "aiohttp + json.loads" if theirs.startswith("bare") else theirs
        sizes = " | ".join(sorted(self.sizes))
        note = f"CPU for a delta against {baseline}; {sizes} characters"
        return Row.compared(name, *figures, unit="µs", goal=goal, note=note)


def run(rounds: int) -> list[Row]:
    """Measure each provider against aiohttp and json.loads line by line, over the same bytes.

    Other clients are measured in the same way, to be seen side by side.
    """
    rows = [_site_row(name, chunking, rounds) for name, chunking in SITES.items()]
    for dialect, make in STREAMS.items():
        pieces = make(*(["слово, word " * 3 + "text"] * DELTAS)).pieces
        for name, stream in _cut(pieces).items():
            rows += _api_rows(f"{dialect}, {name}", dialect, stream, rounds)
    return rows


def _site_row(name: str, chunking: Chunking, rounds: int) -> Row:
    scenario = Scenario(speed=0, chunking=chunking)
    with tempfile.TemporaryDirectory() as folder, ServedSite(scenario) as site:
        costs = _Costs(site.url, f"/long {LENGTH}", folder)
        return costs.row(name, "beseda", "bare", rounds, goal=GOAL)


def _cut(pieces: Sequence[bytes | Hold]) -> dict[str, Stream]:
    """Return the same bytes in large chunks, and event by event."""
    events = [piece for piece in pieces if isinstance(piece, bytes)]
    body = b"".join(events)
    large = [body[start : start + CHUNK] for start in range(0, len(body), CHUNK)]
    return {"64 KB a chunk": Stream(large), "a chunk for each event": Stream(events)}


@contextmanager
def _served(stream: Stream) -> Iterator[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as folder, ServedApiServer() as served:
        served.server.answer(stream)
        yield served.url, folder


def _api_rows(name: str, dialect: str, stream: Stream, rounds: int) -> list[Row]:
    with _served(stream) as (address, folder):
        costs = _Costs(address, "?", folder)
        bare = f"bare-{dialect}"
        rows = [costs.row(f"stream_parse, {name}", dialect, bare, rounds, goal=GOAL)]
        if dialect == "openai":
            others = {way: f"… {way}, {name}" for way in OTHERS}
            rows += [costs.row(others[way], way, bare, min(rounds, 3), goal=None) for way in OTHERS]
    return rows
