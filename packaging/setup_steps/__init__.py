"""The steps from a bare checkout to a running Beseda. The standard library alone.

What every start imports (`commands`, `environment`, `system_packages`) stays light, because a user
waits for it; the rest (`installation`, `apt`, `checks`) is imported when there is work for it.
"""

from __future__ import annotations

import sys


class SetupError(Exception):
    """Set-up cannot go on; the message says what to do about it.

    `exit_code` is 3 when the machine lacks something that the user must install, else 1.
    """

    def __init__(self, message: str, *, exit_code: int = 1) -> None:
        super().__init__(message)
        self.exit_code = exit_code


def say(message: str) -> None:
    """Tell the user something; standard output belongs to the program alone."""
    print(message, file=sys.stderr, flush=True)
