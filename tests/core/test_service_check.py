from __future__ import annotations

import pytest
from helpers.loopback_server import Peer, loopback, unused_port

from core.demo import DemoSite, Scenario
from core.errors import (
    BrowserCheckError,
    ChatError,
    ConnectionFailedError,
    Fault,
    PageFormatError,
    ProviderError,
    RateLimitError,
    ResponseFormatError,
)
from core.models import Profile
from core.service_check import Verdict, check_service, verdict_of


def profile_at(address: str) -> Profile:
    return Profile("site", "ai_power", address)


async def test_a_service_that_answers_passes() -> None:
    site = DemoSite(scenario=Scenario(speed=0))
    await site.start()
    try:
        await check_service(profile_at(site.url))
    finally:
        await site.close()


async def test_a_page_without_a_chat_has_changed() -> None:
    async def handler(peer: Peer) -> None:
        await peer.request()
        await peer.respond(b"<!doctype html><p>Hello", Content_Type="text/html")

    async with loopback(handler) as server:
        with pytest.raises(PageFormatError) as caught:
            await check_service(profile_at(server.url))
    assert verdict_of(caught.value) is Verdict.CHANGED


async def test_a_page_behind_a_check_for_browsers_is_guarded() -> None:
    async def handler(peer: Peer) -> None:
        await peer.request()
        body = b"<!doctype html><title>Just a moment...</title>"
        await peer.respond(
            body, status="403 Forbidden", Content_Type="text/html", cf_mitigated="challenge"
        )

    async with loopback(handler) as server:
        with pytest.raises(BrowserCheckError) as caught:
            await check_service(profile_at(server.url))
    assert verdict_of(caught.value) is Verdict.GUARDED


async def test_a_page_where_nobody_listens_is_not_reached() -> None:
    with pytest.raises(ConnectionFailedError) as caught:
        await check_service(profile_at(f"http://127.0.0.1:{unused_port()}"))
    assert verdict_of(caught.value) is Verdict.UNREACHABLE


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (RateLimitError(), Verdict.REFUSED),
        (ProviderError(fault=Fault.SERVER_ERROR), Verdict.REFUSED),
        (ProviderError(fault=Fault.ENDPOINT_GONE), Verdict.CHANGED),
        (ProviderError(fault=Fault.NONCE_REFUSED), Verdict.CHANGED),
        (ResponseFormatError(), Verdict.CHANGED),
    ],
)
def test_other_errors_have_a_verdict_too(error: ChatError, verdict: Verdict) -> None:
    assert verdict_of(error) is verdict
