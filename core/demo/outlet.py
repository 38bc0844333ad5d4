"""Sends a response over a connection of aiohttp's server: pace, chunks and endings."""

from __future__ import annotations

import asyncio
import socket
import struct
import sys
from collections.abc import Generator, Iterator

from aiohttp import web

from core.demo.scenario import Chunking
from core.demo.wire import Ending, Piece, Response

SERVER = "Beseda demo"
BREATHER = 64
"""Writes after which the loop gets a turn, however fast the client reads."""
FLUSHING = 0.05
"""Seconds that what was sent has to arrive before a reset, which would overtake it."""


class Outlet:
    """One response on its way; `stream` is aiohttp's side of it."""

    def __init__(self, request: web.BaseRequest, response: Response, chunking: Chunking) -> None:
        self._request = request
        self._response = response
        self._chunking = chunking
        headers = {"Server": SERVER, **response.headers}
        self.stream = web.StreamResponse(status=response.status, headers=headers)
        self._writes = 0

    async def send(self) -> web.StreamResponse:
        """Send all of it, and end as it says.

        Raises:
            ConnectionError: the client has hung up.
        """
        await asyncio.sleep(self._response.delay)
        pieces = iter(self._response.pieces)
        try:
            if self._chunking == "whole":
                await self._write(b"".join(piece.data for piece in pieces))
            else:
                await self._send_paced(pieces)
        finally:
            if isinstance(pieces, Generator):
                pieces.close()
        await self._end()
        return self.stream

    async def _send_paced(self, pieces: Iterator[Piece]) -> None:
        clock = asyncio.get_running_loop().time
        speed = self._response.speed
        start, said = clock(), 0
        for piece in pieces:
            wait = start + said / speed - clock() if speed and piece.characters else 0.0
            if wait > 0:
                await asyncio.sleep(wait)
            await self._write_chunked(piece.data)
            said += piece.characters

    async def _write_chunked(self, data: bytes) -> None:
        if not isinstance(self._chunking, int):
            await self._write(data)
            return
        for start in range(0, len(data), self._chunking):
            await self._write(data[start : start + self._chunking])
            # One packet for each: the client should see the pieces apart.
            await asyncio.sleep(0)

    async def _write(self, data: bytes) -> None:
        if not data:
            return
        await self._prepare()
        await self.stream.write(data)
        self._writes += 1
        if self._writes % BREATHER == 0:
            await asyncio.sleep(0)

    async def _prepare(self) -> None:
        if not self.stream.prepared:
            await self.stream.prepare(self._request)

    async def _end(self) -> None:
        match self._response.ending:
            case Ending.WHOLE:
                await self._prepare()
                await self.stream.write_eof()
            case Ending.SILENT:
                await asyncio.Event().wait()
            case Ending.RESET:
                await self._leave(reset=True)
            case Ending.TORN:
                await self._leave(reset=False)

    async def _leave(self, *, reset: bool) -> None:
        await asyncio.sleep(FLUSHING)
        transport = self._request.transport
        if transport is None:
            return
        if reset:
            # With no time to linger, closing sends a reset.
            linger = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
            connection = transport.get_extra_info("socket")
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            transport.abort()
        else:
            transport.close()
