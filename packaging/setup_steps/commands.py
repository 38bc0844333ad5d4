"""The two commands, `run` and `test`: see that all is there, then hand over."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from setup_steps import SetupError, say
from setup_steps.environment import Checkout
from setup_steps.system_packages import (
    has_display,
    missing_for_downloads,
    missing_for_tests,
    missing_for_window,
)

if TYPE_CHECKING:
    from typing import NoReturn

# The same as `core.terminal.TERMINAL_COMMANDS`.
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
# Those of them that open a window where none is open yet, and an option that does.
OPENING_COMMANDS = ("quick", "show")
OPENING_OPTION = "--window"
TERMINAL_OPTIONS = ("--version", "--help", "-h")
# What the window's options and those of `beseda chat` have in common.
SHARED_OPTIONS = ("--provider", "--model", "--system", "--proxy", "--timeout", "--data-dir")
USAGE = 2
INTERRUPTED = 130


def main(root: str, arguments: Sequence[str]) -> int:
    """Carry out `run ARGS` or `test ARGS` for the checkout in `root`; return the exit code.

    On POSIX it does not return once everything is ready: the program takes this process over.
    """
    role, *rest = arguments or [""]
    try:
        if role == "run":
            _run(Checkout(Path(root)), rest)
        if role == "test":
            return _test(Checkout(Path(root)), rest)
    except SetupError as exc:
        say(str(exc))
        return exc.exit_code
    except KeyboardInterrupt:
        say("Interrupted. Starting again goes on from here.")
        return INTERRUPTED
    say("usage: bootstrap.py run|test [ARGS]")
    return USAGE


def _run(checkout: Checkout, arguments: list[str]) -> NoReturn:
    if may_open_window(arguments):
        if has_display(os.environ):
            _provide(lambda: missing_for_window(os.environ))
        elif not is_for_terminal(arguments):
            arguments = _without_display(arguments)
    _make_ready(checkout, "run")
    _hand_over([str(checkout.python), "-P", "-m", "gui", *arguments])


def _test(checkout: Checkout, arguments: list[str]) -> int:
    _provide(missing_for_tests)
    _make_ready(checkout, "test")
    here = Path.cwd()
    if checkout.root not in (here, *here.parents):
        os.chdir(checkout.root)
    python = [str(checkout.python), "-P"]
    if arguments[:1] == ["bench"]:
        benchmarks = str(checkout.root / "tests" / "benchmarks" / "run.py")
        _hand_over([str(checkout.python), benchmarks, *arguments[1:]])
    if arguments:
        _hand_over([*python, "-m", "pytest", *arguments])
    from setup_steps.checks import run_everything  # noqa: PLC0415 - only needed here

    return run_everything(checkout)


def is_for_terminal(arguments: Sequence[str]) -> bool:
    """Whether these arguments of the program are for its terminal side, which needs no Qt."""
    if any(argument in TERMINAL_OPTIONS for argument in arguments):
        return True
    return bool(arguments) and arguments[0] in TERMINAL_COMMANDS


def may_open_window(arguments: Sequence[str]) -> bool:
    """Whether these arguments of the program need Qt, at least where no window is open yet."""
    if not is_for_terminal(arguments):
        return True
    if any(argument in TERMINAL_OPTIONS for argument in arguments):
        return False
    is_asked = arguments[0] == "ask" and OPENING_OPTION in arguments
    return is_asked or arguments[0] in OPENING_COMMANDS


def in_place_of_window(arguments: Sequence[str], *, on_terminal: bool, russian: bool) -> list[str]:
    """Return the program's arguments where there is no display.

    On a terminal that is a conversation, with the options that it shares with the window. Where
    nobody can type, one sample question shows that everything works.
    """
    if not on_terminal:
        question = "Привет! Что ты умеешь?" if russian else "Hello! What can you do?"
        return ["ask", "--provider", "demo", question]
    chat = ["chat"]
    rest = iter(arguments)
    for argument in rest:
        if argument == "--demo":
            chat += ["--provider", "demo"]
        elif argument in SHARED_OPTIONS:
            chat += [argument, *([value] if (value := next(rest, None)) else [])]
        elif argument.startswith(tuple(f"{option}=" for option in SHARED_OPTIONS)):
            chat.append(argument)
    return chat


def _without_display(arguments: list[str]) -> list[str]:
    reason = "No display was found (neither DISPLAY nor WAYLAND_DISPLAY is set)"
    if any(argument.partition("=")[0] == "--screenshot" for argument in arguments):
        raise SetupError(
            f"{reason}; --screenshot also works with QT_QPA_PLATFORM=offscreen.", exit_code=USAGE
        )
    say(f"{reason}: working in the terminal instead.")
    on_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if not on_terminal:
        # `ask` would wait for an open pipe to end, and take it for a part of the question.
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    language = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    russian = (language or "").startswith("ru")
    return in_place_of_window(arguments, on_terminal=on_terminal, russian=russian)


def _provide(find_missing: Callable[[], list[str]]) -> None:
    if find_missing():
        from setup_steps.apt import provide  # noqa: PLC0415 - only needed on a first start

        provide(find_missing)


def _make_ready(checkout: Checkout, role: str) -> None:
    if checkout.is_ready(role):
        return
    from setup_steps.installation import (  # noqa: PLC0415 - only needed on a first start
        missing_for_venv,
        set_up,
    )

    _provide(lambda: missing_for_downloads() + missing_for_venv())
    set_up(checkout, role)


def _hand_over(command: list[str]) -> NoReturn:
    """Become another program; on Windows, wait for it and pass its exit code on."""
    sys.stdout.flush()
    sys.stderr.flush()
    if sys.platform == "win32":
        from setup_steps.checks import wait_for  # noqa: PLC0415 - only needed here

        sys.exit(wait_for(command))
    os.execv(command[0], command)  # noqa: S606 - no shell is the point
