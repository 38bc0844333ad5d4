"""Opens what the user chose: a JSON file, or a ZIP with JSON files, within limits of size."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from core.errors import Fault, TransferError


@dataclass(frozen=True, slots=True)
class SizeLimits:
    """How much is read before a file is refused; in bytes."""

    text: int = 512 * 1024**2
    """One JSON text, which must be read whole."""
    archive: int = 2 * 1024**3
    """A ZIP as it lies on the disk."""
    unpacked: int = 2 * 1024**3
    """All JSON texts in a ZIP together."""
    members: int = 100_000
    """Files in a ZIP."""
    ratio: int = 200
    """How much larger than its packed form a text in a ZIP may be; JSON reaches about 20."""


@dataclass(frozen=True, slots=True)
class Text:
    """A JSON text, and where it was found."""

    where: str
    """The file's name; in a ZIP, the one that it has there."""
    content: bytes
    read: int
    """How many bytes of the file, as it lies on the disk, are read with this text."""


_ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
_SNIFFED = 64
_BLOCK = 1024**2
_BOM = b"\xef\xbb\xbf"
_RATIO_MATTERS = 10 * 1024**2
"""Bytes; below, a well-packed text is no danger."""
_MEGABYTE = 1024**2

# NotImplementedError: a method of packing that is not known; RuntimeError: a password is needed.
_ARCHIVE_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


def texts_in(path: Path, *, limits: SizeLimits) -> Iterator[Text]:
    """Yield the JSON texts in the file at `path`, one at a time.

    What a file is shows in its first bytes, never in its name.

    Raises:
        TransferError: the file cannot be read, is damaged, or is larger than `limits` allow.
    """
    try:
        with path.open("rb") as file:
            if file.read(4) in _ZIP_MARKS:
                yield from _members(file, path, limits)
            else:
                file.seek(0)
                content = _read(file, limits.text, name=path.name)
                yield Text(path.name, content, len(content))
    except OSError as exc:
        raise TransferError(
            exc.strerror or str(exc), fault=Fault.FILE_UNREADABLE, target=path.name
        ) from exc


def _members(file: IO[bytes], path: Path, limits: SizeLimits) -> Iterator[Text]:
    if path.stat().st_size > limits.archive:
        raise _too_large(path.name, limits.archive)
    left = limits.unpacked
    read = 0
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            if len(members) > limits.members:
                raise TransferError("too many files", target=path.name)
            for member in members:
                read += member.compress_size
                if member.is_dir() or not _is_json(archive, member):
                    continue
                with archive.open(member) as packed:
                    limit = min(limits.text, left, _ratio_limit(member, limits))
                    content = _read(packed, limit, name=path.name)
                left -= len(content)
                yield Text(member.filename, content, read)
    except _ARCHIVE_ERRORS as exc:
        message = str(exc).replace(str(path), path.name)
        raise TransferError(message, target=path.name) from exc


def _ratio_limit(member: zipfile.ZipInfo, limits: SizeLimits) -> int:
    return max(_RATIO_MATTERS, member.compress_size * limits.ratio)


def _is_json(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    with archive.open(member) as packed:
        start = packed.read(_SNIFFED).removeprefix(_BOM).lstrip()
    return start[:1] in {b"{", b"["}


def _read(file: IO[bytes], limit: int, *, name: str) -> bytes:
    """Read all, but never more than `limit` bytes, whatever the file says of its size."""
    blocks: list[bytes] = []
    size = 0
    while block := file.read(min(_BLOCK, limit + 1 - size)):
        blocks.append(block)
        size += len(block)
        if size > limit:
            raise _too_large(name, limit)
    return b"".join(blocks)


def _too_large(name: str, limit: int) -> TransferError:
    return TransferError(
        fault=Fault.EXPORT_TOO_LARGE, target=name, megabytes=max(1, limit // _MEGABYTE)
    )
