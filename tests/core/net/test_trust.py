"""Whose certificates a session believes: a private authority's, or one alone."""

from __future__ import annotations

import asyncio
import os
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from helpers.loopback_proxies import http_proxy, socks_proxy
from helpers.loopback_requests import failure, fetch, ok
from helpers.loopback_server import Peer, loopback
from helpers.loopback_tls import PrivateAuthority

from core.errors import Fault
from core.models import Trust
from core.net.session import StreamSession
from core.net.trust import fingerprint_of
from core.sentences import sentence

NAME = "service.invalid"
WAYS = ["none", "http", "https", "socks4", "socks5", "socks5h"]


@pytest.fixture
def ca_file(authority: PrivateAuthority, tmp_path: Path) -> Path:
    path = tmp_path / "Schlüssel der Firma.pem"
    path.write_bytes(authority.pem)
    return path


async def reached(stack: AsyncExitStack, way: str, authority: PrivateAuthority) -> str:
    """Start what stands between: return the proxy's address, with its password."""
    if way == "none":
        return way
    if way.startswith("socks"):
        proxy = await stack.enter_async_context(
            socks_proxy(password=None if way == "socks4" else "user:word")
        )
    else:
        tls = authority.server("127.0.0.1") if way == "https" else None
        proxy = await stack.enter_async_context(http_proxy(password="user:word", tls=tls))
    return f"{way}://user:word@127.0.0.1:{proxy.port}"


def host_for(way: str) -> str:
    """Return a name that this way finds."""
    return NAME if way in {"http", "https", "socks5h"} else "localhost"


@pytest.mark.parametrize("way", WAYS)
async def test_a_private_authority_in_a_file_is_believed(
    way: str, authority: PrivateAuthority, ca_file: Path
) -> None:
    host = host_for(way)
    async with AsyncExitStack() as stack, loopback(ok, tls=authority.server(host)) as server:
        proxy = await reached(stack, way, authority)
        session = StreamSession(proxy=proxy, trust=Trust(ca_file=str(ca_file)))
        assert await fetch(f"https://{host}:{server.port}", session) == f"{host}:{server.port}"


async def test_the_systems_authorities_stay_believed_beside_the_file(ca_file: Path) -> None:
    from core.net.trust import trust_in  # noqa: PLC0415 - what this test alone looks at

    system = len((await trust_in(Trust())).get_ca_certs())
    assert len((await trust_in(Trust(ca_file=str(ca_file)))).get_ca_certs()) == system + 1
    assert len((await trust_in(Trust())).get_ca_certs()) == system


async def test_a_file_does_not_make_another_name_right(
    authority: PrivateAuthority, ca_file: Path
) -> None:
    async with loopback(ok, tls=authority.server("elsewhere.invalid")) as server:
        error = await failure(server.url, StreamSession(trust=Trust(ca_file=str(ca_file))))
    assert error.fault is Fault.TLS
    assert "not valid for '127.0.0.1'" in error.message


@pytest.mark.parametrize("form", ["der", "own", "notes"])
async def test_files_as_companies_hand_them_out_are_understood(
    form: str, authority: PrivateAuthority, tmp_path: Path
) -> None:
    path = tmp_path / "ca"
    own = authority.certificate("127.0.0.1")
    content = {
        "der": authority.der,
        "own": own.pem,
        "notes": "# Наш центр\r\n".encode() + authority.pem + "\n# конец".encode("cp1251"),
    }
    path.write_bytes(content[form])
    async with loopback(ok, tls=own.server) as server:
        assert await fetch(server.url, StreamSession(trust=Trust(ca_file=str(path))))


async def test_a_file_that_has_changed_is_read_again(
    authority: PrivateAuthority, tmp_path: Path
) -> None:
    path = tmp_path / "ca.pem"
    path.write_bytes(PrivateAuthority().pem)
    trust = Trust(ca_file=str(path))
    async with loopback(ok, tls=authority.server()) as server:
        assert (await failure(server.url, StreamSession(trust=trust))).fault is Fault.TLS
        path.write_bytes(authority.pem)
        os.utime(path, ns=(1, 1))
        assert await fetch(server.url, StreamSession(trust=trust))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "there is no such file"),
        (b"", "there is no certificate in it"),
        (b"-----BEGIN CERTIFICATE-----\nAAAA\n", "there is no certificate in it"),
        (b"\x30\x82", "there is no certificate in it"),
        ("directory", "there is no such file"),
        (bytes(16 * 1024 * 1024 + 1), "the file is too large"),
    ],
)
async def test_a_file_that_cannot_be_read_is_told_before_anything_is_sent(
    content: bytes | str | None, words: str, tmp_path: Path
) -> None:
    path = tmp_path / "ca.pem"
    if content == "directory":
        path.mkdir()
    elif isinstance(content, bytes):
        path.write_bytes(content)
    async with loopback(ok) as server:
        url = server.url.replace("http", "https")
        error = await failure(url, StreamSession(trust=Trust(ca_file=str(path))))
        assert not server.peers
    assert error.fault is Fault.CA_FILE
    assert not error.retryable
    assert sentence(error) == f"The certificates in {path} cannot be read: {words}"


