"""What a model wants a tool to do, shown as text: this program has no tools."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import msgspec

_LONGEST = 1024 * 1024
_MOST = 128
_DEEPEST = 10
"""Levels of nesting that are shown indented."""
_BACKTICKS = re.compile("`{3,}")


@dataclass(slots=True)
class _Call:
    id: object = None
    names: list[str] = field(default_factory=list)
    arguments: list[str] = field(default_factory=list)


class ToolCalls:
    """Collects the calls of one answer, whose pieces come in many deltas."""

    def __init__(self) -> None:
        self._calls: list[_Call] = []
        self._open: dict[int, _Call] = {}
        self._length = 0

    def add(self, calls: object) -> None:
        """Take the `tool_calls` of a delta, or one `function_call`; anything else is ignored."""
        for position, call in enumerate(calls if isinstance(calls, list) else [calls]):
            if not isinstance(call, dict):
                continue
            function = call.get("function", call)
            if isinstance(function, dict) and ("name" in function or "arguments" in function):
                index = call.get("index")
                place = index if isinstance(index, int) else position
                if taken := self._call_at(place, call.get("id")):
                    self._append(taken.names, function.get("name"))
                    self._append(taken.arguments, function.get("arguments"))

    def text(self) -> str:
        """Return a fenced block of JSON for each call; empty when there were none."""
        blocks = [_fenced(_json("".join(c.names), "".join(c.arguments))) for c in self._calls]
        return "\n\n".join(blocks)

    def _call_at(self, index: int, name: object) -> _Call | None:
        """Return the call that a piece belongs to: Gemini gives each call the index 0."""
        call = self._open.get(index)
        if call is not None and (not name or call.id in {None, name}):
            return call
        if len(self._calls) >= _MOST:
            return None
        call = _Call(name if isinstance(name, str) else None)
        self._open[index] = call
        self._calls.append(call)
        return call

    def _append(self, pieces: list[str], value: object) -> None:
        piece = value if isinstance(value, str) else "" if value is None else _dumped(value)
        self._length += len(piece)
        if self._length <= _LONGEST:
            pieces.append(piece)


def _json(name: str, arguments: str) -> str:
    try:
        value = msgspec.json.decode(arguments or "{}")
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        value = arguments
    return _dumped({"name": name, "arguments": value})


def _dumped(value: object) -> str:
    is_deep = _is_deep(value)
    try:
        text = msgspec.json.encode(value)
        return (text if is_deep else msgspec.json.format(text, indent=2)).decode()
    except (msgspec.MsgspecError, UnicodeEncodeError, RecursionError, OverflowError):
        # What can be too deep to be encoded is too deep for `repr`, too.
        return "…" if is_deep else repr(value)


def _is_deep(value: object, room: int = _DEEPEST) -> bool:
    """Tell whether a value is nested so deep that indenting it would blow it up."""
    if not isinstance(value, (dict, list)):
        return False
    items = value.values() if isinstance(value, dict) else value
    return not room or any(_is_deep(item, room - 1) for item in items)


def _fenced(text: str) -> str:
    longest = max((len(found) for found in _BACKTICKS.findall(text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}json\n{text}\n{fence}"
