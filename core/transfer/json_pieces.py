"""Takes a large JSON text apart into pieces that are decoded one by one.

Decoding holds up every other thread; a piece, which is one conversation, holds them up briefly.
"""

from __future__ import annotations

import json
from typing import Any

import msgspec

from core.errors import TransferError

_BOM = b"\xef\xbb\xbf"
_MARGIN = 64
"""Bytes in which a text begins, after blanks."""

Piece = msgspec.Raw | Any
"""A part of a text that is not decoded yet, or its value."""

_OBJECT = msgspec.json.Decoder(dict[str, msgspec.Raw])
_LIST = msgspec.json.Decoder(list[msgspec.Raw])
_VALUE = msgspec.json.Decoder()


def split_top(content: bytes) -> dict[str, Piece] | list[Piece]:
    """Return the pieces of the object or of the list that `content` is.

    Raises:
        TransferError: it is no JSON, something else than an object or a list, or nested too deep.
    """
    content = content.removeprefix(_BOM)
    is_object = content[:_MARGIN].lstrip()[:1] == b"{"
    top = _decoded(content, _OBJECT if is_object else _LIST)
    if not isinstance(top, dict | list):
        raise TransferError("neither an object nor a list")
    return top


def split_list(piece: Piece) -> list[Piece]:
    """Return the pieces of a list; an empty one for anything else."""
    top = _decoded(piece, _LIST) if isinstance(piece, msgspec.Raw) else piece
    return top if isinstance(top, list) else []


def value_of(piece: Piece) -> Any:
    """Return the value of a piece.

    Raises:
        TransferError: as `split_top`.
    """
    return _decoded(piece, _VALUE) if isinstance(piece, msgspec.Raw) else piece


def _decoded(content: bytes | msgspec.Raw, decoder: msgspec.json.Decoder[Any]) -> Any:
    try:
        return decoder.decode(content)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return _leniently(bytes(content))


def _leniently(content: bytes) -> Any:
    """Decode what the strict decoder refuses: lone surrogates, NaN, numbers beyond a float."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as exc:
        raise TransferError(_reason(exc)) from exc


def _reason(exc: Exception) -> str:
    if isinstance(exc, RecursionError):
        return "nested too deeply"
    if isinstance(exc, json.JSONDecodeError):
        return f"{exc.msg} (line {exc.lineno}, column {exc.colno})"
    return "no text in UTF-8" if isinstance(exc, UnicodeDecodeError) else "no JSON"
