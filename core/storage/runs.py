"""Which processes are alive: each holds the lock of a file that the system frees when it ends."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from core.ids import new_id
from core.storage.private import create_file, create_folder

_SUFFIX = ".lock"


class Run:
    """This process' use of a store, by the token that it writes beside what it is writing."""

    def __init__(self, folder: Path | None) -> None:
        """Take a token; `folder` holds the locks, None for a store in memory.

        Raises:
            OSError: the lock's file could not be made.
        """
        self.token = ""
        self._folder = folder
        self._descriptor = -1
        if folder is None:
            self.token = _new_token()
            return
        create_folder(folder)
        while not self.token:
            self._take(folder)

    def dead(self, tokens: Iterable[str]) -> list[str]:
        """Return those of `tokens` whose process has ended; locks that nobody holds go away."""
        candidates = {*tokens, *self._with_locks()} - {self.token}
        dead = {token for token in candidates if self._is_dead(token)}
        return sorted(dead.intersection(tokens))

    def others(self) -> list[str]:
        """Return the tokens of the other processes that have the store open."""
        return [token for token in self._with_locks() - {self.token} if not self._is_dead(token)]

    def close(self) -> None:
        """Give the token back."""
        if self._folder is not None and self._descriptor >= 0:
            # On Windows a file that is open cannot be removed; elsewhere it must be removed
            # while the lock is held, so that nobody locks what is not there any more.
            if sys.platform == "win32":
                os.close(self._descriptor)
            with contextlib.suppress(OSError):
                _path(self._folder, self.token).unlink()
            if sys.platform != "win32":
                os.close(self._descriptor)
            self._descriptor = -1

    def _with_locks(self) -> set[str]:
        if self._folder is None:
            return set()
        return {file.stem for file in self._folder.glob(f"*{_SUFFIX}")}

    def _take(self, folder: Path) -> None:
        token = _new_token()
        path = _path(folder, token)
        descriptor = create_file(path)
        # Between these two lines another process may have thought that this one is dead.
        if _lock(descriptor) and _is_at(descriptor, path):
            self.token, self._descriptor = token, descriptor
        else:
            os.close(descriptor)

    def _is_dead(self, token: str) -> bool:
        if self._folder is None or not token or not token.isalnum():
            return True
        path = _path(self._folder, token)
        try:
            descriptor = os.open(path, os.O_RDWR)
        except FileNotFoundError:
            return True
        try:
            if not _lock(descriptor):
                return False
            if sys.platform != "win32":
                path.unlink(missing_ok=True)
        finally:
            os.close(descriptor)
        if sys.platform == "win32":
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
        return True


def _path(folder: Path, token: str) -> Path:
    return folder / (token + _SUFFIX)


def _new_token() -> str:
    return f"{new_id():x}"


def _is_at(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> bool:
        """Lock the file without waiting; whether nobody else holds it."""
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        """Lock the file without waiting; whether nobody else holds it."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
