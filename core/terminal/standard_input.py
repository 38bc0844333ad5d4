"""What comes through standard input, without ever waiting for a terminal or an idle pipe."""

from __future__ import annotations

import codecs
import os
import queue
import stat
import sys
import threading
import time

from core.terminal.output import note

LARGEST = 2 * 1024 * 1024
"""Bytes of standard input that are taken."""

PATIENCE = 5.0
"""Seconds for the first byte of a pipe that need not bring any."""

_CHUNK = 65536
_STEP = 0.1


class InputTooLargeError(Exception):
    """More than `LARGEST` bytes came."""


def read_context() -> str:
    """Return what a pipe or a file brings to a question that could stand without it.

    Raises:
        InputTooLargeError: it does not end in time.
    """
    descriptor = _descriptor()
    if descriptor is None or not _brings_data(descriptor):
        return ""
    content = read_all(descriptor, patience=PATIENCE)
    if content is None:
        note(
            f"Nothing came through standard input for {PATIENCE:g} s, so the question is asked"
            " without it; give - to wait for it.",
        )
    return content or ""


def read_question() -> str:
    """Return all of standard input, waited for to its end; nothing where a terminal is behind it.

    Raises:
        InputTooLargeError: it does not end in time.
    """
    descriptor = _descriptor()
    if descriptor is None or os.isatty(descriptor):
        return ""
    return read_all(descriptor, patience=None) or ""


def read_all(descriptor: int, *, patience: float | None) -> str | None:
    """Return the text behind `descriptor`; None when no byte of it came within `patience` seconds.

    A file that is not UTF-8 is read as far as it can be.
    """
    chunks: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    # A thread, since a read can be given up in no other way on every system.
    threading.Thread(
        target=_pump, args=(descriptor, chunks), name="standard input", daemon=True
    ).start()
    gives_up_at = None if patience is None else time.monotonic() + patience
    content = bytearray()
    while True:
        try:
            # In steps: on Windows Ctrl+C does not end a wait that has no limit.
            chunk = chunks.get(timeout=_STEP)
        except queue.Empty:
            if gives_up_at is not None and not content and time.monotonic() >= gives_up_at:
                return None
            continue
        if not chunk:
            return _decoded(bytes(content))
        content += chunk
        if len(content) > LARGEST:
            raise InputTooLargeError


def _pump(descriptor: int, chunks: queue.SimpleQueue[bytes]) -> None:
    size = 0
    try:
        while size <= LARGEST and (chunk := os.read(descriptor, _CHUNK)):
            size += len(chunk)
            chunks.put(chunk)
    except OSError:  # a closed or foreign descriptor brings nothing
        pass
    finally:
        chunks.put(b"")


def _descriptor() -> int | None:
    try:
        return None if sys.stdin is None else sys.stdin.fileno()
    except (OSError, ValueError):
        return None


def _brings_data(descriptor: int) -> bool:
    try:
        mode = os.fstat(descriptor).st_mode
    except OSError:
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISREG(mode) or stat.S_ISSOCK(mode)


def _decoded(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):  # PowerShell's files
        return content.decode("utf-16", "replace")
    return content.decode("utf-8-sig", "replace")
