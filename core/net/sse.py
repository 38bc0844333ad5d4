"""The WHATWG event stream, from bytes to events, without I/O.

The rules are those of https://html.spec.whatwg.org/multipage/server-sent-events.html, section
"Interpreting an event stream". What a browser would throw away stays reachable: services put
answers and errors there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from core.errors import Fault, ResponseFormatError

_MEGABYTE = 1024 * 1024
_LIMIT = 8 * _MEGABYTE
_DATA = re.compile(r"data(?::|\Z)")
_BOM = b"\xef\xbb\xbf"
_LONGEST_NUMBER = 4000
"""Digits; Python refuses to read numbers that are not much longer."""


@dataclass(frozen=True, slots=True)
class ServerSentEvent:
    """One event of a stream; `id` is the last one the stream gave, also with an earlier event.

    `is_named` tells whether the stream itself said what kind of event this is.
    """

    event: str = "message"
    data: str = ""
    id: str = ""
    is_named: bool = field(default=False, compare=False)


class SSEDecoder:
    """Turns bytes, cut anywhere, into events.

    Attributes:
        retry: the last reconnection time that the stream asked for, in milliseconds.
        stray: lines that are no field of the standard, in the order in which they came. When an
            event is yielded, the list ends with those that stood inside this event.
    """

    def __init__(
        self, max_line: int = _LIMIT, max_event: int = _LIMIT, *, joins_data: bool = True
    ) -> None:
        """`max_line` is in bytes; `max_event` in characters, for one event and for all strays.

        Without `joins_data`, a second `data` line begins another event: for services that forget
        the empty line between two events, and never break one event's data into lines.
        """
        self._joins_data = joins_data
        self.retry: int | None = None
        self.stray: list[str] = []
        self._max_line = max_line
        self._max_event = max_event
        self._stray_size = 0
        self._rest = bytearray()  # of a line that has not ended
        self._at_start = True
        self._after_cr = False
        self._lines: list[str] = []  # the fields of the event that has not ended, as they came
        self._size = 0
        self._event = ""
        self._id = ""

    def feed(self, chunk: bytes) -> Iterator[ServerSentEvent]:
        """Yield each event that `chunk` completes; nothing is read of it before iteration.

        Raises:
            ResponseFormatError: a line, an event or the strays are too large.
        """
        if self._after_cr and chunk:
            self._after_cr = False
            if chunk[0] == 0x0A:  # the other half of CR LF
                chunk = chunk[1:]
        lines = iter(self._whole_lines(chunk))
        for line in lines:
            if line[:5] == "data:" and not self._lines:
                # Nearly every event is one such line and an empty one: this is the hot path.
                following = next(lines, None)
                if following == "":
                    yield ServerSentEvent("message", line[6 if line[5:6] == " " else 5 :], self._id)
                    continue
                self._lines.append(line)
                if following is None:
                    return
                line = following  # noqa: PLW2901 - it was taken from the same iterator
            if line:
                if not self._joins_data and line[:5] == "data:" and self._has_data():
                    yield from self._end_event()
                self._add(line)
            elif self._lines:
                yield from self._end_event()

    def plain_data(self, chunk: bytes) -> str | None:
        """Return the data of a chunk that is one event of one `data:` line, and nothing else.

        None for any other chunk, which is left to `feed`. Most services send each event by itself,
        and reading it like this takes a third of the time.
        """
        if (
            chunk.find(b"\n") != len(chunk) - 2
            or not chunk.startswith(b"data: ")
            or not chunk.endswith(b"\n")
            or self._lines
            or self._rest
            or self._at_start
            or self._after_cr
            or b"\r" in chunk
            or len(chunk) > self._max_line
        ):
            return None
        return chunk[6:-2].decode("utf-8", "replace")

    def leftover(self) -> str:
        """Return the text of the event and the line that the end of the stream cut off.

        Lines are as they came, joined by newlines, without those that are in `stray`.
        """
        rest = self._rest.removeprefix(_BOM) if self._at_start else self._rest
        text = rest.decode("utf-8", "replace")
        return "\n".join([*self._lines, text] if text else self._lines)

    def _whole_lines(self, chunk: bytes) -> Iterable[str]:
        """Return the lines that `chunk` ends, and keep what is unfinished.

        A line is decoded only once it has ended: joining and decoding what is unfinished with
        every chunk would take a time that grows with the square of the line.
        """
        end = chunk.rfind(b"\n") + 1
        has_cr = b"\r" in chunk
        if has_cr:
            end = max(end, chunk.rfind(b"\r") + 1)
            self._after_cr = chunk.endswith(b"\r")
        if not end:
            self._keep(chunk)
            return ()
        block = chunk if end == len(chunk) else chunk[:end]
        if self._rest:
            block = bytes(self._rest + block)
            self._rest.clear()
        if self._at_start:
            self._at_start = False
            block = block.removeprefix(_BOM)
        if has_cr:
            block = block.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        if end != len(chunk):
            self._rest += chunk[end:]
        if len(block) > self._max_line or len(self._rest) > self._max_line:
            return self._checked_lines(block)
        lines = block.decode("utf-8", "replace").split("\n")
        del lines[-1]
        return lines

    def _keep(self, chunk: bytes) -> None:
        self._rest += chunk
        if len(self._rest) > self._max_line:
            raise _too_large(self._max_line)

    def _checked_lines(self, block: bytes) -> Iterator[str]:
        """Yield the lines of a block that is long enough to hold a line that is too long."""
        start = 0
        while start < len(block):
            end = block.index(b"\n", start)
            if end - start > self._max_line:
                raise _too_large(self._max_line)
            yield block[start:end].decode("utf-8", "replace")
            start = end + 1
        self._keep(b"")

    def _has_data(self) -> bool:
        return any(_DATA.match(line) for line in self._lines)

    def _add(self, line: str) -> None:
        """Take in a line that is neither empty nor the first data of an event."""
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        match name:
            case "":
                return
            case "data":
                pass
            case "event":
                self._event = value
            case "id":
                if "\0" not in value:
                    self._id = value
            case "retry":
                if value.isascii() and value.isdigit() and len(value) < _LONGEST_NUMBER:
                    self.retry = int(value)
            case _:
                self._add_stray(line)
                return
        if not self._size:
            self._size = sum(map(len, self._lines))
        self._size += len(line) + 1
        if self._size > self._max_event:
            raise _too_large(self._max_event)
        self._lines.append(line)

    def _add_stray(self, line: str) -> None:
        self._stray_size += len(line) + 1
        if self._stray_size > self._max_event:
            raise _too_large(self._max_event)
        self.stray.append(line)

    def _end_event(self) -> Iterator[ServerSentEvent]:
        """Yield the event whose fields came, if there was data among them."""
        event, lines, is_named = self._event or "message", self._lines, bool(self._event)
        self._lines, self._size, self._event = [], 0, ""
        values = [line[5:].removeprefix(" ") for line in lines if _DATA.match(line)]
        if values:
            yield ServerSentEvent(event, "\n".join(values), self._id, is_named)


def _too_large(limit: int) -> ResponseFormatError:
    return ResponseFormatError(fault=Fault.ANSWER_TOO_LARGE, megabytes=max(1, limit // _MEGABYTE))
