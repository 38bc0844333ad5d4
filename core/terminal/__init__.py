"""The second front end: the same engine in a terminal, without Qt."""

from __future__ import annotations

from collections.abc import Sequence

TERMINAL_COMMANDS = ("ask", "chat", "history", "search", "export", "import", "demo-server")


def main(argv: Sequence[str]) -> int:
    """Run one of `TERMINAL_COMMANDS`, its name being the first of `argv`; return the exit code."""
    from core.terminal.commands import run  # noqa: PLC0415 - the window needs the names alone

    return run(argv)
