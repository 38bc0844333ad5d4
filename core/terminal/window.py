"""`beseda quick`, `show` and `quit`, and whatever else is told to a window that is open already.

People bind these to keys: this module imports no more than it must.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from core import __version__
from core.instance import activation_token, hand_over
from core.instance_messages import Action, InstanceError, Why, Wish
from core.terminal.data_option import add_data_option
from core.terminal.output import flush_at_end, note, prepare_streams

WINDOW_COMMANDS = ("quick", "show", "quit")
TOLD, NOT_TOLD = 0, 1

_DESCRIPTIONS = {
    "quick": "Open the quick prompt, with TEXT in its line if there is one.",
    "show": "Bring the window to the front.",
    "quit": "End the program, in order; harmless when it does not run.",
}
_EPILOG = """\
The program that runs already is told so, and this command ends at once; bind it to a key in the
settings of your desktop. Where none runs, this one becomes it.

Exit code: 0 done, 1 the running program cannot be told, 2 wrong usage.
"""
_QUIT_EPILOG = """\
Exit code: 0 told, or none runs, 1 the running program cannot be told, 2 wrong usage.
"""
_REASONS = {
    Why.TOO_LARGE: "That is too much text for the window; 4 MB can be handed over.",
    Why.NOT_UNDERSTOOD: "The running Beseda does not understand this one; quit it and start anew.",
    Why.OTHER_VERSION: "Another version of Beseda is running; quit it and start anew.",
    Why.NO_ANSWER: "Beseda is running, but does not answer.",
    Why.NOT_OURS: "Another user's program is in the place of the running Beseda.",
}


class WindowStart(NamedTuple):
    """A window is to be opened, for none is."""

    wish: Wish
    data_dir: Path | None = None


def run(argv: Sequence[str]) -> int | WindowStart:
    """Run the command that `argv` begins with: return its exit code, or what to open.

    Raises:
        KeyboardInterrupt: Ctrl+C.
    """
    command, *arguments = argv
    prepare_streams()
    try:
        options = window_parser(command).parse_args(arguments)
    except SystemExit as exc:  # argparse has said what is wrong, or has shown what was asked for
        return flush_at_end(exc.code if isinstance(exc.code, int) else 0)
    text = " ".join(options.text) if command == "quick" else ""
    return tell_or_start(Action(command), text, data_dir=options.data_dir)


def tell_or_start(action: Action, text: str, *, data_dir: Path | None) -> int | WindowStart:
    """Tell the running program: return the exit code, or what to open where none runs."""
    wish = Wish(action, text, activation_token())
    code = tell(wish, data_dir)
    if code is not None:
        return code
    if action is Action.QUIT:
        note("Beseda is not running.")
        return TOLD
    return WindowStart(wish, data_dir)


def tell(wish: Wish, data_dir: Path | None) -> int | None:
    """Tell the running program; return the exit code, None where none runs."""
    try:
        return TOLD if hand_over(wish, data_dir) else None
    except InstanceError as exc:
        note(_REASONS[exc.why])
        return NOT_TOLD


def window_parser(command: str) -> argparse.ArgumentParser:
    """Return the parser of one of `WINDOW_COMMANDS`."""
    parser = argparse.ArgumentParser(
        prog=f"beseda {command}",
        description=_DESCRIPTIONS[command],
        epilog=_QUIT_EPILOG if command == "quit" else _EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"beseda {__version__}")
    if command == "quick":
        parser.add_argument("text", nargs="*", metavar="TEXT", help="what to begin with")
    add_data_option(parser)
    return parser
