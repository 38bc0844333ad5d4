"""Runs a command of the terminal from its arguments to its exit code."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from core.redacted_output import guard_standard_error, tell_traceback
from core.terminal.loop import INTERRUPTED
from core.terminal.options import parse
from core.terminal.output import flush_at_end, note, prepare_streams
from core.terminal.window import WindowStart

FAULT_NOTE = "This is a fault in Beseda itself; please report it with the lines above."


def run(argv: Sequence[str]) -> int | WindowStart:
    """Run the command that `argv` begins with, whatever happens.

    Return its exit code, or what a window is to be opened for.
    """
    command, *arguments = argv
    try:
        prepare_streams()
        guard_standard_error()
        done = _function(command)(parse(command, arguments))
        if not isinstance(done, int):
            return done
        code = done
    except SystemExit as exc:  # argparse has said what is wrong, or has shown what was asked for
        code = exc.code if isinstance(exc.code, int) else 0
    except KeyboardInterrupt:
        code = INTERRUPTED
        if sys.stderr is not None and sys.stderr.isatty():
            note("")  # the terminal has shown ^C in this line
    except Exception as exc:  # noqa: BLE001 - the terminal's last resort
        tell_traceback(exc)
        note(FAULT_NOTE)
        code = 1
    return flush_at_end(code)


def _function(command: str) -> Callable[[argparse.Namespace], int | WindowStart]:
    """Return what runs `command`; the others' modules stay out of memory."""
    # ruff: noqa: PLC0415 - see the docstring
    if command == "ask":
        from core.terminal.ask import ask

        return ask
    if command == "chat":
        from core.terminal.chat import chat

        return chat
    if command == "demo-server":
        from core.terminal.demo_server import demo_server

        return demo_server
    return _profile_function(command)


def _profile_function(command: str) -> Callable[[argparse.Namespace], int]:
    if command == "doctor":
        from core.terminal.doctor import doctor

        return doctor
    if command == "models":
        from core.terminal.models import models

        return models
    if command == "settings":
        from core.terminal.settings import show_settings

        return show_settings
    return _store_function(command)


def _store_function(command: str) -> Callable[[argparse.Namespace], int]:
    if command == "history":
        from core.terminal.history import history

        return history
    if command == "search":
        from core.terminal.search import search

        return search
    if command == "export":
        from core.terminal.export import export

        return export
    from core.terminal.import_files import import_files

    return import_files
