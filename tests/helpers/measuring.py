"""What benchmarks have in common: rows of a table, medians of alternating rounds, processes."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from helpers.display import end

ROOT = Path(__file__).parents[2]
PROGRAMS = ROOT / "tests" / "benchmarks" / "programs"
_MODULES = os.pathsep.join([str(ROOT), str(ROOT / "tests")])


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. A goal is the most that the ratio, or else the value, may be."""

    name: str
    value: float
    unit: str
    baseline: float | None = None
    ratio: float | None = None
    goal: float | None = None
    note: str = ""

    @property
    def is_met(self) -> bool | None:
        """Whether the goal is met; None without a goal."""
        if self.goal is None:
            return None
        return (self.value if self.ratio is None else self.ratio) <= self.goal

    @classmethod
    def compared(
        cls,
        name: str,
        ours: Sequence[float],
        theirs: Sequence[float],
        *,
        unit: str,
        goal: float | None,
        note: str = "",
    ) -> Self:
        """Return a row of two medians and their ratio; the note tells how far rounds differed
        and the ratio of the best ones, which a busy machine disturbs least.
        """
        value, baseline = statistics.median(ours), statistics.median(theirs)
        best = f", best {min(ours) / min(theirs):.2f}" if min(theirs) else ""
        spread = f"{min(ours):.3g} to {max(ours):.3g} {unit}{best}, n={len(ours)}"
        return cls(
            name,
            value,
            unit,
            baseline=baseline,
            ratio=value / baseline if baseline else None,
            goal=goal,
            note=f"{note}; {spread}" if note else spread,
        )


def alternating(
    ours: Callable[[], float], theirs: Callable[[], float], rounds: int
) -> tuple[list[float], list[float]]:
    """Return what each measured, A B A B …, after one round that only warms the caches."""
    ours()
    theirs()
    pairs = [(ours(), theirs()) for _ in range(rounds)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that a share (0 to 1) of all is not above."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def result_of(program: str, *arguments: str | Path, environment: Mapping[str, str]) -> Any:
    """Return what one of `PROGRAMS`, run to its end, prints as a line of JSON.

    Raises:
        RuntimeError: it printed nothing.
    """
    with Process(python(PROGRAMS / program, *arguments), environment=environment) as process:
        return json.loads(process.line())


def python(*arguments: str | Path) -> list[str]:
    """Return the command line of this Python without this folder in its path."""
    return [sys.executable, "-P", *map(str, arguments)]


def beseda(*arguments: str) -> list[str]:
    """Return the command line that an installed `beseda` amounts to."""
    return python("-c", "import sys; from gui.__main__ import main; sys.exit(main())", *arguments)


class Process:
    """A program that is measured; a context manager that ends it.

    `started_ns` is the monotonic clock just before it was started.
    """

    def __init__(self, command: Sequence[str], *, environment: Mapping[str, str]) -> None:
        self._stack = ExitStack()
        self.started_ns = time.monotonic_ns()
        self._process = subprocess.Popen(
            command,
            env={**environment, "PYTHONPATH": _MODULES},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        end(self._process)
        for pipe in (self._process.stdout, self._process.stderr):
            assert pipe is not None
            pipe.close()

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    def first_output_ms(self) -> float:
        """Return the milliseconds from the start to the first byte of standard output.

        Raises:
            RuntimeError: there was none.
        """
        assert self._process.stdout is not None
        if not os.read(self._process.stdout.fileno(), 1):
            raise RuntimeError(f"printed nothing: {self._rest_of_errors()}")
        return (time.monotonic_ns() - self.started_ns) / 1e6

    def painted_ms(self) -> float:
        """Return the milliseconds from the start to the first frame, which the program reports.

        Raises:
            RuntimeError: it ended without.
        """
        assert self._process.stderr is not None
        for line in self._process.stderr:
            if line.startswith(b"painted "):
                return (int(line.split()[1]) - self.started_ns) / 1e6
        raise RuntimeError(f"painted nothing: exit code {self._process.wait()}")

    def line(self) -> str:
        """Return the next line of standard output.

        Raises:
            RuntimeError: it ended without.
        """
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"printed nothing: {self._rest_of_errors()}")
        return line.decode().strip()

    def _rest_of_errors(self) -> str:
        assert self._process.stderr is not None
        end(self._process)
        return self._process.stderr.read().decode(errors="replace")[-2000:]
