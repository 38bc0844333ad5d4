"""The program: a command of the terminal, or the window."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from core.terminal import TERMINAL_COMMANDS

NO_DISPLAY = (
    "There is no display for a window here; `beseda chat` and `beseda ask` work without one."
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run what `argv` (default: the command line) asks for; return the exit code."""
    arguments = sys.argv[1:] if argv is None else list(argv)
    try:
        if arguments == ["typeset-formulas"]:
            # The window starts itself anew for this, so that a packaged program can, too.
            from gui.transcript.typesetting import serve  # noqa: PLC0415 - no Qt on this path

            serve()
            return 0
        if arguments and arguments[0] in TERMINAL_COMMANDS:
            from core.terminal import main as terminal  # noqa: PLC0415 - no Qt on this path

            return terminal(arguments)
        return _open_window(arguments)
    except KeyboardInterrupt:
        return 130


def _open_window(arguments: list[str]) -> int:
    # Each import stands after what can end the program before it is needed.
    from core.terminal.output import flush_at_end, note, prepare_streams  # noqa: PLC0415 - see above
    from gui.options import parse_window_options  # noqa: PLC0415 - see above

    prepare_streams()
    try:
        options = parse_window_options(arguments)
    except SystemExit as exc:
        return flush_at_end(exc.code if isinstance(exc.code, int) else 0)
    if not _has_display():
        note(NO_DISPLAY)
        return 1
    from gui.app import run  # noqa: PLC0415 - brings Qt

    return run(options)


def _has_display() -> bool:
    """Whether Qt will find a display; without one it would end the process by a signal."""
    if not sys.platform.startswith(("linux", "freebsd")):
        return True
    variables = ("DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "QT_QPA_PLATFORM")
    return any(os.environ.get(variable) for variable in variables)


if __name__ == "__main__":
    sys.exit(main())
