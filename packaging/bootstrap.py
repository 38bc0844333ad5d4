"""Set up a checkout of Beseda, then start the program or its tests.

    python packaging/bootstrap.py run [ARGS]     the program, with ARGS
    python packaging/bootstrap.py test [ARGS]    every check and test, or pytest with ARGS

This file must parse on any Python 3, for it is what says that a newer one is needed. What needs
the newer one is in `setup_steps`, beside it. Both use the standard library alone.
"""

import os
import sys

OLDEST = (3, 11)
CANNOT_START = 3


def complaint(version: "tuple[int, ...]") -> str:
    """Return what to tell a user of this Python version; nothing if it is new enough."""
    if tuple(version[:2]) >= OLDEST:
        return ""
    found = ".".join(str(part) for part in version[:3])
    return "Beseda needs Python 3.11 or newer; this is Python " + found + "."


def main() -> int:
    """Check the Python at hand and pass on to the steps."""
    unfit = complaint(sys.version_info[:3])
    if unfit:
        sys.stderr.write(unfit + "\n")
        return CANNOT_START
    from setup_steps.commands import main as set_up_and_start  # noqa: PLC0415 - newer syntax

    root = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))  # noqa: PTH120 - old Python
    return set_up_and_start(root, sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
