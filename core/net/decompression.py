"""Compressed bodies, unpacked in small slices, without I/O."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from core.errors import Fault, ResponseFormatError

SLICE = 256 * 1024
"""Bytes that are unpacked at once: under a millisecond of work, whatever was packed."""

_GZIP = 16 + zlib.MAX_WBITS
_GZIP_STARTS = {b"\x1f", b"\x1f\x8b"}  # the first alone where a chunk ends


class Inflater:
    """Unpacks one body in gzip or deflate."""

    def __init__(self, encoding: str) -> None:
        """`encoding` is the header Content-Encoding.

        Raises:
            ResponseFormatError: we did not ask for that encoding (COMPRESSION).
        """
        self._is_gzip = encoding in {"gzip", "x-gzip"}
        if not self._is_gzip and encoding != "deflate":
            raise ResponseFormatError(fault=Fault.COMPRESSION)
        self._unpacker: zlib._Decompress | None = None

    @property
    def is_complete(self) -> bool:
        """Whether the body may end here: after the packed data, or before any of it."""
        return self._unpacker is None or self._unpacker.eof

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield what `data` unpacks to, in pieces of at most `SLICE` bytes.

        Raises:
            ResponseFormatError: the data are damaged (COMPRESSION).
        """
        while data and (unpacker := self._unpacker_for(data)):
            yield from _slices(unpacker, data)
            data = unpacker.unused_data

    def _unpacker_for(self, data: bytes) -> zlib._Decompress | None:
        """Return what unpacks `data`; None for padding after the end, which everybody ignores."""
        if self._unpacker is None:
            # Some servers send bare deflate where the standard says zlib.
            has_header = data[0] & 0x0F == zlib.DEFLATED
            deflate = zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS
            self._unpacker = zlib.decompressobj(_GZIP if self._is_gzip else deflate)
        elif self._unpacker.eof:
            if not self._is_gzip or data[:2] not in _GZIP_STARTS:
                return None
            self._unpacker = zlib.decompressobj(_GZIP)
        return self._unpacker


def _slices(unpacker: zlib._Decompress, data: bytes) -> Iterator[bytes]:
    try:
        while piece := unpacker.decompress(data, SLICE):
            yield piece
            data = unpacker.unconsumed_tail
    except zlib.error as exc:
        raise ResponseFormatError(str(exc), fault=Fault.COMPRESSION) from exc
