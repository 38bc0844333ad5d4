"""Reads one long answer and prints the CPU time that it took: `stream_reader.py WAY ADDRESS N`.

WAY is `beseda` or `bare` (aiohttp and json.loads, line by line), both of AI Power's protocol; or
`openai`, `anthropic` (the provider's events), and `bare-openai`, `bare-anthropic`, `httpx-sse` or
`openai-client` to compare with. Prints the microseconds for each delta, from the first delta to
the last, and the number of deltas.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time
from collections.abc import AsyncIterator
from contextlib import aclosing

import aiohttp

from core.events import TextDelta
from core.models import ChatRequest, Message, Role
from core.providers import ChatgptFree
from core.providers.anthropic import Anthropic
from core.providers.base import AsyncGeneratorProvider
from core.providers.openai_compatible import OpenAICompatible

_MESSAGES = [{"role": "user", "content": "?"}]
_BODY = {"model": "tiny", "messages": _MESSAGES, "stream": True}


async def _deltas(
    provider: type[AsyncGeneratorProvider], question: str, address: str = ""
) -> AsyncIterator[str]:
    messages = (Message(Role.USER, question),)
    request = ChatRequest("tiny" if address else "", messages, address=address)
    async with aclosing(provider.stream(request)) as events:
        async for event in events:
            if type(event) is TextDelta:
                yield event.text


def beseda(address: str, question: str) -> AsyncIterator[str]:
    """Yield deltas as the program reads them."""
    return _deltas(ChatgptFree.at(address), question)


def openai(address: str, question: str) -> AsyncIterator[str]:
    """Yield deltas as the program reads them."""
    return _deltas(OpenAICompatible, question, address)


def anthropic(address: str, question: str) -> AsyncIterator[str]:
    """Yield deltas as the program reads them."""
    return _deltas(Anthropic, question, address)


async def bare(address: str, question: str) -> AsyncIterator[str]:
    """Yield deltas as the shortest code reads them."""
    async with aiohttp.ClientSession() as session:
        async with session.get(address) as response:
            page = await response.text()
        form = {
            "_wpnonce": re.findall(r'data-nonce="(\w+)"', page)[0],
            "post_id": re.findall(r'data-post-id="(\d+)"', page)[0],
            "url": address,
            "action": "wpaicg_chat_shortcode_message",
            "message": question,
            "bot_id": "0",
        }
        async with session.post(f"{address}/wp-admin/admin-ajax.php", data=form) as response:
            async for line in response.content:
                if line.startswith(b"data: ") and not line.startswith(b"data: [DONE]"):
                    event = json.loads(line[6:])
                    if text := event["choices"][0]["delta"].get("content"):
                        yield text


async def bare_openai(address: str, _: str) -> AsyncIterator[str]:
    """Yield deltas as the shortest code reads them."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{address}/v1/chat/completions", json=_BODY) as response,
    ):
        async for line in response.content:
            if line.startswith(b"data: ") and not line.startswith(b"data: [DONE]"):
                for choice in json.loads(line[6:])["choices"]:
                    if text := choice["delta"].get("content"):
                        yield text


async def bare_anthropic(address: str, _: str) -> AsyncIterator[str]:
    """Yield deltas as the shortest code reads them."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{address}/v1/messages", json=_BODY) as response,
    ):
        async for line in response.content:
            if line.startswith(b"data: "):
                event = json.loads(line[6:])
                if event["type"] == "content_block_delta":
                    yield event["delta"]["text"]


async def httpx_sse(address: str, _: str) -> AsyncIterator[str]:
    """Yield deltas as httpx-sse and json.loads read them."""
    import httpx2  # noqa: PLC0415 - whoever does not use it need not wait for it

    # It asks for httpx, and httpx2, which OpenAI's client brings along, is the same but for a name.
    sys.modules["httpx"] = httpx2
    from httpx_sse import aconnect_sse  # noqa: PLC0415 - needs the line above

    async with (
        httpx2.AsyncClient(trust_env=False) as client,
        aconnect_sse(client, "POST", f"{address}/v1/chat/completions", json=_BODY) as source,
    ):
        async for event in source.aiter_sse():
            if event.data != "[DONE]":
                for choice in json.loads(event.data)["choices"]:
                    if text := choice["delta"].get("content"):
                        yield text


async def openai_client(address: str, _: str) -> AsyncIterator[str]:
    """Yield deltas as OpenAI's own client reads them."""
    from openai import AsyncOpenAI  # noqa: PLC0415 - whoever does not use it need not wait for it

    async with AsyncOpenAI(base_url=f"{address}/v1", api_key="-") as client:
        stream = await client.chat.completions.create(
            model="tiny", messages=[{"role": "user", "content": "?"}], stream=True
        )
        async for chunk in stream:
            for choice in chunk.choices:
                if choice.delta.content:
                    yield choice.delta.content


WAYS = {
    "beseda": beseda,
    "bare": bare,
    "openai": openai,
    "anthropic": anthropic,
    "bare-openai": bare_openai,
    "bare-anthropic": bare_anthropic,
    "httpx-sse": httpx_sse,
    "openai-client": openai_client,
}


async def main(way: str, address: str, question: str) -> None:
    """Read an answer to its end."""
    count, length, started = 0, 0, 0.0
    async for text in WAYS[way](address, question):
        if not count:
            started = time.process_time()
        count += 1
        length += len(text)
    used = time.process_time() - started
    print(used / count * 1e6, count, length)


asyncio.run(main(*sys.argv[1:]))
