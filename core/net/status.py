"""What a failed status and its page mean."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from core.errors import (
    AuthenticationError,
    BrowserCheckError,
    ContextLengthError,
    Fault,
    ProviderError,
    RateLimitError,
)
from core.redaction import redacted

if TYPE_CHECKING:
    from core.net.response import StreamResponse

_BODY_LIMIT = 64 * 1024
_MESSAGE_LIMIT = 500
_WORDS_LIMIT = 8 * 1024
_DAY = 24 * 3600.0

_CHALLENGE = re.compile(
    r"_cf_chl_opt|<title>\s*(?:just a moment|ddos-guard|you are being redirected)"
    r"|ddos-guard/js-challenge|sucuri_cloudproxy_js",
    re.IGNORECASE,
)
# Cloudflare puts this script into ordinary pages, too: it means a check only on a refusal.
_REFUSAL = re.compile(r"challenge-platform|attention required! \| cloudflare", re.IGNORECASE)
_CHALLENGE_STATUS = {403, 429, 503}
_CHALLENGE_SERVERS = ("ddos-guard", "sucuri")
_TOO_LONG = re.compile(
    r"context[ _](?:length|window|size)|maximum context|too many tokens|prompt is too long"
    r"|exceeds? the (?:maximum|limit of|available context)|reduce the length",
    re.IGNORECASE,
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")


async def raise_for_status(response: StreamResponse) -> None:
    """Raise what the status stands for unless it is 2xx; then the body is left unread.

    Raises:
        ProviderError: or the subclass that `error_for_status` chooses.
    """
    if 200 <= response.status < 300:
        return
    body = await response.read_start(_BODY_LIMIT)
    text = body.decode("utf-8", "replace")
    raise error_for_status(response.status, response.headers, text, host=response.route.host)


def error_for_status(
    status: int, headers: Mapping[str, str], body: str, *, host: str
) -> ProviderError:
    """Return what a failed answer means; `message` holds the service's own words."""
    if is_challenge(status, headers, body):
        return BrowserCheckError(status=status, host=host)
    message = service_words(body)
    error: ProviderError
    if status == 413 or (status in {400, 422} and _TOO_LONG.search(message)):
        error = ContextLengthError(message, status=status)
    elif status == 401:
        error = AuthenticationError(message, status=status)
    elif status == 403:
        error = AuthenticationError(message, fault=Fault.FORBIDDEN, status=status)
    elif status == 402:
        error = ProviderError(message, fault=Fault.PAYMENT_REQUIRED, status=status)
    elif status == 429:
        error = RateLimitError(message, status=status, retry_after=retry_after(headers))
    elif status >= 500:
        error = ProviderError(message, fault=Fault.SERVER_ERROR, status=status, retryable=True)
        error.retry_after = retry_after(headers)
    else:
        error = ProviderError(message or f"HTTP {status}", status=status)
    error.data["host"] = host
    return error


def is_challenge(status: int, headers: Mapping[str, str], body: str) -> bool:
    """Tell whether this is a CDN's check for a browser, which may also come with status 200."""
    if headers.get("cf-mitigated", "").lower() == "challenge":
        return True
    if not body.lstrip("\ufeff \t\r\n").startswith("<"):
        return False
    if _CHALLENGE.search(body):
        return True
    server = headers.get("Server", "").lower()
    return status in _CHALLENGE_STATUS and (
        server.startswith(_CHALLENGE_SERVERS) or _REFUSAL.search(body) is not None
    )


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that Retry-After asks for, at most a day; None when it says nothing."""
    value = headers.get("Retry-After", "").strip()
    try:
        seconds = float(value)
    except ValueError:
        try:
            moment = parsedate_to_datetime(value)
        except ValueError:
            return None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        seconds = (moment - datetime.now(UTC)).total_seconds()
    return min(max(seconds, 0.0), _DAY) if seconds == seconds else None  # noqa: PLR0124 - NaN


def service_words(body: str) -> str:
    """Return what an error page or a JSON error says, as one line of at most 500 characters."""
    try:
        words = _json_words(json.loads(body))
    except (ValueError, RecursionError):
        words = _page_words(body) if "<" in body else body
    # Before it is cut: half a key would not be known any more.
    return " ".join(_CONTROL.sub(" ", redacted(words)).split())[:_MESSAGE_LIMIT]


def _page_words(page: str) -> str:
    # Imported here: most runs meet no error page.
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415

    # A page that nests deep takes a time that grows with the square of its length.
    tree = LexborHTMLParser(page[:_WORDS_LIMIT])
    tree.strip_tags(["head", "script", "style", "noscript", "template"])
    return tree.text(separator=" ")


def _json_words(value: object) -> str:
    """Return the first text under the names that services use for their errors."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return _json_words(value[0]) if value else ""
    if isinstance(value, dict):
        for name in ("error", "message", "msg", "detail", "data"):
            if words := _json_words(value.get(name)):
                return words
    return ""
