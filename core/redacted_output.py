"""Keeps secrets out of what the interpreter and `logging` write by themselves."""

from __future__ import annotations

import contextlib
import logging
import sys
import threading
import traceback
from types import TracebackType
from typing import TextIO

from core.redaction import redacted


class RedactingFormatter(logging.Formatter):
    """Hides secrets in a whole record: its message, its exceptions, and its stack."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the lines of `record`."""
        return redacted(super().format(record))


class RedactingHandler(logging.StreamHandler[TextIO]):
    """Writes records to standard error.

    A record that cannot be made into text is told of by its place, for its values may be secret.
    """

    def __init__(self) -> None:
        super().__init__(sys.stderr)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - of `logging`
        """Say where the record came from."""
        tell_broken_record(record)


def tell_broken_record(record: logging.LogRecord) -> None:
    """Say on standard error that a record could not be written, without its values."""
    kind = sys.exc_info()[0]
    if kind is None or not issubclass(kind, OSError):
        name = "" if kind is None else kind.__name__
        _write(f"A log record of {record.pathname}:{record.lineno} was not written: {name}\n")


def redacted_traceback(error: BaseException) -> str:
    """Return what Python prints of `error` and of those behind it, without secrets."""
    return redacted("".join(traceback.format_exception(error)))


def tell_traceback(error: BaseException) -> None:
    """Write what `redacted_traceback` returns to standard error, if there is one."""
    _write(redacted_traceback(error))


def guard_standard_error() -> None:
    """Keep secrets out of tracebacks that nobody catches, and out of logs that nobody set up."""
    sys.excepthook = _on_uncaught
    threading.excepthook = _on_thread_error
    sys.unraisablehook = _on_unraisable
    last = RedactingHandler()
    last.setLevel(logging.WARNING)
    last.setFormatter(RedactingFormatter())
    logging.lastResort = last


def _on_uncaught(
    _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
) -> None:
    tell_traceback(error)


def _on_thread_error(values: threading.ExceptHookArgs) -> None:
    if values.exc_value is not None and not isinstance(values.exc_value, SystemExit):
        name = values.thread.name if values.thread else "?"
        _write(f"Exception in thread {name}:\n{redacted_traceback(values.exc_value)}")


def _on_unraisable(values: sys.UnraisableHookArgs) -> None:
    if values.exc_value is not None:
        what = values.err_msg or "Exception ignored in"
        lines = redacted_traceback(values.exc_value)
        _write(f"{redacted(f'{what}: {values.object!r}')}\n{lines}")


def _write(text: str) -> None:
    if sys.stderr is None:
        return
    with contextlib.suppress(OSError, ValueError):  # it was closed
        sys.stderr.write(text)
        sys.stderr.flush()
