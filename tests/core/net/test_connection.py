"""Ways on which a service is not reached: the address, the name, the port, TLS."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.loopback_requests import UNKNOWN_NAME, failure, fetch, ok
from helpers.loopback_server import Peer, loopback, unused_port

from core.errors import ConnectionFailedError, Fault
from core.models import Limits
from core.net.session import StreamSession
from core.sentences import sentence

if TYPE_CHECKING:
    from helpers.loopback_tls import PrivateAuthority


async def test_a_port_where_nobody_listens_refuses() -> None:
    port = unused_port()
    error = await failure(f"http://127.0.0.1:{port}/", StreamSession())
    assert isinstance(error, ConnectionFailedError)
    assert error.fault is Fault.CONNECTION_REFUSED
    assert error.data["host"] == f"127.0.0.1:{port}"
    assert error.retryable


async def test_an_unknown_name_is_told() -> None:
    error = await failure(f"http://{UNKNOWN_NAME}/", StreamSession())
    assert error.fault is Fault.DNS
    assert error.data["host"] == UNKNOWN_NAME


async def test_a_fault_is_not_taken_from_an_error_that_was_being_handled() -> None:
    async def says_nothing(peer: Peer) -> None:
        await peer.request()

    async with loopback(says_nothing) as server:
        try:
            async with asyncio.timeout(0):
                await asyncio.Event().wait()
        except TimeoutError:
            error = await failure(server.url, StreamSession())
    assert error.fault is Fault.RESET


async def test_connecting_is_limited(authority: PrivateAuthority) -> None:
    async def never_answers(peer: Peer) -> None:
        await peer.hung_up()

    limits = Limits(connect=0.2)
    async with loopback(never_answers) as server:
        session = StreamSession(limits=limits, ssl_context=authority.client())
        error = await failure(f"https://127.0.0.1:{server.port}/", session)
    assert error.fault is Fault.CONNECT_TIMEOUT
    assert error.data["seconds"] == 0.2


async def test_whole_seconds_are_shown_without_a_point() -> None:
    async def never_answers(peer: Peer) -> None:
        await peer.hung_up()

    async with loopback(never_answers) as server:
        session = StreamSession(limits=Limits(silence=1.0))
        assert "for 1 s;" in sentence(await failure(server.url, session))


async def test_stopping_while_connecting_is_no_error() -> None:
    connected = asyncio.Event()

    async def never_answers(peer: Peer) -> None:
        connected.set()
        await peer.hung_up()

    async with loopback(never_answers) as server, StreamSession() as session:
        task = asyncio.create_task(fetch(server.url, session))
        await connected.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_a_trusted_certificate_is_accepted(authority: PrivateAuthority) -> None:
    async with loopback(ok, tls=authority.server()) as server:
        session = StreamSession(ssl_context=authority.client())
        assert await fetch(server.url, session) == f"127.0.0.1:{server.port}"


async def test_an_unknown_authority_is_told(authority: PrivateAuthority) -> None:
    async with loopback(ok, tls=authority.server()) as server:
        error = await failure(server.url, StreamSession())
    assert error.fault is Fault.TLS
    assert error.message == "unable to get local issuer certificate"
    assert error.data["host"] == f"127.0.0.1:{server.port}"


async def test_a_certificate_for_another_name_is_told(authority: PrivateAuthority) -> None:
    async with loopback(ok, tls=authority.server("elsewhere.invalid")) as server:
        error = await failure(server.url, StreamSession(ssl_context=authority.client()))
    assert error.fault is Fault.TLS
    assert "not valid for '127.0.0.1'" in error.message


async def test_a_server_without_tls_is_told() -> None:
    async def plain(peer: Peer) -> None:
        await peer.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await peer.hung_up()

    async with loopback(plain) as server:
        error = await failure(f"https://127.0.0.1:{server.port}/", StreamSession())
    assert error.fault is Fault.TLS
    assert error.message


async def test_a_redirect_from_http_to_https_is_followed(authority: PrivateAuthority) -> None:
    async with loopback(ok, tls=authority.server()) as secure:

        async def upgrade(peer: Peer) -> None:
            await peer.request()
            await peer.respond(status="301 Moved Permanently", Location=secure.url + "/")

        async with loopback(upgrade) as server:
            session = StreamSession(ssl_context=authority.client())
            assert await fetch(server.url, session) == f"127.0.0.1:{secure.port}"


async def test_a_redirect_from_https_to_http_is_an_error(authority: PrivateAuthority) -> None:
    async def downgrade(peer: Peer) -> None:
        await peer.request()
        await peer.respond(status="302 Found", Location="http://127.0.0.1/")

    async with loopback(downgrade, tls=authority.server()) as server:
        error = await failure(server.url, StreamSession(ssl_context=authority.client()))
    assert error.fault is Fault.REDIRECT


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="the system has its own store")
async def test_a_certificate_named_by_the_environment_is_trusted(
    authority: PrivateAuthority, tmp_path: Path
) -> None:
    trusted = tmp_path / "ca.pem"
    trusted.write_bytes(authority.pem)
    program = (
        "import asyncio, sys\n"
        "from core.net.session import StreamSession\n"
        "async def main():\n"
        "    async with StreamSession() as s, s.get(sys.argv[1]) as r:\n"
        "        print(await r.text())\n"
        "asyncio.run(main())\n"
    )
    async with loopback(ok, tls=authority.server()) as server:
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-W", "error", "-c", program, server.url,
            env={**os.environ, "SSL_CERT_FILE": str(trusted)}, stdout=subprocess.PIPE,
        )  # fmt: skip
        output, _ = await child.communicate()
    assert output.decode().strip() == f"127.0.0.1:{server.port}"


async def test_a_redirect_to_another_port_is_an_error() -> None:
    async def moved(peer: Peer) -> None:
        await peer.request()
        await peer.respond(status="302 Found", Location="http://127.0.0.1:9/")

    async with loopback(moved) as server:
        error = await failure(server.url, StreamSession())
    assert error.fault is Fault.REDIRECT
