"""A small server of `/v1/chat/completions` that asks for a key, and notes what reached it."""

from __future__ import annotations

import json
import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from helpers.loopback_server import Loopback, Peer, Request, loopback


@dataclass
class KeyedServer:
    """What the server knows, and what reached it."""

    models: Sequence[str] | None = ("small", "large")
    """None for a server without a list."""
    key: str = ""
    """Which is asked for; empty for none."""
    has_open_list: bool = False
    """Whether the list of models is there for everybody."""
    status: str = "200 OK"
    """Of every answer."""
    words: Sequence[str] = ("Well", ", OK.")
    requests: list[Request] = field(default_factory=list)
    server: Loopback = field(default_factory=lambda: Loopback(0))

    @property
    def url(self) -> str:
        """The base URL, with the host's number."""
        return f"{self.server.url}/v1"

    def url_at(self, host: str) -> str:
        """Return the base URL, with another name of the host."""
        return f"{self.server.scheme}://{host}:{self.server.port}/v1"

    async def handle(self, peer: Peer) -> None:
        """Answer one connection, until it ends."""
        while True:
            request = await peer.request()
            self.requests.append(request)
            await self._answer(peer, request)

    async def _answer(self, peer: Peer, request: Request) -> None:
        path = request.target.partition("?")[0]
        is_list = path.endswith("/models") and self.models is not None
        shown = request.headers.get("authorization", "")
        is_welcome = shown == f"Bearer {self.key}" or not self.key
        if self.status != "200 OK":
            await _refuse(peer, self.status, "out of order")
        elif not is_list and not path.endswith("/chat/completions"):
            await _refuse(peer, "404 Not Found", "not found")
        elif not (is_welcome or (is_list and self.has_open_list)):
            await _refuse(peer, "401 Unauthorized", f"Incorrect API key: {shown}")
        elif is_list:
            models = [{"id": name, "object": "model"} for name in self.models or ()]
            await _send(peer, {"object": "list", "data": models})
        else:
            await peer.respond(self._stream(), Content_Type="text/event-stream")

    def _stream(self) -> bytes:
        choices: list[object] = [{"index": 0, "delta": {"content": word}} for word in self.words]
        choices.append({"index": 0, "delta": {}, "finish_reason": "stop"})
        events = [json.dumps({"choices": [choice]}) for choice in choices]
        return "".join(f"data: {event}\n\n" for event in [*events, "[DONE]"]).encode()


@asynccontextmanager
async def keyed_server(
    known: KeyedServer, *, tls: ssl.SSLContext | None = None
) -> AsyncIterator[KeyedServer]:
    """Run a server that knows what `known` says."""
    async with loopback(known.handle, tls=tls) as server:
        known.server = server
        yield known


async def _refuse(peer: Peer, status: str, words: str) -> None:
    await _send(peer, {"error": {"message": words}}, status=status)


async def _send(peer: Peer, value: object, *, status: str = "200 OK") -> None:
    await peer.respond(json.dumps(value).encode(), status=status, Content_Type="application/json")
