"""Broken answers with broken heads, over real connections to each provider."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from helpers.loopback_server import Loopback, Peer, Request, loopback
from helpers.mutated_streams import MutatedStreams

from core.errors import ChatError
from core.events import Finished
from core.models import ChatRequest, Limits, Message, Role
from core.providers import ChatgptFree
from core.providers.anthropic import Anthropic
from core.providers.base import AsyncGeneratorProvider
from core.providers.openai_compatible import OpenAICompatible

SAMPLES = Path(__file__).parent / "samples"
RECORDED = Path(__file__).parents[1] / "chat_completions" / "streams"
EACH = 150
PATIENCE = 30.0
HEADS = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n",
    b"HTTP/1.0 200 OK\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 300\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n100\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n",
    b"HTTP/1.1 429 Slow Down\r\nRetry-After: 9\r\nConnection: close\r\n\r\n",
    b"HTTP/1.1 400 Bad Request\r\nContent-Length: 200\r\n\r\n",
    b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nConnection: close\r\n\r\n",
    b"",
)
CHAT_V1 = (
    "<div class='wpaicg-chat-shortcode' data-nonce='abc123' data-post-id='4' data-bot-id='7'"
    " data-url='{url}' data-memory-limit='100' data-type='shortcode'></div>"
)
CHAT_V2 = (
    "<div class='aipkit_chat_container' data-config='{{&quot;botId&quot;:4,&quot;ajaxUrl&quot;:"
    "&quot;{url}/wp-admin/admin-ajax.php&quot;,&quot;nonce&quot;:&quot;ff00&quot;,"
    "&quot;postId&quot;:8}}'></div>"
)
TAKEN = b'{"success":true,"data":{"cache_key":"key"}}'


@dataclass
class HostileServer:
    """Answers whatever is asked of a model with something broken, and hangs up."""

    streams: MutatedStreams
    page: str = ""
    """Of the site, where it is one."""
    server: Loopback = field(default_factory=lambda: Loopback(0))
    answered: int = 0

    async def handle(self, peer: Peer) -> None:
        while True:
            request = await peer.request()
            if self._is_for_page(request):
                await peer.respond(self.page.format(url=self.server.url).encode())
            elif b"aipkit_cache_sse_message" in request.body:
                await peer.respond(TAKEN)
            else:
                break
        self.answered += 1
        head = HEADS[self.answered % len(HEADS)]
        body = self.streams.body()
        if self.answered % 7 == 0:
            head, body = b"", MutatedStreams([head + body], seed=self.answered).body()
        await peer.send(head, *self.streams.pieces(body))

    def _is_for_page(self, request: Request) -> bool:
        return bool(self.page) and request.method == "GET" and "action=" not in request.target


def samples_in(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted(folder.iterdir())]


@asynccontextmanager
async def hostile_server(folder: Path, *, page: str = "") -> AsyncIterator[HostileServer]:
    hostile = HostileServer(
        MutatedStreams(samples_in(folder), seed=("loopback", folder.name)), page
    )
    async with loopback(hostile.handle) as server:
        hostile.server = server
        yield hostile


async def ask(provider: type[AsyncGeneratorProvider], **fields: Any) -> None:
    """Ask once; what comes is an answer, or an error that is expected."""
    question = (Message(Role.USER, "hi"),)
    asked = ChatRequest("tiny", question, limits=Limits(silence=2.0), **fields)
    last: object = None
    try:
        async with aclosing(provider.stream(asked)) as events:
            async for event in events:
                last = event
    except ChatError:
        return
    assert isinstance(last, Finished)


@pytest.mark.parametrize(
    ("provider", "folder"),
    [(OpenAICompatible, RECORDED), (Anthropic, SAMPLES / "anthropic")],
    ids=["openai", "anthropic"],
)
async def test_an_api_may_answer_anything(
    provider: type[AsyncGeneratorProvider], folder: Path
) -> None:
    async with hostile_server(folder) as hostile, asyncio.timeout(PATIENCE):
        for number in range(EACH):
            fields = {"address": hostile.server.url, "key": "sk-0123456789"}
            await ask(type(f"Asked{number}", (provider,), {}), **fields)
    assert hostile.answered >= EACH


@pytest.mark.parametrize(("chat", "protocol"), [(CHAT_V1, "v1"), (CHAT_V2, "v2")])
async def test_a_site_may_answer_anything(chat: str, protocol: str) -> None:
    async with (
        hostile_server(SAMPLES / protocol, page=chat) as hostile,
        asyncio.timeout(PATIENCE),
    ):
        for _ in range(EACH):
            await ask(ChatgptFree.at(hostile.server.url))
    assert hostile.answered >= EACH
