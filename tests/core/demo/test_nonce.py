"""A nonce lives 12 to 24 hours, and a page cache can keep it longer than that."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from helpers.raw_visitor import Visitor

from core.demo import DemoSite, Failure, Scenario, Version
from core.demo.nonce import TICK, Nonces

V1 = Scenario(version=Version.V1_9_18, speed=0)
V2 = Scenario(version=Version.V2_4_71, speed=0)


class Clock:
    """Unix time that a test moves."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0 - 1_800_000_000 % TICK + 1

    def __call__(self) -> float:
        return self.now


@asynccontextmanager
async def visiting(scenario: Scenario, clock: Clock) -> AsyncIterator[Visitor]:
    async with (
        DemoSite(scenario=scenario, clock=clock) as site,
        aiohttp.ClientSession() as session,
    ):
        yield Visitor(site, session)


def test_a_nonce_is_good_in_its_tick_and_the_next() -> None:
    clock = Clock()
    nonces = Nonces(b"secret", clock=clock)
    nonce = nonces.make("chat")
    assert re.fullmatch("[0-9a-f]{10}", nonce)
    assert nonces.verify(nonce, "chat") == 1
    assert nonces.verify(nonce, "other") == 0
    assert Nonces(b"another", clock=clock).verify(nonce, "chat") == 0
    clock.now += TICK - 2
    assert nonces.verify(nonce, "chat") == 1
    clock.now += 2
    assert nonces.verify(nonce, "chat") == 2
    clock.now += TICK
    assert nonces.verify(nonce, "chat") == 0
    assert nonces.verify("ж\udcff", "chat") == 0


@pytest.mark.parametrize("scenario", [V1, V2])
async def test_an_old_page_is_good_for_a_while_and_a_new_one_helps(scenario: Scenario) -> None:
    clock = Clock()
    async with visiting(scenario, clock) as visitor:
        nonce = await visitor.nonce()
        field = "_ajax_nonce" if visitor.speaks_v2 else "_wpnonce"
        ask = visitor.cached if visitor.speaks_v2 else visitor.ask
        clock.now += TICK
        assert (await ask("hi", **{field: nonce})).status == 200
        clock.now += TICK
        assert (await ask("hi", **{field: nonce})).status == 403
        assert await visitor.nonce() != nonce
        assert (await ask("hi")).status == 200


async def test_a_page_cache_keeps_the_dead_nonce_until_the_address_is_new() -> None:
    clock = Clock()
    scenario = Scenario(version=Version.V1_9_18, speed=0, page_cache=True)
    async with visiting(scenario, clock) as visitor:
        assert (await visitor.page()).headers["X-Cache"] == "MISS"
        nonce = await visitor.nonce()
        clock.now += 2 * TICK
        assert (await visitor.page()).headers["X-Cache"] == "HIT"
        assert await visitor.nonce() == nonce
        assert (await visitor.ask("hi")).status == 403
        fresh = await visitor.nonce("/?nocache=1")
        assert (await visitor.ask("hi", _wpnonce=fresh)).status == 200
        visitor.site.forget_pages()
        assert (await visitor.ask("hi")).status == 200


async def test_a_cached_page_as_a_failure() -> None:
    async with visiting(V1, Clock()) as visitor:
        visitor.site.use(failure=Failure.NONCE_CACHED_PAGE)
        assert (await visitor.ask("hi")).status == 403
        fresh = await visitor.nonce("/?nocache=1")
        assert (await visitor.ask("hi", _wpnonce=fresh)).said


@pytest.mark.parametrize("scenario", [V1, V2])
async def test_nonces_that_expire_once(scenario: Scenario) -> None:
    async with visiting(scenario, Clock()) as visitor:
        nonce = await visitor.nonce()
        visitor.site.use(failure=Failure.NONCE_EXPIRED_ONCE)
        assert (await visitor.ask("hi")).status == 403
        assert await visitor.nonce() != nonce
        assert (await visitor.ask("hi")).said
        visitor.site.expire_nonces()
        field = "_ajax_nonce" if visitor.speaks_v2 else "_wpnonce"
        ask = visitor.cached if visitor.speaks_v2 else visitor.ask
        assert (await ask("hi", **{field: nonce})).status == 403
