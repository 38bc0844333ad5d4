"""The second front end: the same engine in a terminal, without Qt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.terminal.window import WindowStart

TERMINAL_COMMANDS = (
    "ask",
    "chat",
    "models",
    "doctor",
    "settings",
    "history",
    "search",
    "export",
    "import",
    "quick",
    "show",
    "quit",
    "demo-server",
)


def main(argv: Sequence[str]) -> int | WindowStart:
    """Run one of `TERMINAL_COMMANDS`, its name being the first of `argv`.

    Return the exit code, or what a window is to be opened for: the terminal has none.
    """
    if argv[0] in {"quick", "show", "quit"}:
        from core.terminal.window import run as run_at_once  # noqa: PLC0415 - imports little

        return run_at_once(argv)
    from core.terminal.commands import run  # noqa: PLC0415 - the window needs the names alone

    return run(argv)
