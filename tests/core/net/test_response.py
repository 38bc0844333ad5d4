from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Callable
from contextlib import aclosing

import pytest
from helpers.loopback_server import PATIENCE, Handler, Peer, loopback
from helpers.loopback_tls import PrivateAuthority

from core.errors import (
    ConnectionFailedError,
    Fault,
    PageFormatError,
    ResponseFormatError,
)
from core.models import Limits
from core.net.response import MEGABYTE, StreamResponse
from core.net.session import StreamSession


async def each_chunk(response: StreamResponse, take: Callable[[bytes], object]) -> None:
    async for chunk in response.chunks():
        take(chunk)


async def endless(peer: Peer) -> None:
    await peer.request()
    await peer.start_stream()
    while True:
        await peer.send(b"data: x\n\n" * 1000)


async def test_chunks_come_as_they_are_sent() -> None:
    go_on = asyncio.Event()

    async def handler(peer: Peer) -> None:
        await peer.request()
        await peer.start_stream(Content_Type="text/event-stream")
        await peer.send(b"one")
        await go_on.wait()
        await peer.send(b"two")

    async with (
        loopback(handler) as server,
        StreamSession() as session,
        session.get(server.url) as response,
        aclosing(response.chunks()) as chunks,
    ):
        assert await anext(chunks) == b"one"
        go_on.set()
        assert await anext(chunks) == b"two"
        assert await anext(chunks, None) is None


async def test_waiting_for_a_chunk_can_be_given_up_and_taken_up_again() -> None:
    go_on = asyncio.Event()

    async def handler(peer: Peer) -> None:
        await peer.request()
        await peer.start_stream()
        await go_on.wait()
        await peer.send(b"late")

    async with (
        loopback(handler) as server,
        StreamSession() as session,
        session.get(server.url) as response,
    ):
        chunks = response.chunks()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await anext(chunks)
        go_on.set()
        assert await anext(chunks) == b"late"


@pytest.mark.parametrize("tls", [False, True])
@pytest.mark.parametrize("way", ["with", "aclose", "break", "cancel", "session"])
async def test_leaving_early_hangs_up(way: str, tls: bool) -> None:
    heard = asyncio.Event()
    authority = PrivateAuthority() if tls else None

    async def handler(peer: Peer) -> None:
        await peer.request()
        await peer.start_stream()
        await peer.send(b"first")
        await peer.hung_up()
        heard.set()

    async def leave(session: StreamSession, url: str) -> None:
        if way == "session":
            await anext((await session.get(url)).chunks())
            await session.close()
        elif way == "aclose":
            chunks = (await session.get(url)).chunks()
            await anext(chunks)
            await chunks.aclose()
        else:
            async with session.get(url) as response:
                async for _ in response.chunks():
                    if way != "cancel":
                        break
                    asyncio.get_running_loop().call_soon(task.cancel)
        async with asyncio.timeout(PATIENCE):
            await heard.wait()

    context = authority.client() if authority else None
    server_context = authority.server() if authority else None
    async with (
        loopback(handler, tls=server_context) as server,
        StreamSession(ssl_context=context) as session,
    ):
        task = asyncio.create_task(leave(session, server.url))
        with contextlib.suppress(asyncio.CancelledError):
            await task
        assert task.cancelled() == (way == "cancel")
        async with asyncio.timeout(PATIENCE):
            await heard.wait()


async def until_nothing_more_arrives(peer: Peer) -> None:
    """Wait until the client cannot send on, because nobody reads what it has sent."""
    import fcntl  # noqa: PLC0415 - not on Windows
    import termios  # noqa: PLC0415 - not on Windows

    connection = peer.writer.get_extra_info("socket")
    peer.writer.transport.pause_reading()  # type: ignore[attr-defined]  # a socket's can
    before = -1
    while True:
        answer = fcntl.ioctl(connection.fileno(), termios.FIONREAD, bytes(4))
        queued = int.from_bytes(answer, sys.byteorder)
        if queued == before > 0:
            return
        before = queued
        await asyncio.sleep(0.1)


