"""Finds the program that runs for a data folder already, and tells it something. Knows no Qt.

A data folder has one program: two folders are two programs. Where it listens follows from the
folder's path and from the user's own folder for such things, which nobody else can enter.
"""

from __future__ import annotations

import os
import stat
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from core.data_place import data_folder
from core.instance_messages import (
    LARGEST_ANSWER,
    InstanceError,
    LineDecoder,
    Why,
    Wish,
    check_answer,
    encoded,
)

if TYPE_CHECKING:
    import socket

PATIENCE = 5.0
"""Seconds for the running program to answer."""
_LONGEST_BASE = 75
"""Bytes of a path to which the rest of a socket's can be added: some systems allow 103 in all."""
_FOLDER = "beseda"
_LOCAL_PEERCRED = (0, 1)
"""The option of macOS and the BSDs that Python does not name: SOL_LOCAL, LOCAL_PEERCRED."""


# Not a dataclass: those take longer to import than the rest of this page.
class Place(NamedTuple):
    """Where the program of a data folder can be found."""

    address: str
    """The path of a socket; on Windows the name of a pipe, without what all pipes begin with."""
    lock: Path
    """The file that the program holds while it runs."""


def place(data_dir: str | Path | None = None, *, make: bool = False) -> Place | None:
    """Return where the program of a data folder is found; None where there can be none.

    With `make`, the folder for it is made. Without, None also means that nothing runs.
    """
    folder = data_folder(data_dir)
    key = f"{_number(os.path.normcase(os.path.realpath(folder))):016x}"
    if sys.platform == "win32":
        if make:
            folder.mkdir(parents=True, exist_ok=True)
        return Place(f"beseda-{key}", folder / "instance.lock")
    else:  # noqa: RET505 - only so can mypy tell what runs where
        private = _private_folder(make=make)
        return None if private is None else Place(str(private / key), private / f"{key}.lock")


def hand_over(
    wish: Wish, data_dir: str | Path | None = None, *, patience: float = PATIENCE
) -> bool:
    """Tell the running program of a data folder what is wanted; return whether there is one.

    Raises:
        InstanceError: there is one, and it cannot be told.
    """
    found = place(data_dir)
    if found is None:
        return False
    if sys.platform == "win32":
        from core.instance_pipe import WindowsPipes, exchange  # noqa: PLC0415 - as below

        line = exchange(found.address, encoded(wish), patience=patience, system=WindowsPipes())
    elif os.path.lexists(found.address):
        line = _exchange(found.address, encoded(wish), patience)
    else:
        line = None
    if line is None:
        return False
    check_answer(line)
    return True


def activation_token() -> str:
    """Return the desktop's leave to come to the front that this start was given, if any."""
    return os.environ.get("XDG_ACTIVATION_TOKEN") or os.environ.get("DESKTOP_STARTUP_ID") or ""


def _number(text: str) -> int:
    """Return 64 bits that stand for `text` (FNV-1a); hashlib takes long to import."""
    number = 0xCBF29CE484222325
    for byte in os.fsencode(text):
        number = ((number ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return number


if sys.platform != "win32":

    def _private_folder(*, make: bool) -> Path | None:
        """Return a folder that only this user can enter; None where there is none."""
        user = os.geteuid()
        for base in (os.environ.get("XDG_RUNTIME_DIR", ""), f"/run/user/{user}"):
            if base.startswith("/") and len(os.fsencode(base)) <= _LONGEST_BASE and _is_own(base):
                return _made(Path(base, _FOLDER), make=make)
        base = os.environ.get("TMPDIR", "")
        if not base.startswith("/") or len(os.fsencode(base)) > _LONGEST_BASE:
            base = "/tmp"  # noqa: S108 - what is made there is checked
        return _made(Path(base, f"{_FOLDER}-{user}"), make=make)

    def _made(folder: Path, *, make: bool) -> Path | None:
        if make:
            try:
                folder.mkdir(mode=stat.S_IRWXU, exist_ok=True)
            except OSError:
                return None
        return folder if _is_own(folder, private=True) else None

    def _is_own(folder: str | Path, *, private: bool = False) -> bool:
        """Whether it is a folder of this user; with `private`, one that nobody else may use."""
        try:
            found = os.lstat(folder)
        except OSError:
            return False
        others = stat.S_IRWXG | stat.S_IRWXO if private else stat.S_IWGRP | stat.S_IWOTH
        is_own = stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid()
        return is_own and not found.st_mode & others

    def _exchange(path: str, message: bytes, patience: float) -> bytes | None:
        """Return the answer to a message; None if nobody listens any more.

        Raises:
            InstanceError: no answer came in time, or another user listens.
        """
        import socket  # noqa: PLC0415 - where nothing runs, the first frame need not wait for it

        deadline = time.monotonic() + patience
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(patience)
            try:
                connection.connect(path)
                if peer_user(connection) != os.geteuid():
                    raise InstanceError(Why.NOT_OURS)
                connection.sendall(message)
                return _line_from(connection, deadline)
            except (FileNotFoundError, ConnectionError):
                return None  # what is left of one that was killed, or one that is just ending
            except PermissionError:
                raise InstanceError(Why.NOT_OURS) from None
            except (TimeoutError, BlockingIOError):
                raise InstanceError(Why.NO_ANSWER) from None

    def _line_from(connection: socket.socket, deadline: float) -> bytes | None:
        decoder = LineDecoder(LARGEST_ANSWER)
        while True:
            connection.settimeout(max(0.001, deadline - time.monotonic()))
            chunk = connection.recv(LARGEST_ANSWER)
            if not chunk:
                return None
            line = decoder.feed(chunk)
            if line is not None:
                return line

    def peer_user(connection: socket.socket) -> int:
        """Return the number of the user at the other end."""
        import socket  # noqa: PLC0415 - as above

        # In struct ucred the user comes after the process, in struct xucred after its version.
        if sys.platform == "linux":
            credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
        else:
            credentials = connection.getsockopt(*_LOCAL_PEERCRED, 76)
        return int.from_bytes(credentials[4:8], sys.byteorder)
