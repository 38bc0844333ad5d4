"""Proxies of others, with a password, before servers with and without TLS."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from helpers.loopback_requests import failure, fetch, ok
from helpers.loopback_server import loopback, unused_port
from helpers.real_proxies import KINDS, RealProxy, real_proxy

from core.errors import Fault
from core.models import Trust
from core.net.certificate import fetch_certificate
from core.net.session import StreamSession
from core.net.trust import fingerprint_of

if TYPE_CHECKING:
    from helpers.loopback_tls import PrivateAuthority


@pytest.fixture(scope="module", params=KINDS)
def proxy(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RealProxy]:
    with real_proxy(request.param, tmp_path_factory.mktemp("proxy")) as proxy:
        yield proxy


async def test_a_server_is_reached_through_it(proxy: RealProxy) -> None:
    async with loopback(ok) as server:
        assert await fetch(f"{server.url}/page", StreamSession(proxy=proxy.address()))
    proxy.wait_for(str(server.port))


async def test_a_server_with_tls_is_reached_through_it(
    proxy: RealProxy, authority: PrivateAuthority
) -> None:
    own = authority.certificate("localhost")
    trust = Trust(fingerprint=fingerprint_of(own.der))
    async with loopback(ok, tls=own.server) as server:
        url = f"https://localhost:{server.port}"
        assert await fetch(url, StreamSession(proxy=proxy.address(), trust=trust))
        certificate = await fetch_certificate(url, proxy=proxy.address())
    assert certificate.fingerprint == trust.fingerprint
    proxy.wait_for(str(server.port))


async def test_another_certificate_is_refused_through_it(
    proxy: RealProxy, authority: PrivateAuthority
) -> None:
    trust = Trust(fingerprint="0" * 64)
    async with loopback(ok, tls=authority.server()) as server:
        error = await failure(server.url, StreamSession(proxy=proxy.address(), trust=trust))
    assert error.fault is Fault.OTHER_CERTIFICATE


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("has_password", [True, False])
async def test_a_wrong_password_is_told_and_nothing_gets_through(
    proxy: RealProxy, scheme: str, *, has_password: bool
) -> None:
    address = proxy.address("wr0ng") if has_password else proxy.bare_address
    async with loopback(ok) as server:
        url = f"{scheme}://127.0.0.1:{server.port}"
        error = await failure(url, StreamSession(proxy=address))
        assert not server.peers
    assert error.fault is Fault.PROXY_PASSWORD
    assert error.data["proxy"] == proxy.bare_address


async def test_a_server_that_it_does_not_reach_is_told(proxy: RealProxy) -> None:
    url = f"https://127.0.0.1:{unused_port()}"
    error = await failure(url, StreamSession(proxy=proxy.address()))
    assert error.fault in {Fault.PROXY, Fault.RESET}
    assert error.data["proxy"] == proxy.bare_address
