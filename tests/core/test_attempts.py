"""What is asked again, after how long, and who answers in whose place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from helpers.scripted_provider import request, scripted

from core.attempts import Attempt, RetryPolicy, fallback_chain, is_left_to_another
from core.errors import (
    AuthenticationError,
    BrowserCheckError,
    ChatError,
    ConnectionFailedError,
    ContextLengthError,
    Fault,
    PageFormatError,
    ProviderError,
    RateLimitError,
    ResponseFormatError,
)
from core.models import Profile

SERVER = ProviderError(fault=Fault.SERVER_ERROR, status=502, retryable=True)


@pytest.mark.parametrize(
    "error",
    [
        SERVER,
        ConnectionFailedError(fault=Fault.CONNECTION_REFUSED),
        ConnectionFailedError(fault=Fault.RESET),
        ConnectionFailedError(fault=Fault.DNS),
        RateLimitError(retry_after=3.0),
    ],
)
def test_what_may_be_over_soon_is_tried_again_and_then_left_to_another(error: ChatError) -> None:
    assert RetryPolicy().wait_after(error, 0) is not None
    assert is_left_to_another(error)


@pytest.mark.parametrize(
    "error",
    [
        RateLimitError(),
        RateLimitError(retry_after=61.0),
        RateLimitError(fault=Fault.QUOTA, retry_after=3.0),
        RateLimitError(fault=Fault.SITE_QUOTA, retry_after=3.0),
        ConnectionFailedError(fault=Fault.SILENCE),
        ConnectionFailedError(fault=Fault.TLS),
        BrowserCheckError(status=403),
        PageFormatError(),
        ResponseFormatError(fault=Fault.HTML_ANSWER),
        AuthenticationError(fault=Fault.SITE_KEY_REFUSED),
        ProviderError(fault=Fault.REFUSED_REQUEST, status=501),
    ],
)
def test_what_lasts_longer_is_left_to_another_at_once(error: ChatError) -> None:
    assert RetryPolicy().wait_after(error, 0) is None
    assert is_left_to_another(error)


@pytest.mark.parametrize(
    "error",
    [
        AuthenticationError(status=401),
        AuthenticationError(fault=Fault.KEY_MISSING),
        ContextLengthError(),
        ProviderError(fault=Fault.FLAGGED),
        ProviderError(fault=Fault.MODEL_GONE, status=404),
        ConnectionFailedError(fault=Fault.BAD_ADDRESS, retryable=False),
        ConnectionFailedError(fault=Fault.OTHER_CERTIFICATE),
        ConnectionFailedError(fault=Fault.PROXY_PASSWORD, retryable=False),
    ],
)
def test_what_the_user_has_to_look_at_is_not_covered_up(error: ChatError) -> None:
    assert RetryPolicy().wait_after(error, 0) is None
    assert not is_left_to_another(error)


def test_at_most_so_many_retries_are_made_each_after_a_longer_wait() -> None:
    policy = RetryPolicy(retries=3, first_wait=1.0, jitter=0.25)
    waits = [policy.wait_after(SERVER, retried) for retried in range(4)]
    assert waits[3] is None
    for number, wait in enumerate(waits[:3]):
        assert wait is not None
        assert 0.75 * 2**number <= wait <= 1.25 * 2**number


def test_waits_are_spread_so_that_not_all_come_back_at_once() -> None:
    assert len({RetryPolicy().wait_after(SERVER, 0) for _ in range(20)}) > 10


def test_a_service_is_never_asked_sooner_than_it_wants_to_be() -> None:
    policy = RetryPolicy(longest_wait=20.0)
    for _ in range(50):
        wait = policy.wait_after(RateLimitError(retry_after=20.0), 0)
        assert wait is not None
        assert 20.0 <= wait <= 21.0


def test_no_wait_of_our_own_is_longer_than_the_longest() -> None:
    policy = RetryPolicy(retries=10, longest_wait=5.0)
    assert all((policy.wait_after(SERVER, retried) or 0) <= 5.0 for retried in range(10))


def chained(**fallbacks: str) -> dict[str, Profile]:
    return {
        name: Profile(name=name, provider="openai", id=name, fallback=fallback)
        for name, fallback in fallbacks.items()
    }


@pytest.mark.parametrize(
    ("profiles", "chain"),
    [
        (chained(a=""), ""),
        (chained(a="b", b="c", c=""), "bc"),
        (chained(a="b", b="a"), "b"),
        (chained(a="a"), ""),
        (chained(a="b", b="c", c="b"), "bc"),
        (chained(a="b", b="gone"), "b"),
    ],
)
def test_a_chain_of_fallbacks_ends_even_where_it_is_a_ring(
    profiles: dict[str, Profile], chain: str
) -> None:
    found = fallback_chain(profiles["a"], profiles.get)
    assert "".join(profile.id for profile in found) == chain


def test_a_very_long_chain_is_cut() -> None:
    names = [f"p{number}" for number in range(100)]
    profiles = chained(**dict(zip(names, [*names[1:], ""], strict=True)))
    assert len(fallback_chain(profiles["p0"], profiles.get)) < 20


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://me:secret@api.example:8443/v1", "api.example:8443"),
        ("api.example/v1", "api.example"),
        ("", "scripted.invalid"),
    ],
)
def test_the_host_is_that_of_the_address_without_a_password(address: str, host: str) -> None:
    assert Attempt(scripted(()), replace(request(), address=address)).host == host


def test_any_error_that_says_how_long_it_lasts_is_believed() -> None:
    busy = ProviderError(fault=Fault.SERVER_ERROR, status=503, retryable=True)
    busy.retry_after = 7.0
    wait = RetryPolicy().wait_after(busy, 0)
    assert wait is not None
    assert 7.0 <= wait < 8.0
    busy.retry_after = 120.0
    assert RetryPolicy().wait_after(busy, 0) is None