@pytest.mark.skipif(sys.platform == "win32", reason="needs to see what a socket has received")
async def test_leaving_hangs_up_although_the_question_is_not_sent_yet() -> None:
    heard = asyncio.Event()

    async def handler(peer: Peer) -> None:
        await peer.reader.readuntil(b"\r\n\r\n")
        await until_nothing_more_arrives(peer)
        await peer.send(b"HTTP/1.1 413 Too Large\r\n\r\n")
        # A client that only waits for its question to be sent would never break this.
        with contextlib.suppress(ConnectionError):
            while True:
                await peer.send(b"x" * 65536)
        heard.set()

    async with loopback(handler) as server, StreamSession() as session:
        async with session.post(server.url, data=b"x" * 30_000_000) as response:
            assert response.status == 413
        async with asyncio.timeout(PATIENCE):
            await heard.wait()


async def test_a_request_is_never_sent_twice() -> None:
    async def says_nothing(peer: Peer) -> None:
        await peer.request()

    async with loopback(says_nothing) as server, StreamSession() as session:
        with pytest.raises(ConnectionFailedError):
            await session.get(server.url)
        assert len(server.peers) == 1


async def silent(peer: Peer) -> None:
    await peer.request()
    await peer.hung_up()


async def silent_after_the_first_byte(peer: Peer) -> None:
    await peer.request()
    await peer.start_stream()
    await peer.send(b"first")
    await peer.hung_up()


async def deaf(peer: Peer) -> None:
    peer.writer.transport.pause_reading()  # type: ignore[attr-defined]  # a socket's can
    await asyncio.Event().wait()


async def test_silence_before_the_first_byte_is_limited() -> None:
    async with (
        loopback(silent) as server,
        StreamSession(limits=Limits(silence=0.2)) as session,
    ):
        with pytest.raises(ConnectionFailedError) as caught:
            await session.post(server.url, data={"a": "b"})
    assert caught.value.fault is Fault.SILENCE
    assert caught.value.data == {"host": f"127.0.0.1:{server.port}", "seconds": 0.2}


async def test_silence_between_bytes_is_limited_and_what_came_is_given() -> None:
    received: list[bytes] = []
    async with (
        loopback(silent_after_the_first_byte) as server,
        StreamSession(limits=Limits(silence=0.2)) as session,
        session.get(server.url) as response,
    ):
        with pytest.raises(ConnectionFailedError) as caught:
            await each_chunk(response, received.append)
    assert received == [b"first"]
    assert caught.value.fault is Fault.SILENCE


async def test_a_server_that_takes_nothing_of_a_long_question_is_given_up() -> None:
    async with (
        loopback(deaf) as server,
        StreamSession(limits=Limits(silence=0.2)) as session,
    ):
        with pytest.raises(ConnectionFailedError) as caught:
            await session.post(server.url, data=b"x" * 30_000_000)
    assert caught.value.fault is Fault.SILENCE


async def test_a_slow_stream_has_no_limit_in_total() -> None:
    async def handler(peer: Peer) -> None:
        await peer.request()
        await peer.start_stream()
        for _ in range(8):
            await peer.send(b".")
            await asyncio.sleep(0.1)

    async with (
        loopback(handler) as server,
        StreamSession(limits=Limits(silence=0.5)) as session,
        session.get(server.url) as response,
    ):
        assert await response.read() == b"." * 8


async def closed_mid_body(peer: Peer) -> None:
    await peer.request()
    await peer.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n")


async def closed_short_of_its_length(peer: Peer) -> None:
    await peer.request()
    await peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nfirst")


@pytest.mark.parametrize("handler", [closed_mid_body, closed_short_of_its_length])
async def test_a_body_that_breaks_off_gives_what_came_and_an_error(handler: Handler) -> None:
    received: list[bytes] = []
    async with (
        loopback(handler) as server,
        StreamSession() as session,
        session.get(server.url) as response,
    ):
        with pytest.raises(ConnectionFailedError) as caught:
            await each_chunk(response, received.append)
    assert b"".join(received) == b"first"
    assert caught.value.fault is Fault.RESET
    assert caught.value.retryable


