"""What a site says when it does not answer, and which error that is.

A site's language changes its texts, so statuses, codes and flags decide first; English text is the
last resort.
"""

from __future__ import annotations

import html
import re
from typing import Any

from core.errors import (
    AuthenticationError,
    ChatError,
    ContextLengthError,
    Fault,
    InvalidPromptError,
    PageFormatError,
    ProviderError,
    RateLimitError,
)
from core.providers.ai_power.lenient_json import decode_object

_NONCE = re.compile(
    r"nonce|the link you followed has expired|security check failed"
    r"|your session has expired or the request is invalid",
    re.IGNORECASE,
)
_PATTERNS: tuple[tuple[re.Pattern[str], type[ProviderError], Fault], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), kind, fault)
    for pattern, kind, fault in (
        (r"not allowed to access this feature|ip address has been blocked", ProviderError,
         Fault.ADDRESS_BLOCKED),
        (r"prohibited words", ProviderError, Fault.WORDS_BLOCKED),
        (r"flagged as|moderation", ProviderError, Fault.FLAGGED),
        (r"maximum context length|context_length_exceeded", ContextLengthError,
         Fault.CONTEXT_LENGTH),
        (r"exceeded your current quota|insufficient_quota|billing", RateLimitError,
         Fault.SITE_QUOTA),
        (r"token limit|reached your quota", RateLimitError, Fault.QUOTA),
        (r"rate limit|rate_limit|too many requests|HTTP 429", RateLimitError, Fault.RATE_LIMIT),
        (r"api key|invalid_api_key|HTTP 401", AuthenticationError, Fault.SITE_KEY_REFUSED),
        (r"cURL error|connection error|could not resolve|failed to connect", ProviderError,
         Fault.UPSTREAM_UNREACHABLE),
        (r"embed feature is not available|domain is not permitted", ProviderError,
         Fault.FOREIGN_ORIGIN),
    )
)  # fmt: skip
_EMPTY = re.compile(r"nothing was inputted|cannot be empty", re.IGNORECASE)
_WAIT = re.compile(r"try again in (\d+(?:\.\d+)?)\s?(ms|s|m)\b", re.IGNORECASE)
_DAY = 24 * 3600.0
_WAIT_UNIT = {"ms": 0.001, "s": 1.0, "m": 60.0}
_RETRYABLE = {Fault.UPSTREAM_UNREACHABLE, Fault.UPSTREAM_ERROR}

_FLAGS: dict[str, tuple[type[ProviderError], Fault]] = {
    "tokenLimitReached": (RateLimitError, Fault.QUOTA),
    "quota_notice": (RateLimitError, Fault.QUOTA),
    "ipBanned": (ProviderError, Fault.ADDRESS_BLOCKED),
    "messageFlagged": (ProviderError, Fault.WORDS_BLOCKED),
    "modflag": (ProviderError, Fault.FLAGGED),
    "pineconeError": (ProviderError, Fault.UPSTREAM_ERROR),
}

_CODES: dict[str, Fault] = {
    "embed_not_available": Fault.FOREIGN_ORIGIN,
    "cors_denied": Fault.FOREIGN_ORIGIN,
}


class NonceRefusedError(PageFormatError):
    """The site does not accept the nonce; a fresh one may do."""

    default_fault = Fault.NONCE_REFUSED


class EndpointGoneError(ProviderError):
    """The site has no such endpoint: another generation of the plugin, or too long a request."""

    default_fault = Fault.ENDPOINT_GONE


def refusal_from_text(text: str, *, status: int | None = None) -> ChatError:
    """Return the error that a site's own words stand for."""
    text = html.unescape(text).strip()
    if _NONCE.search(text) or text == "-1":
        return NonceRefusedError(text, status=status)
    if _EMPTY.search(text):
        return InvalidPromptError(text)
    for pattern, kind, fault in _PATTERNS:
        if pattern.search(text):
            return _provider_error(kind, text, fault, status)
    return _provider_error(ProviderError, text, Fault.UPSTREAM_ERROR, status)


def _provider_error(
    kind: type[ProviderError], text: str, fault: Fault, status: int | None
) -> ProviderError:
    if kind is RateLimitError:
        return RateLimitError(text, fault=fault, status=status, retry_after=_seconds_to_wait(text))
    return kind(text, fault=fault, status=status, retryable=fault in _RETRYABLE)


def _seconds_to_wait(text: str) -> float | None:
    found = _WAIT.search(text)
    return min(float(found[1]) * _WAIT_UNIT[found[2].lower()], _DAY) if found else None


def refusal_from_flags(fields: dict[str, Any]) -> ChatError | None:
    """Return the error that a flag in an event or a JSON answer stands for, if there is one."""
    for flag, (kind, fault) in _FLAGS.items():
        if fields.get(flag):
            words = fields.get("msg") or fields.get("error") or fields.get("message") or ""
            return _provider_error(kind, html.unescape(str(words)), fault, None)
    return None


def refusal_from_body(status: int, body: str) -> ChatError | None:
    """Return the error that the body of a failed request tells, or None if it tells nothing.

    Knows v1's bare texts (`-1`, `0`, the expired link) and v2's JSON with `code` and `message`.
    """
    text = body.strip()
    if text == "0":
        return EndpointGoneError(status=status)
    if text == "-1" or _NONCE.fullmatch(text.rstrip(".")):
        return NonceRefusedError(text, status=status)
    fields = decode_object(text)
    if fields is None:
        return None
    return refusal_from_flags(fields) or _refusal_from_json(fields, status)


def _refusal_from_json(fields: dict[str, Any], status: int) -> ChatError | None:
    data = fields.get("data")
    details: dict[str, Any] = data if isinstance(data, dict) else fields
    code = str(details.get("code") or "")
    words = str(details.get("message") or details.get("msg") or "")
    if code.startswith("nonce_failure"):
        return NonceRefusedError(words, status=status)
    if code in _CODES:
        return ProviderError(words, fault=_CODES[code], status=status)
    return refusal_from_text(words, status=status) if words else None
