"""The runner of the benchmarks; what it measures is no business of these tests."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.measuring import Row, alternating, percentile

RUNNER = Path(__file__).parent / "benchmarks" / "run.py"

TRIVIAL = """
from helpers.measuring import Row

def run(rounds):
    return [
        Row("half", 1.0, "ms", baseline=2.0, ratio=0.5, goal=1.0, note=f"{rounds} rounds"),
        Row("too much", 3.0, "%", goal=0.1),
        Row("only told", 7.0, "MB"),
    ]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the runner, one benchmark, and a module that is none."""
    (tmp_path / "trivial.py").write_text(TRIVIAL)
    (tmp_path / "no_benchmark.py").write_text("NAMES = ()")
    return tmp_path


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the runner over a folder."""
    code = (
        "import importlib.util, pathlib, sys\n"
        "spec = importlib.util.spec_from_file_location('run', sys.argv[1])\n"
        "module = importlib.util.module_from_spec(spec)\n"
        "spec.loader.exec_module(module)\n"
        "sys.exit(module.main(sys.argv[3:], folder=pathlib.Path(sys.argv[2])))\n"
    )
    command = [sys.executable, "-c", code, str(RUNNER), str(folder), *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=60)


def test_table_says_which_goals_are_met(folder: Path) -> None:
    result = run(folder, "--rounds", "1")
    assert result.returncode == 0, result.stderr
    half, too_much, only_told = result.stdout.splitlines()[1:]
    assert half.split() == ["half", "1", "ms", "2", "ms", "0.50", "<=", "1", "met", "1", "rounds"]
    assert "MISSED" in too_much
    assert only_told.split() == ["only", "told", "7", "MB"]


def test_json_holds_the_same_rows(folder: Path, tmp_path: Path) -> None:
    report = tmp_path / "rows.json"
    result = run(folder, "trivial", "--rounds", "1", "--json", str(report))
    assert result.returncode == 0, result.stderr
    rows = json.loads(report.read_text(encoding="utf-8"))["rows"]
    assert [row["is_met"] for row in rows] == [True, False, None]


def test_an_unknown_name_is_refused_with_the_known_ones(folder: Path) -> None:
    result = run(folder, "trivail")
    assert result.returncode == 2
    assert "trivial" in result.stderr


def test_rounds_alternate_after_one_that_warms_the_caches() -> None:
    calls: list[str] = []

    def measured(name: str) -> float:
        calls.append(name)
        return float(len(calls))

    ours, theirs = alternating(lambda: measured("a"), lambda: measured("b"), 2)
    assert calls == ["a", "b"] * 3
    assert (ours, theirs) == ([3.0, 5.0], [4.0, 6.0])


def test_a_compared_row_has_medians_and_their_ratio() -> None:
    row = Row.compared("x", [3.0, 1.0, 2.0], [4.0, 4.0, 9.0], unit="ms", goal=0.5)
    assert (row.value, row.baseline, row.ratio, row.is_met) == (2.0, 4.0, 0.5, True)


def test_a_percentile_is_a_value_that_was_measured() -> None:
    values = [5.0, 1.0, 4.0, 2.0, 3.0]
    assert [percentile(values, share) for share in (0, 0.5, 0.99, 1)] == [1.0, 3.0, 5.0, 5.0]


def test_every_file_of_the_folder_is_a_benchmark() -> None:
    code = (
        "import importlib.util, sys\n"
        "spec = importlib.util.spec_from_file_location('run', sys.argv[1])\n"
        "module = importlib.util.module_from_spec(spec)\n"
        "spec.loader.exec_module(module)\n"
        "found = module.find_benchmarks()\n"
        "print(*[name for name, path in found.items() if module.load(path) is None])\n"
    )
    command = [sys.executable, "-c", code, str(RUNNER)]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=60)
    assert (result.returncode, result.stdout.strip()) == (0, ""), result.stderr
