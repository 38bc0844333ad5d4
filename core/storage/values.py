"""Between the values of `core.models` and what stands in the file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from core.text import UNREADABLE, without_surrogates

_LARGEST = (1 << 63) - 1


def milliseconds(seconds: float) -> int:
    """Return a time as the file keeps it; 0 stays 0."""
    return min(max(round(seconds * 1000), 0), _LARGEST)


def seconds(milliseconds: int) -> float:
    """Return a time of the file as the models have it."""
    return max(milliseconds, 0) / 1000


def storable(text: str) -> str:
    """Return `text` without what SQLite cannot keep: NUL and halves of surrogate pairs."""
    if "\0" in text:
        text = text.replace("\0", UNREADABLE)
    return text if text.isascii() else without_surrogates(text)


def storable_number(number: int | None) -> int | None:
    """Return a count of a service, which may have sent any number."""
    return None if number is None else min(max(number, -_LARGEST), _LARGEST)


def json_from(parameters: Mapping[str, Any]) -> str:
    """Return the parameters of a conversation as one text of JSON.

    Raises:
        ValueError: a number is infinite or none.
        TypeError: a value is nothing that JSON knows.
    """
    return storable(json.dumps(dict(parameters), ensure_ascii=False, allow_nan=False))


def parameters_from(text: str) -> Mapping[str, Any]:
    """Return the parameters of a conversation; none where the text is not an object."""
    if text == "{}":
        return MappingProxyType({})
    try:
        values = json.loads(text)
    except ValueError:
        values = None
    return MappingProxyType(values if isinstance(values, dict) else {})
