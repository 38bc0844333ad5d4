"""Run the benchmarks of this folder: `python tests/benchmarks/run.py [NAME…]`.

Every module here with a function `run(rounds) -> list[Row]` is one. The numbers are compared with
goals and never fail anything: they depend on the machine and on what else it does.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import platform
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

FOLDER = Path(__file__).parent
for place in (FOLDER.parent, FOLDER.parents[1]):
    if str(place) not in sys.path:
        sys.path.append(str(place))

from helpers.measuring import Row  # noqa: E402 - found through the path above

ROUNDS = 5

Benchmark = Callable[[int], list[Row]]


def find_benchmarks(folder: Path = FOLDER) -> dict[str, Path]:
    """Return the modules of a folder that may be benchmarks, by name."""
    return {path.stem: path for path in sorted(folder.glob("*.py")) if path.stem != "run"}


def load(path: Path) -> Benchmark | None:
    """Return the `run` of a module; None when it has none, and so is no benchmark."""
    spec = importlib.util.spec_from_file_location(f"benchmark_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return getattr(module, "run", None)


def table(rows: Sequence[Row]) -> str:
    """Return rows as aligned lines of text."""
    head = ("", "value", "baseline", "ratio", "goal", "", "")
    lines = [head, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head) - 1)]
    return "\n".join(
        "  ".join(
            [f"{line[0]:<{widths[0]}}"]
            + [f"{cell:>{width}}" for cell, width in zip(line[1:-1], widths[1:], strict=True)]
            + [line[-1]]
        ).rstrip()
        for line in lines
    )


def _cells(row: Row) -> tuple[str, ...]:
    verdict = {True: "met", False: "MISSED", None: ""}[row.is_met]
    return (
        row.name,
        f"{row.value:.4g} {row.unit}",
        "" if row.baseline is None else f"{row.baseline:.4g} {row.unit}",
        "" if row.ratio is None else f"{row.ratio:.2f}",
        "" if row.goal is None else f"<= {row.goal:g}",
        verdict,
        row.note,
    )


def main(arguments: Sequence[str] | None = None, *, folder: Path = FOLDER) -> int:
    """Run what was asked for, print a table; return 0.

    Raises:
        SystemExit: 2, for a name that is none.
    """
    benchmarks = find_benchmarks(folder)
    parser = argparse.ArgumentParser(prog="run.py", description="Measure the program.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(benchmarks))
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the rows there too")
    parser.add_argument("--rounds", type=int, default=ROUNDS, metavar="N", help="default: 5")
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.names if name not in benchmarks]:
        parser.error(f"no benchmark {', '.join(unknown)}; there are {', '.join(benchmarks)}")
    rows: list[Row] = []
    for name in options.names or benchmarks:
        measure = load(benchmarks[name])
        if measure is None:
            continue
        print(f"{name} …", file=sys.stderr, flush=True)
        rows += measure(max(1, options.rounds))
    print(table(rows))
    if options.json is not None:
        report = {
            "python": platform.python_version(),
            "system": platform.platform(),
            "rows": [{**asdict(row), "is_met": row.is_met} for row in rows],
        }
        options.json.write_text(json.dumps(report, ensure_ascii=False, indent=2), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
