"""A response as a value: what is sent, at what pace, and how it ends. No I/O here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

_SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Frame-Options": "SAMEORIGIN",
}
_ROBOTS = {"X-Robots-Tag": "noindex"}
_EXPIRED = {"Expires": "Wed, 11 Jan 1984 05:00:00 GMT"}
_NOT_KEPT = {"Cache-Control": "no-cache, must-revalidate, max-age=0"}

AJAX_HEADERS = {**_ROBOTS, **_SECURITY, **_EXPIRED, **_NOT_KEPT}
"""What admin-ajax.php adds to an answer that is no stream."""
BARE_HEADERS = {**_ROBOTS, **_EXPIRED, **_NOT_KEPT}
"""What it adds when no action is named."""
STREAM_HEADERS = {**_ROBOTS, **_SECURITY, **_EXPIRED, "Cache-Control": "no-cache"}
"""What it adds to a stream of v1."""

HTML = "text/html; charset=UTF-8"
JSON = "application/json; charset=UTF-8"
SSE_V1 = "text/event-stream;charset=UTF-8"
SSE_V2 = "text/event-stream; charset=utf-8"

CRITICAL_ERROR = (
    "<p>There has been a critical error on this website.</p><p>"
    '<a href="https://wordpress.org/{}/article/faq-troubleshooting/">'
    "Learn more about troubleshooting WordPress.</a></p>"
)


class Ending(Enum):
    """How a response ends."""

    WHOLE = "whole"
    SILENT = "silent"
    """Not at all: nothing more comes until the client hangs up."""
    RESET = "reset"
    """By a TCP reset."""
    TORN = "torn"
    """By closing the connection in the middle of the body."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What is sent at once, unless the scenario's chunking says otherwise."""

    data: bytes
    characters: int = 0
    """How much of the answer is in it: the pace is kept by that."""


@dataclass(frozen=True, slots=True)
class Response:
    """What is sent for one request. Nothing at all is, before the first piece or a whole end."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    pieces: Iterable[Piece] = ()
    ending: Ending = Ending.WHOLE
    delay: float = 0.0
    """Seconds before the first byte."""
    speed: float = 0.0
    """Characters of the answer a second; 0 for as fast as possible."""


def response(
    kind: str,
    body: str | bytes,
    *,
    status: int = 200,
    headers: Mapping[str, str] = AJAX_HEADERS,
) -> Response:
    """Return a response of one piece, with content type `kind`."""
    data = body.encode("utf-8", "replace") if isinstance(body, str) else body
    return Response(status, {"Content-Type": kind, **headers}, (Piece(data),))


def json_response(value: object, *, status: int = 200) -> Response:
    """Return `value` as PHP's json_encode writes it."""
    return response(JSON, php_json(value), status=status)


def no_such_action(action: str) -> Response:
    """Return WordPress's answer to an action that nobody handles, or to none at all."""
    return response(HTML, "0", status=400, headers=AJAX_HEADERS if action else BARE_HEADERS)


def critical_error(article: str) -> Response:
    """Return what WordPress shows after a fatal error of PHP."""
    return response(HTML, CRITICAL_ERROR.format(article), status=500)


def php_json(value: object, *, unicode: bool = False) -> str:
    """Return `value` as PHP writes it: `/` escaped, and all but ASCII unless `unicode`."""
    text = json.dumps(value, ensure_ascii=not unicode, separators=(",", ":")).replace("/", "\\/")
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