async def test_a_path_with_a_zero_byte_is_told() -> None:
    error = await failure("https://127.0.0.1/", StreamSession(trust=Trust(ca_file="a\0b")))
    assert error.fault is Fault.CA_FILE


@pytest.mark.parametrize("way", WAYS)
async def test_a_certificate_that_is_trusted_by_fingerprint_is_believed(
    way: str, authority: PrivateAuthority, ca_file: Path
) -> None:
    host = host_for(way)
    # Signed by nobody we know, for another name: that does not matter.
    own = PrivateAuthority().certificate("elsewhere.invalid")
    trust = Trust(ca_file=str(ca_file), fingerprint=fingerprint_of(own.der))
    async with AsyncExitStack() as stack, loopback(ok, tls=own.server) as server:
        proxy = await reached(stack, way, authority)
        url = f"https://{host}:{server.port}"
        async with StreamSession(proxy=proxy, trust=trust) as session:
            for _ in range(2):
                async with session.get(url) as response:
                    assert await response.text() == f"{host}:{server.port}"


@pytest.mark.parametrize("way", WAYS)
async def test_any_other_certificate_is_refused_before_a_byte_of_the_request_is_sent(
    way: str, authority: PrivateAuthority, ca_file: Path
) -> None:
    host = host_for(way)
    heard: list[bytes] = []
    stumbles: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: stumbles.append(context))

    async def listen(peer: Peer) -> None:
        heard.append(await peer.reader.read(65536))

    # Signed by an authority that the file believes: the fingerprint goes before it.
    other = fingerprint_of(PrivateAuthority().certificate(host).der)
    trust = Trust(ca_file=str(ca_file), fingerprint=other)
    async with AsyncExitStack() as stack, loopback(listen, tls=authority.server(host)) as server:
        proxy = await reached(stack, way, authority)
        url = f"https://{host}:{server.port}/?key=s3cret"
        error = await failure(url, StreamSession(proxy=proxy, trust=trust))
    assert error.fault is Fault.OTHER_CERTIFICATE
    assert error.data["host"] == f"{host}:{server.port}"
    assert not error.retryable
    assert not b"".join(heard)
    if stumbles:
        # Before 3.11.8 asyncio cannot abort TLS inside TLS, and says so.
        assert way == "https"
        assert [type(context["exception"]) for context in stumbles] == [TypeError]


async def test_a_fingerprint_may_be_written_as_programs_show_it() -> None:
    own = PrivateAuthority().certificate("127.0.0.1")
    digits = fingerprint_of(own.der).upper()
    written = " " + ":".join(digits[i : i + 2] for i in range(0, 64, 2))
    async with loopback(ok, tls=own.server) as server:
        assert await fetch(server.url, StreamSession(trust=Trust(fingerprint=written)))


@pytest.mark.parametrize("fingerprint", [":", " ", "none", "0" * 64])
async def test_a_fingerprint_that_is_none_believes_nobody(
    fingerprint: str, authority: PrivateAuthority, ca_file: Path
) -> None:
    async with loopback(ok, tls=authority.server()) as server:
        trust = Trust(ca_file=str(ca_file), fingerprint=fingerprint)
        error = await failure(server.url, StreamSession(trust=trust))
    assert error.fault is Fault.OTHER_CERTIFICATE


async def test_a_fingerprint_says_nothing_of_the_proxys_own_certificate() -> None:
    own = PrivateAuthority().certificate("localhost")
    async with (
        loopback(ok, tls=own.server) as server,
        http_proxy(tls=PrivateAuthority().server("127.0.0.1")) as proxy,
    ):
        session = StreamSession(
            proxy=f"https://127.0.0.1:{proxy.port}",
            trust=Trust(fingerprint=fingerprint_of(own.der)),
        )
        error = await failure(f"https://localhost:{server.port}", session)
    assert error.fault is Fault.TLS
    assert not proxy.requests
