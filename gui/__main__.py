"""The program: a command of the terminal, or the window."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.terminal import TERMINAL_COMMANDS

if TYPE_CHECKING:
    from core.terminal.window import WindowStart
    from gui.options import WindowOptions

NO_DISPLAY = (
    "There is no display for a window here; `beseda chat` and `beseda ask` work without one."
)

RUNS_ALREADY = "Beseda is running already; the options given are for a new start, and left out."


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

            done = terminal(arguments)
            return done if isinstance(done, int) else _open_for(done)
        return _open_window(arguments)
    except KeyboardInterrupt:
        return 130


def _open_window(arguments: list[str]) -> int:
    # Each import stands after what can end the program before it is needed.
    from core.terminal.output import flush_at_end, prepare_streams  # noqa: PLC0415 - see above
    from gui.options import parse_window_options  # noqa: PLC0415 - see above

    prepare_streams()
    try:
        options = parse_window_options(arguments)
    except SystemExit as exc:
        return flush_at_end(exc.code if isinstance(exc.code, int) else 0)
    wish = options.wish
    if wish is not None:
        from core.terminal.window import tell  # noqa: PLC0415 - see above

        code = tell(wish, options.data_dir)
        if code is not None:
            _say_what_is_ignored(options)
            return code
    return _run_window(options)


def _open_for(start: WindowStart) -> int:
    """Open the window for what a command of the terminal wants, while none is open."""
    from gui.options import options_for  # noqa: PLC0415 - where it is needed

    return _run_window(options_for(start))


def _run_window(options: WindowOptions) -> int:
    if not _has_display():
        from core.terminal.output import note  # noqa: PLC0415 - where it is needed

        note(NO_DISPLAY)
        return 1
    from gui.app import run  # noqa: PLC0415 - brings Qt

    return run(options)


def _say_what_is_ignored(options: WindowOptions) -> None:
    if options.is_for_new_start:
        from core.terminal.output import note  # noqa: PLC0415 - where it is needed

        note(RUNS_ALREADY)


def _has_display() -> bool:
    """Whether Qt will find a display; without one it would end the process by a signal."""
    if not sys.platform.startswith(("linux", "freebsd")):
        return True
    variables = ("DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "QT_QPA_PLATFORM")
    return any(os.environ.get(variable) for variable in variables)


if __name__ == "__main__":
    sys.exit(main())
