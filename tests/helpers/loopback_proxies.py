"""Proxies on 127.0.0.1: HTTP with CONNECT, SOCKS4 and SOCKS5; each notes what it was asked for.

Whatever a client asks for, they connect to 127.0.0.1, so that a test can use any name.
"""

from __future__ import annotations

import asyncio
import base64
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from helpers.loopback_server import Peer, Request, loopback


@dataclass
class LoopbackProxy:
    """A running proxy: where it is, and what it was asked to reach."""

    port: int = 0
    targets: list[str] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)


async def _pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    try:
        while data := await source.read(65536):
            sink.write(data)
            await sink.drain()
    except ConnectionError:
        pass
    finally:
        sink.close()


async def _join(peer: Peer, port: int, *, first: bytes = b"", answer: bytes = b"") -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(first)
    await peer.send(answer)
    try:
        await asyncio.gather(_pump(peer.reader, writer), _pump(reader, peer.writer))
    finally:
        writer.transport.abort()


@asynccontextmanager
async def http_proxy(
    *, password: str | None = None, refusal: str | None = None, tls: ssl.SSLContext | None = None
) -> AsyncIterator[LoopbackProxy]:
    """Run an HTTP proxy.

    `password` is `user:password`; `refusal` is the status line's end that every CONNECT gets.
    """
    proxy = LoopbackProxy()
    expected = password and "Basic " + base64.b64encode(password.encode()).decode()

    async def handle(peer: Peer) -> None:
        request = await peer.request()
        proxy.requests.append(request)
        if expected and request.headers.get("proxy-authorization") != expected:
            await peer.respond(
                status="407 Proxy Authentication Required", Proxy_Authenticate="Basic"
            )
        elif request.method == "CONNECT":
            proxy.targets.append(request.target)
            if refusal:
                await peer.respond(status=refusal)
            else:
                port = int(request.target.rpartition(":")[2])
                await _join(peer, port, answer=b"HTTP/1.1 200 OK\r\n\r\n")
        else:
            parts = urlsplit(request.target)
            proxy.targets.append(parts.netloc)
            head = f"{request.method} {parts.path or '/'} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n"
            await _join(peer, parts.port or 80, first=head.encode() + request.body)

    async with loopback(handle, tls=tls) as server:
        proxy.port = server.port
        yield proxy


@asynccontextmanager
async def socks_proxy(
    *, password: str | None = None, refuses: bool = False
) -> AsyncIterator[LoopbackProxy]:
    """Run a proxy that speaks SOCKS4 and SOCKS5; `password` is `user:password`, for SOCKS5."""
    proxy = LoopbackProxy()

    async def handle(peer: Peer) -> None:
        read = peer.reader.readexactly
        version = (await read(1))[0]
        if version == 4:
            command = await read(7)
            await peer.reader.readuntil(b"\0")
            port, host = int.from_bytes(command[1:3], "big"), socket.inet_ntoa(command[3:7])
            proxy.targets.append(f"{host}:{port}")
            verdict = b"\0\x5b" if refuses else b"\0\x5a"
            await _finish(peer, port, verdict + bytes(6), refuses=refuses)
            return
        methods = await read((await read(1))[0])
        if not await _authenticated(peer, methods, password):
            return
        kind = (await read(4))[3]
        if kind == 3:
            host = (await read((await read(1))[0])).decode()
        else:
            family = socket.AF_INET if kind == 1 else socket.AF_INET6
            host = socket.inet_ntop(family, await read(4 if kind == 1 else 16))
        port = int.from_bytes(await read(2), "big")
        proxy.targets.append(f"{host}:{port}")
        verdict = b"\5\5" if refuses else b"\5\0"
        await _finish(peer, port, verdict + b"\0\1" + bytes(6), refuses=refuses)

    async with loopback(handle) as server:
        proxy.port = server.port
        yield proxy


async def _finish(peer: Peer, port: int, answer: bytes, *, refuses: bool) -> None:
    if refuses:
        await peer.send(answer)
    else:
        await _join(peer, port, answer=answer)


async def _authenticated(peer: Peer, methods: bytes, password: str | None) -> bool:
    if password is None:
        await peer.send(b"\5\0")
        return True
    if 2 not in methods:
        await peer.send(b"\5\xff")
        return False
    await peer.send(b"\5\2")
    read = peer.reader.readexactly
    await read(1)
    user = await read((await read(1))[0])
    word = await read((await read(1))[0])
    is_right = f"{user.decode()}:{word.decode()}" == password
    await peer.send(b"\1\0" if is_right else b"\1\1")
    return is_right
