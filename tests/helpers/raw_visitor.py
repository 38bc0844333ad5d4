"""A visitor who speaks to the demo site in plain HTTP, so that a test sees every byte."""

from __future__ import annotations

import asyncio
import html
import io
import json
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import aiohttp

from core.demo import DemoSite, Scenario

PATIENCE = 10.0
"""Seconds for anything that must happen."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    kind: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> object:
        return json.loads(self.body)

    @property
    def events(self) -> list[str]:
        return [event for event in self.text.split("\n\n") if event]

    @property
    def said(self) -> str:
        """The text in the deltas of either protocol."""
        deltas = [json.loads(line[6:]) for line in self.events if line.startswith("data: {")]
        return "".join(
            choice.get("delta", {}).get("content", "")
            for delta in deltas
            for choice in delta.get("choices", [])
        ) + "".join(delta.get("delta", "") for delta in deltas)


class Visitor:
    """One client of one site."""

    def __init__(self, site: DemoSite, session: aiohttp.ClientSession) -> None:
        self.site = site
        self.session = session

    @property
    def ajax(self) -> str:
        return f"{self.site.url}/wp-admin/admin-ajax.php"

    @property
    def speaks_v2(self) -> bool:
        return self.site.scenario.version.protocol == "v2"

    async def fetch(self, method: str, url: str, **options: Any) -> Answer:
        options.setdefault("allow_redirects", False)
        async with asyncio.timeout(PATIENCE), self.session.request(method, url, **options) as reply:
            return Answer(
                reply.status, reply.headers["Content-Type"], reply.headers, await reply.read()
            )

    async def page(self, path: str = "/") -> Answer:
        return await self.fetch("GET", self.site.url + path)

    async def nonce(self, path: str = "/") -> str:
        """The nonce on the page."""
        text = html.unescape((await self.page(path)).text)
        found = re.search(r'data-nonce="(\w+)"|"nonce":"(\w+)"', text)
        assert found
        return found[1] or found[2]

    async def post(self, **fields: str) -> Answer:
        # aiohttp warns of large bodies that are bytes.
        body = io.BytesIO(urlencode(fields).encode())
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return await self.fetch("POST", self.ajax, data=body, headers=kind)

    async def get(self, **fields: str) -> Answer:
        return await self.fetch("GET", self.ajax, params=fields)

    async def ask(self, message: str, **fields: str) -> Answer:
        """Ask as v1 or as v2 does, with a good nonce unless one is given."""
        if self.speaks_v2:
            return await self._ask_v2(message, fields)
        fields.setdefault("_wpnonce", await self.nonce())
        fields.setdefault("post_id", "4")
        fields.setdefault("action", "wpaicg_chat_shortcode_message")
        return await self.post(message=message, **fields)

    async def cached(self, message: str, **fields: str) -> Answer:
        """v2's first step."""
        defaults = {"action": "aipkit_cache_sse_message", "bot_id": "4"}
        fields.setdefault("_ajax_nonce", await self.nonce())
        return await self.post(**{**defaults, "message": message, **fields})

    async def streamed(self, cache_key: str, **fields: str) -> Answer:
        """v2's second step."""
        return await self.get(**(await self.stream_fields(cache_key)) | fields)

    async def stream_fields(self, cache_key: str) -> dict[str, str]:
        return {
            "action": "aipkit_frontend_chat_stream",
            "cache_key": cache_key,
            "bot_id": "4",
            "session_id": "session",
            "conversation_uuid": "conversation",
            "_ajax_nonce": await self.nonce(),
        }

    async def _ask_v2(self, message: str, fields: dict[str, str]) -> Answer:
        step = await self.cached(message)
        if step.status != 200 or not step.text.startswith('{"success":true'):
            return step
        return await self.streamed(json.loads(step.body)["data"]["cache_key"], **fields)


@asynccontextmanager
async def visiting(scenario: Scenario) -> AsyncIterator[Visitor]:
    """A site with `scenario`, and a visitor."""
    async with DemoSite(scenario=scenario) as site, aiohttp.ClientSession() as session:
        yield Visitor(site, session)
