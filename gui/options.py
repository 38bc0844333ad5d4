"""What the window can be told when it is started."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from core import __version__
from core.instance import activation_token
from core.instance_messages import Action, Wish
from core.terminal.question_options import add_profile_options, check_profile
from core.terminal.window import WindowStart

_EPILOG = """\
In the terminal, without a window:
  beseda ask TEXT       ask one question; the answer is printed
  beseda chat           talk line by line
  beseda models         list the models that a service offers
  beseda doctor         find out why a service does not answer
  beseda settings       list all options, with what they are set to
  beseda history        list the conversations that are kept, or print one
  beseda search TEXT    find words in them
  beseda export         write them to files
  beseda import FILE    add those of this and other programs
  beseda demo-server    serve the demo site on this computer
Through the program that runs already, or as a new one:
  beseda quick [TEXT]   open the quick prompt, with TEXT in its line
  beseda show           bring the window to the front
  beseda quit           end the program
Each of them takes --help.
"""

_SMALLEST, _LARGEST = 200, 16384


@dataclass(frozen=True, slots=True)
class WindowOptions:
    """What was chosen for this start; None and empty texts where nothing was."""

    provider: str | None = None
    """What `core.profiles.chosen_profile` takes."""
    profile: str | None = None
    """The id or the name of a saved profile."""
    key_variable: str = ""
    """The environment variable that holds the key."""
    model: str = ""
    system: str = ""
    proxy: str | None = None
    timeout: float | None = None
    """Seconds of silence after which a service is given up."""
    screenshot: Path | None = None
    """Save a picture of the window there once the answer has ended, and leave."""
    ask: str | None = None
    """Ask this as soon as the window is open."""
    theme: str = ""
    """`light`, `dark` or `system`; empty for what is set."""
    language: str = ""
    """`en`, `ru` or `system`; empty for what is set."""
    size: tuple[int, int] | None = None
    """Width and height of the window in device-independent pixels."""
    data_dir: Path | None = None
    hidden: bool = False
    """Start without a window on the screen: it can be had from the tray, or by a second start."""
    quick: str | None = None
    """Open the quick prompt with this text in its line; None for no quick prompt."""

    @property
    def wish(self) -> Wish | None:
        """What a program that runs already is told in place of this start; None for nothing."""
        if self.screenshot is not None:
            return None
        if self.ask is not None:
            return Wish(Action.ASK, self.ask, activation_token())
        if self.quick is not None:
            return Wish(Action.QUICK, self.quick, activation_token())
        return Wish(Action.GREET if self.hidden else Action.SHOW, "", activation_token())

    @property
    def is_for_new_start(self) -> bool:
        """Whether it says anything that a program that runs already cannot take."""
        plain = WindowOptions(
            ask=self.ask, data_dir=self.data_dir, hidden=self.hidden, quick=self.quick
        )
        return self != plain


def options_for(start: WindowStart) -> WindowOptions:
    """Return the options of a window that is opened for a command of the terminal."""
    action, text, _ = start.wish
    if action is Action.QUICK:
        return WindowOptions(data_dir=start.data_dir, hidden=True, quick=text)
    # An empty question is none: a new window begins with a new conversation.
    ask = text if action is Action.ASK and text.strip() else None
    return WindowOptions(data_dir=start.data_dir, ask=ask)


def parse_window_options(arguments: Sequence[str]) -> WindowOptions:
    """Return the options of the window; ends the program on --help and on wrong usage.

    Raises:
        SystemExit: 0 after --help and --version, 2 for what is wrong.
    """
    if not arguments:
        return WindowOptions()
    parser = _parser()
    values = parser.parse_args(arguments)
    check_profile(parser, values)
    if values.ask is not None and not values.ask.strip():
        parser.error("argument --ask: there is nothing to ask")
    return WindowOptions(
        **{
            field.name: getattr(values, field.name)
            for field in fields(WindowOptions)
            if field.name != "quick"
        }
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="beseda",
        description="A small, fast chat client for language models. Opens its window.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"beseda {__version__}")
    add_profile_options(parser)
    parser.add_argument(
        "--demo",
        action="store_const",
        const="demo",
        dest="provider",
        help="talk to the built-in demo; the same as --provider demo",
    )
    group = parser.add_argument_group("window")
    group.add_argument("--ask", metavar="TEXT", help="ask this at once")
    group.add_argument(
        "--screenshot",
        type=_picture,
        metavar="FILE",
        help="save a picture (PNG) of the window when the answer has ended, and leave",
    )
    group.add_argument("--theme", choices=("light", "dark", "system"), default="")
    group.add_argument("--language", choices=("en", "ru", "system"), default="")
    group.add_argument(
        "--hidden",
        action="store_true",
        help="start without a window: with the tray's icon and the hotkey alone",
    )
    group.add_argument("--size", type=_size, metavar="WxH", help="for example 900x700")
    return parser


def _size(value: str) -> tuple[int, int]:
    match = re.fullmatch(r"([0-9]{1,5})[xX×]([0-9]{1,5})", value)
    if match is None:
        raise argparse.ArgumentTypeError(f"“{value}” is not of the form 900x700")
    width, height = int(match[1]), int(match[2])
    if not (_SMALLEST <= width <= _LARGEST and _SMALLEST <= height <= _LARGEST):
        raise argparse.ArgumentTypeError(f"each side is from {_SMALLEST} to {_LARGEST}")
    return width, height


def _picture(value: str) -> Path:
    path = Path(value).expanduser()
    if not value or path.is_dir():
        raise argparse.ArgumentTypeError("a picture needs a file name")
    if not path.absolute().parent.is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder {path.absolute().parent}")
    return path
