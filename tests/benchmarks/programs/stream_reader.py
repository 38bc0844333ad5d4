"""Reads one long answer and prints the CPU time that it took: `stream_reader.py WAY ADDRESS N`.

WAY is `beseda` (the provider's events) or `bare` (aiohttp and json.loads, line by line). Prints
the microseconds for each delta, from the first delta to the last, and the number of deltas.
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


async def beseda(address: str, question: str) -> AsyncIterator[str]:
    """Yield deltas as the program reads them."""
    request = ChatRequest(model="", messages=(Message(Role.USER, question),))
    async with aclosing(ChatgptFree.at(address).stream(request)) as events:
        async for event in events:
            if type(event) is TextDelta:
                yield event.text


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


async def main(way: str, address: str, question: str) -> None:
    """Read an answer to its end."""
    reader = {"beseda": beseda, "bare": bare}[way]
    count, length, started = 0, 0, 0.0
    async for text in reader(address, question):
        if not count:
            started = time.process_time()
        count += 1
        length += len(text)
    used = time.process_time() - started
    print(used / count * 1e6, count, length)


asyncio.run(main(*sys.argv[1:]))
