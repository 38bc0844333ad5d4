"""A server on 127.0.0.1 that says exactly the bytes a test wants, and notes what it hears."""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

PATIENCE = 10.0
"""Seconds after which a test has failed; nothing here takes a fraction of it."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a client sent; header names are in lower case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


class Peer:
    """The server's side of one connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    async def request(self) -> Request:
        """Read one request with its body."""
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        start, *lines = head.split("\r\n")[:-2]
        method, target, _ = start.split(" ")
        headers = {
            name.lower(): value.strip() for name, _, value in (x.partition(":") for x in lines)
        }
        body = await self.reader.readexactly(int(headers.get("content-length", 0)))
        return Request(method, target, headers, body)

    async def send(self, *pieces: bytes) -> None:
        """Send bytes as they are."""
        for piece in pieces:
            self.writer.write(piece)
        await self.writer.drain()

    async def respond(self, body: bytes = b"", *, status: str = "200 OK", **headers: str) -> None:
        """Send a whole response; `content_type` names the header Content-Type, and so on."""
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        await self.send("\r\n".join([*lines, "", ""]).encode("utf-8"), body)

    async def start_stream(self, **headers: str) -> None:
        """Send the head of a response whose body lasts until the connection is closed."""
        lines = ["HTTP/1.1 200 OK", "Connection: close"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        await self.send("\r\n".join([*lines, "", ""]).encode("utf-8"))

    async def hung_up(self) -> None:
        """Wait until the client has closed the connection."""
        async with asyncio.timeout(PATIENCE):
            try:
                while await self.reader.read(65536):
                    pass
            except (ConnectionError, ssl.SSLError):
                pass

    def reset(self) -> None:
        """Break the connection off with a RST, as a crash does."""
        connection = self.writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


Handler = Callable[[Peer], Awaitable[None]]


@dataclass
class Loopback:
    """A running server."""

    port: int
    scheme: str = "http"
    peers: list[Peer] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The server's address, without a slash at the end."""
        return f"{self.scheme}://127.0.0.1:{self.port}"


@asynccontextmanager
async def loopback(
    handler: Handler, *, tls: ssl.SSLContext | None = None
) -> AsyncIterator[Loopback]:
    """Serve each connection with `handler`; an error in it fails the test.

    A handler that is still running at the end is cancelled. Connections that a client drops, or
    never uses, are no errors.
    """
    server = Loopback(0, "https" if tls else "http")
    handlers: set[asyncio.Task[None]] = set()
    errors: list[BaseException] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        handlers.add(task)
        peer = Peer(reader, writer)
        server.peers.append(peer)
        try:
            await handler(peer)
            if not writer.is_closing():
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        except Exception as exc:  # noqa: BLE001 - raised again in the test
            errors.append(exc)
        finally:
            writer.close()

    listener = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    server.port = listener.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listener.close()
        for task in handlers:
            task.cancel()
        await asyncio.gather(*handlers, return_exceptions=True)
        for peer in server.peers:
            peer.writer.transport.abort()
        await listener.wait_closed()
        await asyncio.sleep(0)
    if errors:
        raise errors[0]


def unused_port() -> int:
    """Return a port of 127.0.0.1 where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
