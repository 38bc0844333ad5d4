"""One event loop for a command, left without waiting for what cannot be ended."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from core.terminal.output import flush_at_end

INTERRUPTED = 130
"""128 + SIGINT."""


@contextmanager
def interruptible_loop() -> Iterator[asyncio.Runner]:
    """Give a loop whose `run` ends with KeyboardInterrupt on Ctrl+C, once its task has cleaned up.

    A KeyboardInterrupt that leaves the block while a name lookup hangs in its thread ends the
    process at once: nothing else can end a lookup, and it may take half a minute.
    """
    runner = asyncio.Runner()
    try:
        yield runner
    except KeyboardInterrupt:
        if _a_thread_hangs():
            flush_at_end(INTERRUPTED)
            if sys.stderr is not None:
                sys.stderr.flush()
            os._exit(INTERRUPTED)
        raise
    finally:
        runner.close()


def _a_thread_hangs() -> bool:
    return any(
        not thread.daemon and thread is not threading.main_thread()
        for thread in threading.enumerate()
    )
