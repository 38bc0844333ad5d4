"""The way to the running program on Windows: a named pipe, whose other end must be the user's own.

Anybody may listen at a name that is free, so it is looked at who does before anything is said.
"""

from __future__ import annotations

import ctypes
import sys
import threading
import time
from typing import Any, BinaryIO, Protocol

from core.instance_messages import LARGEST_ANSWER, InstanceError, LineDecoder, Why

_PIPE_BUSY = 231
_PAUSE = 0.02
_QUERY_LIMITED = 0x1000
_TOKEN_QUERY = 0x0008
_TOKEN_USER = 1
_ROOM = 512
"""Bytes; a user's entry in a token takes fewer than 100."""


class PipeSystem(Protocol):
    """What is asked of the operating system."""

    def open(self, path: str) -> BinaryIO:
        """Return the pipe, unbuffered.

        Raises:
            OSError: there is none, or all its ends are taken.
        """

    def is_ours(self, pipe: BinaryIO) -> bool:
        """Whether this user's program listens at the other end."""


def exchange(name: str, message: bytes, *, patience: float, system: PipeSystem) -> bytes | None:
    """Return the answer to a message; None if nobody listens.

    Raises:
        InstanceError: no answer came in time, or another user listens.
    """
    deadline = time.monotonic() + patience
    try:
        pipe = _open(rf"\\.\pipe\{name}", deadline, system)
    except FileNotFoundError:
        return None
    except PermissionError:
        raise InstanceError(Why.NOT_OURS) from None
    if not system.is_ours(pipe):
        pipe.close()
        raise InstanceError(Why.NOT_OURS)
    # Reading from a pipe knows no time limit.
    lines: list[bytes | None] = []
    talk = threading.Thread(target=_talk, args=(pipe, message, lines), daemon=True)
    talk.start()
    talk.join(max(0.0, deadline - time.monotonic()))
    if talk.is_alive():
        raise InstanceError(Why.NO_ANSWER)
    return lines[0]


def _open(path: str, deadline: float, system: PipeSystem) -> BinaryIO:
    while True:
        try:
            return system.open(path)
        except OSError as exc:
            if getattr(exc, "winerror", None) != _PIPE_BUSY:
                raise
        if time.monotonic() > deadline:
            raise InstanceError(Why.NO_ANSWER)
        time.sleep(_PAUSE)


def _talk(pipe: BinaryIO, message: bytes, lines: list[bytes | None]) -> None:
    line: bytes | None = None
    try:
        with pipe:
            pipe.write(message)
            decoder = LineDecoder(LARGEST_ANSWER)
            while line is None and (chunk := pipe.read(LARGEST_ANSWER)):
                line = decoder.feed(chunk)
    except (OSError, InstanceError):
        line = None  # it has just ended, or is none of ours
    lines.append(line)


class WindowsPipes:
    """Windows itself; the libraries may be others, for tests."""

    def __init__(self, kernel32: Any = None, advapi32: Any = None) -> None:
        self._kernel32 = kernel32 or _library("kernel32")
        self._advapi32 = advapi32 or _library("advapi32")
        self._kernel32.GetCurrentProcess.restype = ctypes.c_void_p
        self._kernel32.OpenProcess.restype = ctypes.c_void_p

    def open(self, path: str) -> BinaryIO:
        """Return the pipe, unbuffered.

        Raises:
            OSError: there is none, or all its ends are taken.
        """
        return open(path, "r+b", buffering=0)  # noqa: PTH123 - a pipe, closed by its user

    def is_ours(self, pipe: BinaryIO) -> bool:
        """Whether this user's program listens at the other end."""
        number = ctypes.c_ulong()
        handle = ctypes.c_void_p(_handle(pipe.fileno()))
        if not self._kernel32.GetNamedPipeServerProcessId(handle, ctypes.byref(number)):
            return False
        process = self._kernel32.OpenProcess(_QUERY_LIMITED, 0, number)
        if not process:
            return False  # another user's
        try:
            theirs = self._user(process)
        finally:
            self._kernel32.CloseHandle(ctypes.c_void_p(process))
        ours = self._user(self._kernel32.GetCurrentProcess())
        if theirs is None or ours is None:
            return False
        return bool(self._advapi32.EqualSid(_user_pointer(theirs), _user_pointer(ours)))

    def _user(self, process: int) -> ctypes.Array[ctypes.c_char] | None:
        """Return the entry of a process' user, which begins with a pointer to the user's id."""
        token = ctypes.c_void_p()
        if not self._advapi32.OpenProcessToken(
            ctypes.c_void_p(process), _TOKEN_QUERY, ctypes.byref(token)
        ):
            return None
        try:
            entry = ctypes.create_string_buffer(_ROOM)
            size = ctypes.c_ulong()
            is_told = self._advapi32.GetTokenInformation(
                token, _TOKEN_USER, entry, _ROOM, ctypes.byref(size)
            )
            return entry if is_told else None
        finally:
            self._kernel32.CloseHandle(token)


def _user_pointer(entry: ctypes.Array[ctypes.c_char]) -> ctypes.c_void_p:
    return ctypes.c_void_p.from_buffer(entry)


def _library(name: str) -> Any:
    if sys.platform == "win32":
        return ctypes.WinDLL(name, use_last_error=True)
    else:  # noqa: RET505 - only so can mypy tell what runs where
        raise OSError(f"there is no {name} here")


def _handle(descriptor: int) -> int:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - where it exists

        return msvcrt.get_osfhandle(descriptor)
    else:  # noqa: RET505 - as above
        return descriptor
