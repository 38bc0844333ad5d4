"""Screens, programs and sites for tests that start the real program as a process."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from helpers.accessibility import AccessibleDriver, GoneError
from helpers.display import Display, what_is_missing
from helpers.running_program import RunningProgram, beseda, plain_environment
from helpers.served_site import ServedSite
from helpers.window import Window

from core.demo import Scenario

if TYPE_CHECKING:
    from helpers.pseudo_terminal import PseudoTerminal


class Started(Protocol):
    """What a test has started and what a failure should tell of."""

    def report(self) -> str:
        """Return its output and how it ended."""


STARTED = pytest.StashKey[list[Started]]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let one process run them all: they share a screen, and their programs need the time."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.xdist_group("programs"))


@pytest.fixture(scope="session")
def display() -> Iterator[Display]:
    """One private screen for all tests; each test closes what it opens there."""
    missing = what_is_missing()
    if missing and os.environ.get("CI") == "true":
        pytest.fail(f"not installed here: {', '.join(missing)}", pytrace=False)
    if missing:
        pytest.skip(f"a window's tests need {', '.join(missing)}")
    with Display() as display:
        yield display


@pytest.fixture(scope="session")
def driver(display: Display) -> Iterator[AccessibleDriver]:
    """The screen reader's side of that screen."""
    with AccessibleDriver(display) as driver:
        yield driver


@pytest.fixture
def site() -> Iterator[ServedSite]:
    """A demo site that tells what reached it, and writes faster than the built-in one."""
    with ServedSite(Scenario(speed=3000)) as site:
        yield site


@pytest.fixture
def started(request: pytest.FixtureRequest) -> Iterator[tuple[ExitStack, list[Started]]]:
    """What ends with the test, and what its failure tells of."""
    reporters = request.node.stash.setdefault(STARTED, [])
    with ExitStack() as stack:
        yield stack, reporters


@pytest.fixture
def start(
    started: tuple[ExitStack, list[Started]], tmp_path: Path
) -> Callable[..., RunningProgram]:
    """Start the program without a display: `start("ask", "Hello")`."""
    stack, reporters = started

    def start(*arguments: str, **options: Any) -> RunningProgram:
        options.setdefault("environment", plain_environment(tmp_path))
        program = stack.enter_context(RunningProgram(beseda(*arguments), **options))
        reporters.append(program)
        return program

    return start


@pytest.fixture
def start_on_terminal(
    started: tuple[ExitStack, list[Started]], tmp_path: Path
) -> Callable[..., PseudoTerminal]:
    """Start the program on a terminal."""
    if sys.platform == "win32":
        pytest.skip("Windows has no pseudo-terminals of this kind")
    from helpers.pseudo_terminal import PseudoTerminal  # noqa: PLC0415 - imports what Unix has

    stack, reporters = started

    def start(*arguments: str) -> PseudoTerminal:
        program = PseudoTerminal(beseda(*arguments), environment=plain_environment(tmp_path))
        reporters.append(program)
        return stack.enter_context(program)

    return start


@pytest.fixture
def open_window(
    started: tuple[ExitStack, list[Started]],
    display: Display,
    driver: AccessibleDriver,
    tmp_path: Path,
) -> Callable[..., Window]:
    """Open the program's window and wait until it can be typed into."""
    stack, reporters = started

    def open_window(*arguments: str, settings: str = "[advanced]\nretries = 0\n") -> Window:
        folder = tmp_path / "data"
        environment = {**display.environment, "BESEDA_DATA_DIR": str(folder)}
        folder.mkdir(exist_ok=True)
        if not (folder / "settings.toml").exists():
            (folder / "settings.toml").write_text(settings, encoding="utf-8")
        program = RunningProgram(beseda(*arguments), environment=environment)
        window = Window(stack.enter_context(program), display, driver, folder=tmp_path)
        reporters.append(window)
        window.wait_until_ready()
        return window

    return open_window


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add to a failure what the programs printed and how the screen looked."""
    report = yield
    if report.failed and report.when == "call":
        everything: list[Started] = item.stash.get(STARTED, [])
        for number, started in enumerate(everything, start=1):
            # It may have gone meanwhile: the failure itself is worth more than how all looked.
            try:
                told = started.report()
            except GoneError as exc:
                told = f"{exc!r}"
            report.sections.append((f"program {number}", told))
    return report
