"""A body whose framing breaks in the middle."""

from __future__ import annotations

import asyncio

import pytest
from helpers.loopback_server import PATIENCE, Peer, loopback

from core.errors import ConnectionFailedError
from core.net.session import StreamSession


async def test_a_body_whose_framing_breaks_ends_with_an_error() -> None:
    async def handle(peer: Peer) -> None:
        await peer.request()
        await peer.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        await peer.send(b"4\r\ntext\r\n")
        await resumed.wait()
        await peer.send(b"4\r\ntext and no end of a chunk")
        await peer.hung_up()

    resumed = asyncio.Event()
    async with (
        asyncio.timeout(PATIENCE),
        loopback(handle) as server,
        StreamSession() as session,
        session.get(server.url) as response,
    ):
        chunks = response.chunks()
        assert await anext(chunks) == b"text"
        resumed.set()
        with pytest.raises(ConnectionFailedError):
            async for _ in chunks:
                pass
