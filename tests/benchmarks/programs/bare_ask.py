"""The least that asks a site with AI Power's chat: `bare_ask.py ADDRESS QUESTION`."""

from __future__ import annotations

import asyncio
import json
import re
import sys

import aiohttp


async def ask(address: str, question: str) -> None:
    """Print the answer as it comes."""
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
                        print(text, end="", flush=True)


asyncio.run(ask(sys.argv[1], sys.argv[2]))
