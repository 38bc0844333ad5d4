"""JSON as services send it, which is not always JSON as it is defined."""

from __future__ import annotations

import json
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")

JSON_ERRORS = (msgspec.DecodeError, UnicodeError, RecursionError)
"""What msgspec raises for text that is no JSON, or not of the wanted form."""


def decode_halves(text: str, kind: type[T]) -> T | None:
    r"""Return `text` as `kind` where only half a character kept msgspec from reading it.

    Some services split an emoji's `\ud83c\udf0d` over two events. None for anything else.
    """
    if "\\ud" not in text and "\\uD" not in text:
        return None
    try:
        return msgspec.convert(json.loads(text), kind)
    except (ValueError, RecursionError, msgspec.ValidationError):
        return None


def decode_object(text: str) -> dict[str, Any] | None:
    """Return `text` as a JSON object, or None if it is none."""
    try:
        value = msgspec.json.decode(text)
    except JSON_ERRORS:
        value = decode_halves(text, dict)
    return value if isinstance(value, dict) else None


def count_of(value: object) -> int:
    """Return a number of tokens, whatever type it came as; 0 for what is no number."""
    return max(0, int(value)) if isinstance(value, (int, float)) and abs(value) < 1e15 else 0
