"""Lines from a person, or from a pipe."""

from __future__ import annotations

import sys

PROMPT = "> "

_PASTE_GAP = 0.02
"""Seconds within which the next line of a paste is there."""


class Keyboard:
    """Reads what is typed, with editing and a history for this run where the system has them.

    A paste of many lines is one question.
    """

    def __init__(self) -> None:
        self.is_interactive = sys.stdin is not None and sys.stdin.isatty()
        self._keeps_paste_together = self.is_interactive and _prepare_readline()

    def read_line(self) -> str | None:
        """Return the next line without its end, or None when there are no more.

        Raises:
            KeyboardInterrupt: Ctrl+C at the prompt.
        """
        if sys.stdin is None:
            return None
        if not self.is_interactive:
            line = sys.stdin.readline()
            return line.rstrip("\r\n") if line else None
        try:
            lines = [input(PROMPT)]
            while not self._keeps_paste_together and _more_is_waiting():
                lines.append(input())
        except EOFError:
            print(file=sys.stderr)
            return None
        return "\n".join(lines)


def _prepare_readline() -> bool:
    """Turn on editing and the history; return whether a paste then arrives as one line."""
    try:
        import readline  # noqa: PLC0415 - only here, and not on every system
    except ImportError:
        return False
    if "libedit" in (readline.__doc__ or ""):
        return False
    # Where the user's or Python's settings turn it off, every pasted line would be a question.
    readline.parse_and_bind("set enable-bracketed-paste on")
    return True


def _more_is_waiting() -> bool:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - Windows only

        return msvcrt.kbhit()
    import select  # noqa: PLC0415 - for terminals without bracketed paste

    return bool(select.select([sys.stdin], [], [], _PASTE_GAP)[0])
