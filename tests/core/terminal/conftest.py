"""The program as a process without a window, and the demo site that it talks to."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.running_program import RunningProgram, beseda, plain_environment
from helpers.served_site import ServedSite

from core.demo import Scenario

if TYPE_CHECKING:
    from helpers.pseudo_terminal import PseudoTerminal


@pytest.fixture
def site() -> Iterator[ServedSite]:
    """A fast demo site that tells what reached it."""
    with ServedSite(Scenario(speed=0)) as site:
        yield site


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An environment with nothing of the user's."""
    return plain_environment(tmp_path)


@pytest.fixture
def start(environment: dict[str, str]) -> Iterator[Callable[..., RunningProgram]]:
    """Start the program: `start("ask", "Hello", piped="…", LANG="C")`."""
    with ExitStack() as stack:

        def start(*arguments: str, piped: str | None = None, **variables: str) -> RunningProgram:
            program = RunningProgram(
                beseda(*arguments), environment=environment | variables, piped=piped
            )
            return stack.enter_context(program)

        yield start


@pytest.fixture
def start_on_terminal(
    environment: dict[str, str],
) -> Iterator[Callable[..., PseudoTerminal]]:
    """Start the program on a terminal of its own."""
    if sys.platform == "win32":
        pytest.skip("Windows has no pseudo-terminals of this kind")
    from helpers.pseudo_terminal import PseudoTerminal  # noqa: PLC0415 - imports what Unix has

    with ExitStack() as stack:
        yield lambda *arguments: stack.enter_context(
            PseudoTerminal(beseda(*arguments), environment=environment)
        )
