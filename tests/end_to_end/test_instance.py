"""One program, however often it is started: the real one, on a screen."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.running_program import LIMIT, RunningProgram, beseda

from core.instance import hand_over
from core.instance_messages import Action, Wish

if TYPE_CHECKING:
    from helpers.display import Display
    from helpers.served_site import ServedSite
    from helpers.window import Window

pytestmark = pytest.mark.end_to_end

Start = Callable[..., RunningProgram]
IsRunning = Callable[..., bool]


@pytest.fixture
def begin(
    started: tuple[ExitStack, list[RunningProgram]], display: Display, tmp_path: Path
) -> Start:
    """Start the program on the screen, in the data folder that `open_window` uses."""
    stack, reporters = started

    def begin(*arguments: str) -> RunningProgram:
        environment = {**display.environment, "BESEDA_DATA_DIR": str(tmp_path / "data")}
        program = stack.enter_context(RunningProgram(beseda(*arguments), environment=environment))
        reporters.append(program)
        return program

    return begin


@pytest.fixture
def is_running(display: Display, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> IsRunning:
    """Tell whether the program of a data folder listens."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", display.environment["XDG_RUNTIME_DIR"])
    return lambda folder=tmp_path / "data": hand_over(Wish(Action.GREET), folder)


def wait_until(condition: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + LIMIT
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.05)


def windows(display: Display, pid: int) -> list[str]:
    """Return the windows of a process that are on the screen."""
    found = display.window_of(pid)
    return [found] if found else []


def test_those_that_start_at_the_same_instant_are_one_program(
    begin: Start, display: Display, is_running: IsRunning
) -> None:
    programs = [begin("--demo") for _ in range(3)]
    wait_until(
        lambda: sum(program.exit_code == 0 for program in programs) == 2,
        "two that have handed over",
    )
    (one,) = (program for program in programs if program.exit_code is None)
    wait_until(lambda: windows(display, one.pid), "the window")
    wait_until(is_running, "a program that listens")
    assert begin("quit").wait() == 0
    assert one.wait() == 0
    assert one.complaints == ""


def test_a_second_start_brings_the_hidden_window_back(
    begin: Start, display: Display, is_running: IsRunning
) -> None:
    first = begin("--demo", "--hidden")
    wait_until(is_running, "a program that listens")
    assert begin("--hidden").wait() == 0
    assert windows(display, first.pid) == []
    assert begin().wait() == 0
    wait_until(lambda: windows(display, first.pid), "the window")
    assert begin("show").wait() == 0
    assert begin("quit").wait() == 0
    assert first.wait() == 0
    assert first.complaints == ""


def test_a_question_is_handed_to_the_open_window(
    open_window: Callable[..., Window], begin: Start, site: ServedSite
) -> None:
    window = open_window("--provider", site.url)
    assert begin("ask", "--window", "What are you?").wait() == 0
    window.wait_for_text("not a language model")
    assert [question.text for question in site.questions] == ["What are you?"]
    second = begin("--theme", "dark")
    assert second.wait() == 0
    assert "running already" in second.complaints
    assert begin("quit").wait() == 0
    assert window.program.wait() == 0
    assert window.program.complaints == ""


def test_after_a_kill_the_next_start_is_the_program(begin: Start, is_running: IsRunning) -> None:
    first = begin("--demo")
    wait_until(is_running, "a program that listens")
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert not is_running()
    second = begin("--demo")
    wait_until(is_running, "a program that listens")
    assert begin("show").wait() == 0
    assert begin("quit").wait() == 0
    assert second.wait() == 0


def test_two_data_folders_are_two_programs(
    begin: Start, tmp_path: Path, is_running: IsRunning
) -> None:
    one, other = begin("--demo"), begin("--demo", "--data-dir", str(tmp_path / "other"))
    wait_until(is_running, "a program that listens")
    wait_until(lambda: is_running(tmp_path / "other"), "the other one")
    assert begin("quit").wait() == 0
    assert one.wait() == 0
    assert other.exit_code is None
    assert begin("quit", "--data-dir", str(tmp_path / "other")).wait() == 0
    assert other.wait() == 0
