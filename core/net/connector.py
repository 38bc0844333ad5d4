"""The connections of a session: direct, through HTTP proxies, and through SOCKS proxies."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import aiohttp

from core.net.connection_errors import SocksProxyError
from core.net.proxies import Proxy, ProxyChoice

if TYPE_CHECKING:
    from aiohttp.abc import AbstractStreamWriter
    from aiohttp.client_proto import ResponseHandler
    from aiohttp.connector import Connection
    from aiohttp.tracing import Trace


class StreamConnector(aiohttp.TCPConnector):
    """A connector that also knows SOCKS.

    aiohttp-socks makes one connector per proxy, but which proxy a request needs is only known
    with its address: each SOCKS proxy gets a connector of its own behind this one.
    """

    def __init__(self, proxies: ProxyChoice) -> None:
        super().__init__()
        self._proxies = proxies
        self._socks: dict[Proxy, aiohttp.BaseConnector] = {}

    async def connect(
        self,
        req: aiohttp.ClientRequest,
        traces: list[Trace],
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - aiohttp's signature
    ) -> Connection:
        """Return a connection for `req` from the pool, or a new one."""
        proxy = await self._proxies.proxy_for(req.url)
        if proxy is None or not proxy.is_socks:
            return await super().connect(req, traces, timeout)
        from aiohttp_socks import (  # noqa: PLC0415 - few need it
            ProxyConnectionError,
            ProxyError,
            ProxyTimeoutError,
        )

        if proxy not in self._socks:
            self._socks[proxy] = _socks_connector(proxy)
        try:
            return await self._socks[proxy].connect(req, traces, timeout)
        except (ProxyError, ProxyConnectionError, ProxyTimeoutError) as exc:
            raise SocksProxyError(str(exc)) from exc
        except EOFError as exc:
            raise SocksProxyError("the proxy hung up") from exc

    async def close(self, *, abort_ssl: bool = False) -> None:
        """Close all connections."""
        for connector in self._socks.values():
            await connector.close()
        await super().close(abort_ssl=abort_ssl)


class StreamRequest(aiohttp.ClientRequest):
    """A request that gives up when the server takes nothing of a large body.

    aiohttp's own limit of silence begins only once the body is sent.
    """

    async def write_bytes(
        self, writer: AbstractStreamWriter, conn: Connection, content_length: int | None = None
    ) -> None:
        """Send the body; a stall ends the request with `SocketTimeoutError`."""
        protocol = conn.protocol
        watch = None
        if protocol is not None and protocol.read_timeout:
            watch = asyncio.create_task(_watch_progress(writer, protocol, protocol.read_timeout))
        try:
            await super().write_bytes(writer, conn, content_length)
        finally:
            if watch is not None:
                watch.cancel()


async def _watch_progress(
    writer: AbstractStreamWriter, protocol: ResponseHandler, silence: float
) -> None:
    sent = -1
    while (transport := protocol.transport) is not None:
        so_far = writer.output_size - transport.get_write_buffer_size()
        if so_far == sent:
            protocol.set_exception(aiohttp.SocketTimeoutError("the server takes no data"))
            return
        sent = so_far
        await asyncio.sleep(silence)


def _socks_connector(proxy: Proxy) -> aiohttp.BaseConnector:
    from aiohttp_socks import ProxyConnector, ProxyType  # noqa: PLC0415 - few need it

    return ProxyConnector(
        proxy.host,
        proxy.port,
        proxy_type=ProxyType.SOCKS4 if proxy.scheme == "socks4" else ProxyType.SOCKS5,
        username=proxy.user,
        password=proxy.password,
        rdns=proxy.scheme == "socks5h",
    )
