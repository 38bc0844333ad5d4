from __future__ import annotations

import asyncio
import gzip
import time
import tracemalloc
import zlib
from collections.abc import Callable

import pytest
from helpers.loopback_server import Peer, loopback

from core.errors import (
    ChatError,
    Fault,
    ResponseFormatError,
)
from core.net.response import MEGABYTE, StreamResponse
from core.net.session import StreamSession


async def each_chunk(response: StreamResponse, take: Callable[[bytes], object]) -> None:
    async for chunk in response.chunks():
        take(chunk)


TEXT = "Привет, world! ".encode() * 5000


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


PACKED = {
    "gzip": gzip.compress(TEXT),
    "x-gzip": gzip.compress(TEXT),
    "GZIP": gzip.compress(TEXT[:3000]) + gzip.compress(TEXT[3000:]) + b"\0\0\0",
    "deflate": zlib.compress(TEXT),
    "Deflate": raw_deflate(TEXT),
    "identity": TEXT,
}


@pytest.mark.parametrize("encoding", PACKED)
@pytest.mark.parametrize("size", [1, 7, 100_000])
async def test_packed_bodies_are_unpacked_however_they_arrive(encoding: str, size: int) -> None:
    async def handler(peer: Peer) -> None:
        await peer.request()
        await peer.start_stream(Content_Encoding=encoding)
        body = PACKED[encoding]
        for start in range(0, len(body), size):
            await peer.send(body[start : start + size])
            if start < 500:
                await asyncio.sleep(0)

    async with (
        loopback(handler) as server,
        StreamSession() as session,
        session.get(server.url) as response,
    ):
        assert await response.read() == TEXT


async def test_packed_events_are_there_as_soon_as_they_are_sent() -> None:
    go_on = asyncio.Event()

    async def handler(peer: Peer) -> None:
        await peer.request()
        await peer.start_stream(Content_Encoding="gzip")
        packer = zlib.compressobj(wbits=31)
        await peer.send(packer.compress(b"data: 1\n\n"), packer.flush(zlib.Z_SYNC_FLUSH))
        await go_on.wait()
        await peer.send(packer.compress(b"data: 2\n\n"), packer.flush())

    async with (
        loopback(handler) as server,
        StreamSession() as session,
        session.get(server.url) as response,
    ):
        chunks = response.chunks()
        assert await anext(chunks) == b"data: 1\n\n"
        go_on.set()
        assert await anext(chunks) == b"data: 2\n\n"
        assert await anext(chunks, None) is None


async def error_for(body: bytes, encoding: str) -> ChatError:
    async def handler(peer: Peer) -> None:
        await peer.request()
        await peer.respond(body, Content_Encoding=encoding)

    async with (
        loopback(handler) as server,
        StreamSession() as session,
        session.get(server.url) as response,
    ):
        with pytest.raises(ChatError) as caught:
            await response.read()
    assert caught.value.data["host"] == f"127.0.0.1:{server.port}"
    return caught.value


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "compress", "nonsense"])
async def test_an_encoding_that_was_not_asked_for_is_refused(encoding: str) -> None:
    assert (await error_for(b"x", encoding)).fault is Fault.COMPRESSION


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_damaged_data_are_told(encoding: str) -> None:
    packed = bytearray(PACKED[encoding])
    packed[len(packed) // 2] ^= 0xFF
    assert (await error_for(bytes(packed), encoding)).fault is Fault.COMPRESSION
    assert (await error_for(b"<html>not packed</html>", "gzip")).fault is Fault.COMPRESSION


async def test_packed_data_that_are_cut_break_off() -> None:
    assert (await error_for(PACKED["gzip"][:-20], "gzip")).fault is Fault.RESET


async def test_an_empty_packed_body_is_empty() -> None:
    async def handler(peer: Peer) -> None:
        await peer.request()
        await peer.respond(b"", Content_Encoding="gzip")

    async with (
        loopback(handler) as server,
        StreamSession() as session,
        session.get(server.url) as response,
    ):
        assert await response.read() == b""


async def test_a_gzip_bomb_is_stopped_in_little_memory_and_without_a_pause() -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(bytes(MEGABYTE)) for _ in range(1024)) + packer.flush()

    async def handler(peer: Peer) -> None:
        await peer.request()
        await peer.respond(bomb, Content_Encoding="gzip")

    gaps: list[float] = []

    async def watch() -> None:
        while True:
            started = time.thread_time()
            await asyncio.sleep(0)
            gaps.append(time.thread_time() - started)

    async with (
        loopback(handler) as server,
        StreamSession() as session,
        session.get(server.url) as response,
    ):
        watcher = asyncio.create_task(watch())
        sizes: list[int] = []
        tracemalloc.start()
        with pytest.raises(ResponseFormatError) as caught:
            await each_chunk(response, lambda chunk: sizes.append(len(chunk)))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        watcher.cancel()
    assert caught.value.fault is Fault.ANSWER_TOO_LARGE
    assert sum(sizes) <= 64 * MEGABYTE
    assert peak < 4 * MEGABYTE
    assert len(gaps) > len(sizes) // 2, "nobody else got a turn"


async def test_packed_data_that_unpack_to_nothing_are_stopped() -> None:
    async def handler(peer: Peer) -> None:
        await peer.request()
        await peer.start_stream(Content_Encoding="deflate")
        while True:
            await peer.send(b"\0\0\0\xff\xff" * 10_000)  # stored blocks without content

    async with (
        loopback(handler) as server,
        StreamSession(max_bytes=MEGABYTE) as session,
        session.get(server.url) as response,
    ):
        with pytest.raises(ResponseFormatError) as caught:
            await response.read()
    assert caught.value.fault is Fault.ANSWER_TOO_LARGE
