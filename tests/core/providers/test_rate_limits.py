"""How long to wait, as the services tell it."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from multidict import CIMultiDict

from core.errors import ProviderError, RateLimitError
from core.providers.rate_limits import duration, seconds_to_wait
from core.providers.refusals import Asked, refusal_from_status


@pytest.mark.parametrize(
    ("headers", "words", "seconds"),
    [
        ({}, "", None),
        ({"Retry-After": "7"}, "", 7.0),
        ({"Retry-After": "0.5"}, "", 0.5),
        ({"retry-after-ms": "1500", "Retry-After": "2"}, "", 1.5),
        ({"retry-after-ms": "soon", "Retry-After": "2"}, "", 2.0),
        ({"Retry-After": "2"}, "Please try again in 20s.", 2.0),
        ({}, "Rate limit reached. Please try again in 20s.", 20.0),
        ({}, "Please try again in 6m0.5s.", 360.5),
        ({}, "Please try again in 120ms.", 0.12),
        ({}, "Please retry after 26 seconds.", 26.0),
        ({}, "Please retry in 17.3s", 17.3),
        ({}, "try again in a moment", None),
        ({"Retry-After": "99999999"}, "", 86400.0),
        ({}, "try again in 999999h", 86400.0),
        # OpenAI, Groq: the limit that is used up counts
        (
            {
                "x-ratelimit-remaining-requests": "0",
                "x-ratelimit-reset-requests": "1m2s",
                "x-ratelimit-remaining-tokens": "59",
                "x-ratelimit-reset-tokens": "6m12s",
            },
            "",
            62.0,
        ),
        ({"x-ratelimit-reset-tokens": "7.66s", "x-ratelimit-reset-requests": "2s"}, "", 7.66),
        ({"x-ratelimit-reset": "30"}, "", 30.0),
        ({"x-ratelimit-reset": "soon"}, "", None),
    ],
)
def test_the_time_to_wait_is_found_wherever_it_stands(
    headers: dict[str, str], words: str, seconds: float | None
) -> None:
    assert seconds_to_wait(CIMultiDict(headers), words) == seconds


def test_a_moment_is_turned_into_seconds() -> None:
    soon = datetime.now(UTC) + timedelta(seconds=60)
    for value in (
        soon.isoformat(),
        soon.strftime("%Y-%m-%dT%H:%M:%SZ"),
        str(int(soon.timestamp())),
        str(int(soon.timestamp() * 1000)),  # OpenRouter
    ):
        for name in ("x-ratelimit-reset", "anthropic-ratelimit-tokens-reset"):
            found = seconds_to_wait(CIMultiDict({name: value}))
            assert found is not None
            assert 55 < found <= 60
    past = seconds_to_wait(CIMultiDict({"x-ratelimit-reset": str(int(time.time() - 5))}))
    assert past == 0.0


@pytest.mark.parametrize("text", ["", "5", "m", "5x", "-5s", "5 s", "1e5s", "s5"])
def test_what_is_no_duration_is_none(text: str) -> None:
    assert duration(text) is None


def test_the_refusal_carries_the_time() -> None:
    headers = CIMultiDict({"Retry-After": "12"})
    error = refusal_from_status(429, headers, "", Asked("example.org"))
    assert isinstance(error, RateLimitError)
    assert error.retry_after == 12.0


def test_a_service_in_trouble_may_name_a_time_too() -> None:
    limits = {"x-ratelimit-reset-tokens": "6m0s"}  # sent with every answer, whatever it is
    for headers, seconds in ((limits, None), ({**limits, "Retry-After": "3"}, 3.0)):
        error = refusal_from_status(503, headers, "", Asked("example.org"))
        assert isinstance(error, ProviderError)
        assert error.retry_after == seconds


def test_googles_delay_counts_where_no_header_says_more() -> None:
    body = '[{"error":{"code":429,"message":"x","details":[{"retryDelay":"17s"}]}}]'
    error = refusal_from_status(429, {}, body, Asked("example.org"))
    assert isinstance(error, RateLimitError)
    assert error.retry_after == 17.0


def test_openrouter_tells_its_headers_in_the_body() -> None:
    moment = int((time.time() + 40) * 1000)
    body = (
        '{"error":{"message":"Rate limit exceeded: limit_rpm/x. High demand","code":429,'
        f'"metadata":{{"headers":{{"X-RateLimit-Remaining":"0","X-RateLimit-Reset":"{moment}"}}}}}}}}'
    )
    error = refusal_from_status(429, {}, body, Asked("example.org"))
    assert isinstance(error, RateLimitError)
    assert error.retry_after is not None
    assert 35 < error.retry_after <= 40
