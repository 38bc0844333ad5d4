"""The event stream of a v2 answer."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from core.demo.answers import Script
from core.demo.failure import Failure
from core.demo.scenario import Version
from core.demo.upstream import BROKEN_OFF, MIDWAY_ERROR, UNREACHABLE, UPSTREAM_ERRORS
from core.demo.wire import SSE_V2, STREAM_HEADERS, Piece, Response, php_json

PADDING = b":" + b" " * 4096 + b"\n\n"
"""What 2.4.71 sends first, to get past buffers on the way."""
MANY = 100_000

_HALVES = frozenset({Failure.UPSTREAM_CLOSED, Failure.UPSTREAM_RESET, Failure.UPSTREAM_ERROR_EVENT})


def stream_of(version: Version, pieces: Iterable[Piece]) -> Response:
    """Return a response that streams `pieces` with the headers of `version`."""
    newest = version is Version.V2_4_71
    caching = "no-cache, no-store, must-revalidate, max-age=0"
    headers = {
        "Content-Type": SSE_V2,
        **STREAM_HEADERS,
        "Cache-Control": f"{caching}, no-transform" if newest else caching,
        "Pragma": "no-cache",
    }
    return Response(200, headers, _padded(pieces) if newest else pieces)


def refusal_stream(version: Version, data: dict[str, object], now: float) -> Response:
    """Return the stream of a request that never reached the model."""
    return stream_of(version, (_error(data, now), _event("done", {"finished": True})))


@dataclass(frozen=True, slots=True)
class StreamBody:
    """One answer. `remember` is told what was said, however the stream ends."""

    script: Script
    now: float
    remember: Callable[[str], None]
    response_id: str = field(default_factory=lambda: f"resp_{secrets.token_hex(12)}")

    def pieces(self, failure: Failure | None) -> Iterator[Piece]:
        """Yield the whole stream."""
        yield _event("message_start", {"message_id": _message_id()})
        if (error := UPSTREAM_ERRORS.get(failure)) is not None:
            yield _error({"error": f"API Error: {error.with_code}"}, self.now)
            return
        if failure is Failure.UPSTREAM_UNREACHABLE:
            yield _error({"error": f"Connection Error: {UNREACHABLE}"}, self.now)
            return
        status = {"type": "response.created", "status": "in_progress"}
        yield _event("status", {**status, "response_id": self.response_id})
        if failure is Failure.WARNING_EVENT:
            yield _event("warning", {"error": "The knowledge base could not be searched."})
        yield from self._deltas(failure)
        if failure is Failure.UPSTREAM_RESET:
            yield _error({"error": f"Connection Error: {BROKEN_OFF}"}, self.now)
            return
        if failure is Failure.UPSTREAM_ERROR_EVENT:
            yield _error({"error": f"API Error: {MIDWAY_ERROR}"}, self.now)
            return
        if failure is not Failure.UPSTREAM_CLOSED:
            yield _event("openai_response_id", {"id": self.response_id})
        yield _event("done", {"finished": True})

    def _deltas(self, failure: Failure | None) -> Iterator[Piece]:
        if failure is Failure.MANY_EVENTS:
            yield Piece(b"".join(b'data: {"delta":"%d"}\n\n' % (n % 10) for n in range(MANY)))
        pieces = self.script.pieces
        if failure in _HALVES:
            pieces = pieces[: max(1, len(pieces) // 2)]
        said: list[str] = []
        try:
            for piece in pieces:
                said.append(piece)
                yield Piece(_data({"delta": piece}), len(piece))
        finally:
            self.remember("".join(said))


def _padded(pieces: Iterable[Piece]) -> Iterator[Piece]:
    yield Piece(PADDING)
    yield from pieces


def _message_id() -> str:
    return f"aipkit-msg-{secrets.token_hex(7)}.{secrets.randbelow(10**8):08d}"


def _error(data: dict[str, object], now: float) -> Piece:
    return Piece(f"event: error\nid: err-{int(now)}\n".encode() + _data(data))


def _event(name: str, data: dict[str, object]) -> Piece:
    return Piece(f"event: {name}\n".encode() + _data(data))


def _data(value: dict[str, object]) -> bytes:
    return f"data: {php_json(value, unicode=True)}\n\n".encode("utf-8", "replace")
