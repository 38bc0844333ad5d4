"""The one place where errors of SQLite and of the system become a `StorageError`."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from core.errors import Fault, StorageError

_SCARCE_BYTES = 1 << 20

_FAULTS_OF_SQLITE = {
    sqlite3.SQLITE_BUSY: Fault.STORE_LOCKED,
    sqlite3.SQLITE_LOCKED: Fault.STORE_LOCKED,
    sqlite3.SQLITE_FULL: Fault.STORE_FULL,
    sqlite3.SQLITE_READONLY: Fault.STORE_READ_ONLY,
    sqlite3.SQLITE_PERM: Fault.STORE_READ_ONLY,
    sqlite3.SQLITE_CORRUPT: Fault.STORE_DAMAGED,
    sqlite3.SQLITE_NOTADB: Fault.STORE_DAMAGED,
    sqlite3.SQLITE_FORMAT: Fault.STORE_DAMAGED,
}

_FAULTS_OF_SYSTEM = {
    errno.ENOSPC: Fault.STORE_FULL,
    errno.EDQUOT: Fault.STORE_FULL,
    errno.EACCES: Fault.STORE_READ_ONLY,
    errno.EPERM: Fault.STORE_READ_ONLY,
    errno.EROFS: Fault.STORE_READ_ONLY,
}


@contextlib.contextmanager
def translated(path: Path | None) -> Iterator[None]:
    """Raise a `StorageError` for an error of SQLite or of the system, about the file `path`.

    None stands for a store in memory.
    """
    try:
        yield
    except (sqlite3.Error, OSError) as exc:
        raise storage_error(exc, path) from exc


def storage_error(error: sqlite3.Error | OSError, path: Path | None) -> StorageError:
    """Return what a person is told of `error`."""
    fault = _fault_of_system(error) if isinstance(error, OSError) else _fault(error, path)
    message = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return store_fault(fault, path, message=message)


def store_fault(fault: Fault, path: Path | None, *, message: str = "") -> StorageError:
    """Return a `StorageError` that names the file, and the folder of its backups."""
    if path is None:
        return StorageError(message, fault=fault)
    return StorageError(message, fault=fault, file=str(path), backups=str(path.parent / "backups"))


def _fault_of_system(error: OSError) -> Fault:
    return _FAULTS_OF_SYSTEM.get(error.errno or 0, Fault.STORAGE)


def _fault(error: sqlite3.Error, path: Path | None) -> Fault:
    # Errors of the module itself, such as the use of a closed connection, have no code.
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        is_garbled = isinstance(error, sqlite3.OperationalError) and "decode" in str(error)
        return Fault.STORE_DAMAGED if is_garbled else Fault.STORAGE
    if code == sqlite3.SQLITE_ERROR and str(error) == "unsupported file format":
        return Fault.STORE_DAMAGED
    primary = code & 0xFF
    if primary == sqlite3.SQLITE_CANTOPEN and path is not None:
        return _fault_of_opening(path)
    if primary == sqlite3.SQLITE_IOERR and path is not None and _is_nearly_full(path.parent):
        return Fault.STORE_FULL
    return _FAULTS_OF_SQLITE.get(primary, Fault.STORAGE)


def _fault_of_opening(path: Path) -> Fault:
    """SQLite does not say why a file could not be opened; a second look often can."""
    if path.is_dir():
        return Fault.STORAGE
    if path.exists() and not os.access(path, os.R_OK | os.W_OK):
        return Fault.STORE_READ_ONLY
    if path.parent.exists() and not os.access(path.parent, os.W_OK | os.X_OK):
        return Fault.STORE_READ_ONLY
    return Fault.STORE_FULL if _is_nearly_full(path.parent) else Fault.STORAGE


def _is_nearly_full(folder: Path) -> bool:
    import shutil  # noqa: PLC0415 - only when something went wrong

    try:
        return shutil.disk_usage(folder).free < _SCARCE_BYTES
    except OSError:
        return False
