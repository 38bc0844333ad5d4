"""How long a service asks to wait, wherever it says so."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from core.net.status import retry_after

_DAY = 24 * 3600.0
_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": _DAY}
_DURATION = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)(ms|s|m|h|d)")
_WHOLE_DURATION = re.compile(rf"(?:{_DURATION.pattern})+")
_IN_WORDS = re.compile(
    r"(?:try again|retry|wait)(?: \w+)? (?:in|after|for) (\d{1,9}(?:\.\d{1,9})?) ?sec"
    rf"|(?:try again|retry|wait)(?: \w+)? (?:in|after|for) (({_DURATION.pattern})+)",
    re.IGNORECASE,
)
_RESETS = ("x-ratelimit-reset", "anthropic-ratelimit")
_MILLENNIUM = 1e9
"""A number over this is a moment, in seconds since 1970; times a thousand, in milliseconds."""


def seconds_to_wait(
    headers: Mapping[str, str], words: str = "", *, is_limited: bool = True
) -> float | None:
    """Return the seconds that a refusal asks for, at most a day; None when it says nothing.

    Looks at `retry-after-ms`, `Retry-After`, the service's `words`, and, where `is_limited` says
    that a limit is to blame, at the moments when limits are reset: those that are used up count.
    """
    lowered = {name.lower(): value.strip() for name, value in headers.items()}
    milliseconds = lowered.get("retry-after-ms", "")
    if _is_number(milliseconds):
        return min(float(milliseconds) / 1000, _DAY)
    seconds = retry_after({"Retry-After": lowered.get("retry-after", "")})
    if seconds is None:
        seconds = _in_words(words)
    if seconds is None and is_limited:
        seconds = max(_resets(lowered), default=None)
    return seconds


def _in_words(words: str) -> float | None:
    """Read such as "Please try again in 6m0.5s." or "Please retry after 26 seconds."."""
    found = _IN_WORDS.search(words)
    if found is None:
        return None
    return min(float(found[1]), _DAY) if found[1] else duration(found[2])


def duration(text: str) -> float | None:
    """Return the seconds of `1h2m3.5s`, `120ms` and the like, at most a day."""
    if not _WHOLE_DURATION.fullmatch(text):
        return None
    return min(sum(float(n) * _UNITS[unit] for n, unit in _DURATION.findall(text)), _DAY)


def _resets(headers: Mapping[str, str]) -> Iterator[float]:
    """Yield the seconds after which limits are reset: those that are used up, or else all."""
    found: list[tuple[float, bool]] = []
    for name, value in headers.items():
        if not name.startswith(_RESETS) or "reset" not in name:
            continue
        seconds = _moment(value)
        if seconds is not None:
            left = headers.get(name.replace("reset", "remaining"), "")
            found.append((seconds, _is_number(left) and float(left) <= 0))
    is_any_empty = any(is_empty for _, is_empty in found)
    yield from (seconds for seconds, is_empty in found if is_empty or not is_any_empty)


def _moment(value: str) -> float | None:
    """Return the seconds until a moment, which services write in five ways."""
    if _is_number(value):
        number = float(value)
        if number > _MILLENNIUM * 1000:
            number /= 1000
        if number > _MILLENNIUM:
            number -= time.time()
        return min(max(number, 0.0), _DAY)
    if (seconds := duration(value)) is not None:
        return seconds
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max((moment - datetime.now(UTC)).total_seconds(), 0.0), _DAY)


def _is_number(text: str) -> bool:
    return re.fullmatch(r"\d{1,18}(?:\.\d{1,18})?", text) is not None
