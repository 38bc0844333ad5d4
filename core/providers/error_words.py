"""What stands in an error of a service, whatever form it has."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import msgspec

from core.net.status import service_words
from core.providers.ai_power.lenient_json import JSON_ERRORS
from core.providers.rate_limits import duration
from core.redaction import redacted

_WORDS = ("message", "msg", "detail", "error", "error_message", "errors", "error_msg")
_CODES = ("code", "type", "status", "reason", "error_type")
_INSIDE = ("error", "innererror", "metadata", "details", "detail", "message", "raw", "errors")
_DEEPEST = 6
_MOST = 200
_LONGEST = 500


@dataclass(slots=True)
class ErrorWords:
    """The words, the codes and the rest that tell errors apart."""

    message: str = ""
    """One line, as the service wrote it: it may quote a key."""
    codes: list[str] = field(default_factory=list)
    status: int | None = None
    """The HTTP status that the body names, for want of a real one."""
    wait: float | None = None
    """Seconds after which Google allows another request."""
    headers: dict[str, str] = field(default_factory=dict)
    """What OpenRouter passes on of a provider's headers, or would send as its own."""

    @property
    def text(self) -> str:
        """Where to look for codes and words."""
        return f"{' '.join(self.codes)} | {self.message}"


def words_of_body(body: str) -> ErrorWords:
    """Return what the body of a failed request says: JSON, a page, or plain text."""
    value = _decoded(body)
    if isinstance(value, (dict, list)):
        return words_of_object(value)
    return ErrorWords(service_words(body))


def words_of_object(value: object) -> ErrorWords:
    """Return what an error object says; `value` is any JSON."""
    words = ErrorWords()
    texts: list[str] = []
    _collect(value, words, texts, depth=0)
    # The innermost words come last and are the provider's own: "Provider returned error" is not.
    texts = [text for text in dict.fromkeys(texts) if text != "Provider returned error"] or texts
    words.message = service_words(". ".join(texts[:3])) if texts else ""
    return words


def _collect(value: object, words: ErrorWords, texts: list[str], *, depth: int) -> None:
    """Gather words and codes from `value` and from what is nested in it, JSON in texts too."""
    if depth > _DEEPEST or len(texts) + len(words.codes) > _MOST:
        return
    if isinstance(value, str):
        inner = _decoded(value) if value[:1] in {"{", "["} else None
        if isinstance(inner, (dict, list)):
            _collect(inner, words, texts, depth=depth + 1)
        elif value.strip():
            texts.append(redacted(value.strip())[:_LONGEST])
    elif isinstance(value, list):
        for item in value[:8]:
            _collect(item, words, texts, depth=depth + 1)
    elif isinstance(value, dict):
        _collect_fields(value, words, texts, depth=depth)


def _collect_fields(
    fields: dict[str, Any], words: ErrorWords, texts: list[str], *, depth: int
) -> None:
    for name in _CODES:
        code = fields.get(name)
        if isinstance(code, str):
            words.codes.append(code[:100])
            code = int(code) if code.isascii() and code.isdigit() and len(code) == 3 else None
        if isinstance(code, int) and 400 <= code < 600 and words.status is None:
            words.status = code
    delay = fields.get("retryDelay")
    if isinstance(delay, str):
        words.wait = duration(delay)
    headers = fields.get("headers")
    if isinstance(headers, dict):
        pairs = list(headers.items())[:_MOST]
        words.headers = {name: value for name, value in pairs if isinstance(value, str)}
    location = fields.get("loc")
    if isinstance(location, list):  # FastAPI: which field of the request it does not want
        texts.append(".".join(map(str, location[:6]))[:_LONGEST])
    for name in dict.fromkeys((*_WORDS, *_INSIDE)):
        if name in fields:
            _collect(fields[name], words, texts, depth=depth + 1)


def _decoded(text: str) -> object:
    """Return `text` as JSON, or None where it is none."""
    try:
        return msgspec.json.decode(text)
    except JSON_ERRORS:
        return None
