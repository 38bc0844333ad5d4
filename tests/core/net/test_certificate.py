"""The certificate that a service shows, fetched and read without believing it."""

from __future__ import annotations

from contextlib import AsyncExitStack
from datetime import UTC, datetime

import pytest
from cryptography import x509
from helpers.loopback_proxies import http_proxy, socks_proxy
from helpers.loopback_server import Peer, loopback, unused_port
from helpers.loopback_tls import PrivateAuthority
from hypothesis import given
from hypothesis import strategies as st

from core.errors import ConnectionFailedError, Fault
from core.models import Limits, Trust
from core.net.certificate import Certificate, fetch_certificate
from core.net.session import StreamSession
from core.net.x509 import CertificateFields, read_certificate

LEAF = PrivateAuthority().certificate("localhost", "127.0.0.1").der


async def nothing_heard(peer: Peer) -> None:
    assert not await peer.reader.read()


@pytest.mark.parametrize("way", ["none", "http", "socks5h"])
async def test_a_certificate_is_shown_without_a_byte_of_a_request(way: str) -> None:
    authority = PrivateAuthority(name="Фирма & Co")
    own = authority.certificate("localhost", "127.0.0.1", "::1", "*.intern.example")
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(loopback(nothing_heard, tls=own.server))
        proxy = way
        if way != "none":
            start = http_proxy if way == "http" else socks_proxy
            running = await stack.enter_async_context(start(password="user:word"))
            proxy = f"{way}://user:word@127.0.0.1:{running.port}"
        url = f"https://localhost:{server.port}/path?key=s3cret"
        certificate = await fetch_certificate(url, proxy=proxy)
    parsed = x509.load_der_x509_certificate(own.der)
    assert certificate.fingerprint == parsed.fingerprint(parsed.signature_hash_algorithm).hex()
    assert certificate.subject.startswith("localhost, trustme")
    assert "Фирма & Co" in certificate.issuer
    assert certificate.names == ("localhost", "127.0.0.1", "::1", "*.intern.example")
    assert certificate.not_before == parsed.not_valid_before_utc
    assert certificate.not_after == parsed.not_valid_after_utc
    assert not certificate.is_self_signed


async def test_what_was_fetched_is_what_can_be_trusted() -> None:
    own = PrivateAuthority().certificate(
        "elsewhere.invalid", until=datetime(2001, 1, 1, tzinfo=UTC)
    )

    async def answer(peer: Peer) -> None:
        if await peer.reader.read(1):
            await peer.reader.readuntil(b"\r\n\r\n")
            await peer.respond(b"known")

    async with loopback(answer, tls=own.server) as server:
        certificate = await fetch_certificate(server.url)
        assert certificate.not_after == datetime(2001, 1, 1, tzinfo=UTC)
        trust = Trust(fingerprint=certificate.fingerprint)
        async with StreamSession(trust=trust) as session, session.get(server.url) as response:
            assert await response.text() == "known"


async def test_a_server_that_does_not_speak_tls_shows_none() -> None:
    async def plain(peer: Peer) -> None:
        await peer.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await peer.hung_up()

    async with loopback(plain) as server:
        with pytest.raises(ConnectionFailedError) as caught:
            await fetch_certificate(server.url.replace("http", "https"))
    assert caught.value.fault is Fault.TLS


async def test_a_server_that_is_not_there_shows_none() -> None:
    with pytest.raises(ConnectionFailedError) as caught:
        await fetch_certificate(f"https://127.0.0.1:{unused_port()}")
    assert caught.value.fault is Fault.CONNECTION_REFUSED


async def test_waiting_for_a_certificate_is_limited() -> None:
    async def never_answers(peer: Peer) -> None:
        await peer.hung_up()

    async with loopback(never_answers) as server:
        url = server.url.replace("http", "https")
        with pytest.raises(ConnectionFailedError) as caught:
            await fetch_certificate(url, limits=Limits(connect=0.2))
    assert caught.value.fault is Fault.CONNECT_TIMEOUT


@pytest.mark.parametrize("address", ["http://127.0.0.1/", "", "127.0.0.1"])
async def test_an_address_without_tls_has_no_certificate(address: str) -> None:
    with pytest.raises(ConnectionFailedError) as caught:
        await fetch_certificate(address)
    assert caught.value.fault is Fault.BAD_ADDRESS


def test_who_signed_itself_is_told() -> None:
    certificate = Certificate.from_der(PrivateAuthority(name="Self").der)
    assert certificate.is_self_signed
    assert "Self" in certificate.subject


def test_what_is_no_certificate_still_has_a_fingerprint() -> None:
    certificate = Certificate.from_der(b"\x30\x03\x02\x01\x05")
    assert (certificate.subject, certificate.names, certificate.not_after) == ("", (), None)
    assert len(certificate.fingerprint) == 64


@given(st.data())
def test_a_damaged_certificate_is_read_without_an_error(data: st.DataObject) -> None:
    der = bytearray(LEAF)
    for _ in range(data.draw(st.integers(1, 5))):
        der[data.draw(st.integers(0, len(der) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(der)))
    assert isinstance(read_certificate(bytes(der)), CertificateFields)
    assert isinstance(read_certificate(bytes(der[:cut])), CertificateFields)