@pytest.mark.parametrize(
    "framing", ["", "Content-Length: 50\r\n", "Transfer-Encoding: chunked\r\n"]
)
async def test_a_reset_mid_body_is_told(framing: str) -> None:
    async def handler(peer: Peer) -> None:
        await peer.request()
        piece = b"5\r\nfirst\r\n" if "chunked" in framing else b"first"
        await peer.send(f"HTTP/1.1 200 OK\r\n{framing}\r\n".encode(), piece)
        await seen.wait()
        peer.reset()

    seen = asyncio.Event()
    async with (
        loopback(handler) as server,
        StreamSession() as session,
        session.get(server.url) as response,
    ):
        chunks = response.chunks()
        assert await anext(chunks) == b"first"
        seen.set()
        with pytest.raises(ConnectionFailedError) as caught:
            await anext(chunks)
    assert caught.value.fault is Fault.RESET


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\nContent-"])
async def test_a_connection_that_ends_before_an_answer_is_told(head: bytes) -> None:
    async def handler(peer: Peer) -> None:
        await peer.request()
        await peer.send(head)

    async with loopback(handler) as server, StreamSession() as session:
        with pytest.raises(ConnectionFailedError) as caught:
            await session.post(server.url, data=b"question")
    assert caught.value.fault is Fault.RESET


async def test_what_is_not_http_is_told() -> None:
    async def handler(peer: Peer) -> None:
        await peer.send(b"220 mail.example ESMTP\r\n")
        await peer.hung_up()

    async with loopback(handler) as server, StreamSession() as session:
        with pytest.raises(ResponseFormatError) as caught:
            await session.get(server.url)
    assert caught.value.fault is Fault.UNREADABLE_ANSWER
    assert caught.value.data["host"] == f"127.0.0.1:{server.port}"


async def test_a_body_without_end_is_stopped_at_the_sessions_cap() -> None:
    async with (
        loopback(endless) as server,
        StreamSession(max_bytes=MEGABYTE) as session,
        session.get(server.url) as response,
    ):
        sizes: list[int] = []
        with pytest.raises(ResponseFormatError) as caught:
            await each_chunk(response, lambda chunk: sizes.append(len(chunk)))
    assert 0 < sum(sizes) <= MEGABYTE
    assert caught.value.fault is Fault.ANSWER_TOO_LARGE
    assert caught.value.data["megabytes"] == 1


async def test_a_page_of_50_mb_is_refused_before_it_is_read() -> None:
    heard = asyncio.Event()

    async def handler(peer: Peer) -> None:
        await peer.request()
        await peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: 52428800\r\n\r\n", b"<" * 10)
        await peer.hung_up()
        heard.set()

    wanted = PageFormatError(fault=Fault.PAGE_TOO_LARGE, megabytes=4)
    async with (
        loopback(handler) as server,
        StreamSession() as session,
        session.get(server.url) as response,
    ):
        with pytest.raises(PageFormatError) as caught:
            await response.read_capped(4 * MEGABYTE, error=wanted)
        async with asyncio.timeout(PATIENCE):
            await heard.wait()
    assert caught.value is wanted


async def test_a_page_that_grows_to_50_mb_is_stopped() -> None:
    async with (
        loopback(endless) as server,
        StreamSession() as session,
        session.get(server.url) as response,
    ):
        with pytest.raises(ResponseFormatError) as caught:
            await response.read_capped(4 * MEGABYTE)
    assert caught.value.fault is Fault.ANSWER_TOO_LARGE


async def test_a_body_of_just_the_limit_is_read() -> None:
    async def handler(peer: Peer) -> None:
        await peer.request()
        await peer.respond(b"x" * 1000)

    async with (
        loopback(handler) as server,
        StreamSession() as session,
        session.get(server.url) as response,
    ):
        assert len(await response.read_capped(1000)) == 1000


async def test_the_start_of_a_body_can_be_read_alone() -> None:
    async with (
        loopback(endless) as server,
        StreamSession() as session,
        session.get(server.url) as response,
    ):
        assert len(await response.read_start(100_000)) == 100_000


async def test_the_start_of_a_broken_body_is_what_came() -> None:
    async with (
        loopback(closed_mid_body) as server,
        StreamSession() as session,
        session.get(server.url) as response,
    ):
        assert await response.read_start(1000) == b"first"
