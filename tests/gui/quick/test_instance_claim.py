"""One program for a data folder, whoever starts when, and however it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from helpers.instance_place import private_runtime
from helpers.running_program import ROOT

from core.instance import place
from core.instance_messages import Action, Wish
from gui.quick.instance_claim import claim_instance

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = ROOT / "tests" / "helpers" / "programs" / "claiming.py"
SHOW = Wish(Action.SHOW)
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture(autouse=True)
def runtime() -> Iterator[Path]:
    """The user's folder for sockets."""
    with private_runtime() as folder:
        yield folder


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start a process that claims the folder of the test."""
    with ExitStack() as stack:

        def start(*arguments: str) -> subprocess.Popen[str]:
            process = stack.enter_context(
                subprocess.Popen(
                    [sys.executable, str(PROGRAM), str(tmp_path), *arguments],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                    env={**os.environ, "PYTHONPATH": str(ROOT)},
                )
            )
            stack.callback(process.kill)
            return process

        yield start


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def end(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(20) == 0


def test_of_those_that_start_at_once_one_runs_and_hears_of_all_others(start: Start) -> None:
    processes = [start("--answer") for _ in range(4)]
    first_words = [line(process) for process in processes]
    assert sorted(first_words) == ["claimed", "told", "told", "told"]
    one = processes[first_words.index("claimed")]
    assert [line(one) for _ in range(4)] == ["listening", "shown", "shown", "shown"]
    end(one)


def test_a_killed_program_is_followed_by_the_next(start: Start, runtime: Path) -> None:
    first = start("--answer")
    assert (line(first), line(first)) == ("claimed", "listening")
    first.kill()
    first.wait()
    left = {file.suffix for file in (runtime / "beseda").iterdir()}
    assert left == {"", ".lock"}, "nothing was left over to be cleaned"
    second = start("--answer")
    assert (line(second), line(second)) == ("claimed", "listening")
    third = start()
    assert line(third) == "told"
    assert line(second) == "shown"
    end(second)
    assert list((runtime / "beseda").iterdir()) == []


def test_who_starts_while_another_ends_waits_for_it(start: Start, tmp_path: Path) -> None:
    claim = claim_instance(SHOW, tmp_path)
    assert claim is not None
    next_one = start()
    assert next_one.poll() is None
    claim.release()
    assert line(next_one) == "claimed"
    end(next_one)


def test_a_program_that_never_listens_is_waited_for_no_longer_than_allowed(
    start: Start, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    deaf = start()
    assert line(deaf) == "claimed"
    claim = claim_instance(SHOW, tmp_path, patience=0.1)
    assert claim is not None
    assert claim.place is None
    assert "does not listen" in caplog.text
    caplog.clear()
    claim.release()
    end(deaf)


def test_two_folders_are_two_programs(tmp_path: Path) -> None:
    claims = [claim_instance(SHOW, tmp_path / name) for name in ("one", "two")]
    places = {claim.place for claim in claims if claim is not None}
    assert len(places - {None}) == 2
    for claim in claims:
        assert claim is not None
        claim.release()


def test_without_a_private_folder_the_program_runs_all_the_same(
    runtime: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (runtime / "beseda").symlink_to(tmp_path)
    claim = claim_instance(SHOW, tmp_path)
    assert claim is not None
    assert claim.place is None
    assert "no private folder" in caplog.text
    caplog.clear()


def test_a_released_claim_leaves_nothing(tmp_path: Path) -> None:
    claim = claim_instance(SHOW, tmp_path)
    found = place(tmp_path)
    assert claim is not None
    assert found is not None
    assert found.lock.exists()
    claim.release()
    claim.release()
    assert not found.lock.exists()
