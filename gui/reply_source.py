"""Where replies come from: a profile becomes a provider, and the demo profile a site of its own."""

from __future__ import annotations

import asyncio
import importlib
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from core.chat import begin_reply
from core.models import Conversation, Profile
from core.reply import Reply
from core.state import StateFile, client_id
from gui.profiles import host_of
from gui.widgets.model_picker import DEMO

if TYPE_CHECKING:
    from core.demo import DemoSite

_SLOW_MODULES = (
    "ssl",
    "email.message",
    "http.cookies",
    "yarl",
    "multidict",
    "aiohttp.typedefs",
    "aiohttp.http",
    "aiohttp.client_reqrep",
    "aiohttp.connector",
    "aiohttp",
    "msgspec",
    "python_socks",
    "aiohttp_socks",
    "selectolax.lexbor",
    "core.net.session",
    "core.providers.registry",
)
_SLOW_DEMO_MODULES = ("aiohttp.web_request", "aiohttp.web", "core.demo.listener")
"""In the order in which they need each other, so that each step is short."""


class ReplySource:
    """Opens replies; owns the demo site, which is started when it is first asked."""

    def __init__(self, state_file: StateFile) -> None:
        self._state_file = state_file
        self._secret = ""
        self._site: DemoSite | None = None
        self._starting: asyncio.Task[DemoSite] | None = None

    async def warm_up(self, profile: Profile) -> None:
        """Load what the first question needs, in steps that a window does not notice.

        Raises:
            ChatError: the demo site could not be started.
        """
        names = _SLOW_MODULES + (_SLOW_DEMO_MODULES if profile.provider == DEMO else ())
        for name in names:
            if name not in sys.modules:
                importlib.import_module(name)
                await asyncio.sleep(0)
        if profile.provider == DEMO:
            await self._demo_site()

    async def open(self, conversation: Conversation, profile: Profile) -> Reply:
        """Return the reply to the conversation's last question; nothing is sent yet.

        Raises:
            ChatError: the profile cannot be asked.
        """
        await self.warm_up(profile)
        if profile.provider == DEMO:
            site = await self._demo_site()
            return begin_reply(conversation, replace(profile, address=site.url))
        self._secret = self._secret or self._state_file.client_secret()
        identity = client_id(self._secret, host_of(profile))
        return begin_reply(conversation, profile, client_id=identity)

    async def close(self) -> None:
        """End the demo site, if it was started."""
        if self._starting is not None:
            await asyncio.wait([self._starting])
        if self._site is not None:
            await self._site.close()

    async def _demo_site(self) -> DemoSite:
        if self._starting is None or (self._starting.done() and self._site is None):
            self._starting = asyncio.get_running_loop().create_task(self._start_site())
        # Whoever gives up waiting must not break off the start, for others wait for it, too.
        return await asyncio.shield(self._starting)

    async def _start_site(self) -> DemoSite:
        from core.demo import DemoSite  # noqa: PLC0415 - not before the first frame

        site = DemoSite()
        await site.start()
        self._site = site
        return site
