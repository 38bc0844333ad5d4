"""What a service says when it does not answer, and which error that is.

Codes and types decide first, then the service's words, then the status: every service has its own
of each, and some send the same status for a wrong key and a long prompt.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from core.errors import (
    AuthenticationError,
    BrowserCheckError,
    ChatError,
    ContextLengthError,
    Fault,
    ModelNotSupportedError,
    ProviderError,
    RateLimitError,
    ResponseFormatError,
)
from core.net.status import error_for_status, is_challenge
from core.providers.error_words import ErrorWords, words_of_body, words_of_object
from core.providers.rate_limits import seconds_to_wait
from core.providers.refusal_rules import KEY_LIKE, PER_DAY, RULES, TOO_LARGE_FOR_A_MINUTE
from core.redaction import redacted, register


@dataclass(frozen=True, slots=True)
class Asked:
    """What has to be known of a request to tell why it was refused."""

    host: str = ""
    """As a person knows it."""
    model: str = ""
    address: str = ""
    """Where the request went, without its query."""
    key: str = field(default="", repr=False)
    has_images: bool = False


NOTHING_ASKED = Asked()
_NO_HEADERS: Mapping[str, str] = MappingProxyType({})

_STATUSES = {
    401: Fault.KEY_REFUSED,
    402: Fault.PAYMENT_REQUIRED,
    403: Fault.FORBIDDEN,
    404: Fault.NO_SERVICE_HERE,
    405: Fault.NO_SERVICE_HERE,
    413: Fault.CONTEXT_LENGTH,
    429: Fault.RATE_LIMIT,
}
_RETRYABLE = frozenset({Fault.SERVER_ERROR, Fault.UPSTREAM_ERROR})
_KINDS: dict[Fault, type[ProviderError]] = {
    Fault.KEY_REFUSED: AuthenticationError,
    Fault.KEY_MISSING: AuthenticationError,
    Fault.FORBIDDEN: AuthenticationError,
    Fault.CONTEXT_LENGTH: ContextLengthError,
}


def refusal_from_status(
    status: int, headers: Mapping[str, str], body: str, asked: Asked
) -> ChatError:
    """Return what a failed status and its body mean."""
    if is_challenge(status, headers, body):
        return error_for_status(status, headers, body, host=asked.host)
    return refusal(words_of_body(body), asked, status=status, headers=headers)


def refusal_from_object(value: object, asked: Asked = NOTHING_ASKED) -> ChatError:
    """Return what an error object in an answer means; `value` is any JSON."""
    words = words_of_object(value)
    return refusal(words, asked, status=words.status)


def refusal(
    words: ErrorWords,
    asked: Asked,
    *,
    status: int | None = None,
    headers: Mapping[str, str] = _NO_HEADERS,
) -> ChatError:
    """Return the error for what a service says, without the key that it may quote."""
    message = without_key(words.message, asked.key)
    fault = _fault_of(words, status, asked)
    is_limited = fault in {Fault.RATE_LIMIT, Fault.QUOTA}
    wait = seconds_to_wait({**words.headers, **headers}, words.message, is_limited=is_limited)
    error: ChatError
    if fault is Fault.MODEL_GONE:
        error = ModelNotSupportedError(message, fault=fault, model=asked.model)
    elif is_limited:
        wait = words.wait if wait is None else wait
        is_quota = _is_quota(words, wait)
        error = RateLimitError(
            message,
            fault=Fault.QUOTA if is_quota else Fault.RATE_LIMIT,
            status=status,
            retryable=not is_quota,
            retry_after=wait,
        )
    else:
        kind = _KINDS.get(fault, ProviderError)
        failure = kind(message, fault=fault, status=status, retryable=fault in _RETRYABLE)
        failure.retry_after = wait
        error = failure
    error.data["host"] = asked.host
    if fault is Fault.NO_SERVICE_HERE:
        error.data["address"] = asked.address
    return error


def _fault_of(words: ErrorWords, status: int | None, asked: Asked) -> Fault:
    fault = _fault_from_words(words, status, asked)
    if fault is None:
        fault = _fault_from_status(status)
    if fault is Fault.KEY_REFUSED and not asked.key:
        return Fault.KEY_MISSING
    return fault


def _fault_from_words(words: ErrorWords, status: int | None, asked: Asked) -> Fault | None:
    text = words.text
    for fault, pattern in RULES:
        if fault is Fault.NO_IMAGES and not asked.has_images:
            continue
        if fault is Fault.CONTEXT_LENGTH and status == 429:
            # Limits per minute are told in much the same words.
            pattern = TOO_LARGE_FOR_A_MINUTE  # noqa: PLW2901 - the same rule, read more strictly
        if fault is Fault.MODEL_GONE and status is not None and status >= 500:
            continue
        if pattern.search(text):
            return fault
    return None


def _fault_from_status(status: int | None) -> Fault:
    if status is None:
        return Fault.UPSTREAM_ERROR
    if status >= 500 or status == 408:
        return Fault.SERVER_ERROR
    return _STATUSES.get(status, Fault.REFUSED_REQUEST)


def _is_quota(words: ErrorWords, wait: float | None) -> bool:
    """Whether waiting a little does not help: a limit for each day, or one for good."""
    if PER_DAY.search(words.text):
        return True
    return wait is None and "exceeded your current quota" in words.message


def without_key(text: str, key: str) -> str:
    """Return a service's words without the key that they quote, in whole or in part."""
    register(key)
    return KEY_LIKE.sub("…", redacted(text))


def unreadable(text: str, asked: Asked) -> ChatError:
    """Return the error for a body that is nothing of what was asked for."""
    if text[0] != "<":
        return ResponseFormatError(without_key(text[:500], asked.key))
    if is_challenge(200, {}, text):
        return BrowserCheckError(host=asked.host)
    return ProviderError(fault=Fault.NO_SERVICE_HERE, address=asked.address, host=asked.host)
