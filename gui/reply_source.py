"""Where replies come from: a profile becomes a provider, and the demo profile a site of its own."""

from __future__ import annotations

import asyncio
import importlib
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from core.attempts import Account, RetryPolicy, fallback_chain
from core.chat import begin_reply
from core.models import ChatRequest, Conversation, ModelInfo, Profile
from core.profiles import DEMO, resolved
from core.reply import Reply
from core.settings import LONGEST_WAIT, PROXY, RETRIES, Settings
from core.state import StateFile, client_id
from gui.context_windows import ContextWindows
from gui.profiles import service_host

if TYPE_CHECKING:
    from core.access import Access
    from core.demo import DemoSite
    from core.secrets import Secrets

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
    """Opens replies and whatever else asks a service; owns the demo site, started when needed."""

    def __init__(
        self,
        state_file: StateFile,
        *,
        secrets: Secrets,
        settings: Callable[[], Settings],
        windows: ContextWindows | None = None,
        overridden: Callable[[Profile], Profile] | None = None,
    ) -> None:
        self._state_file = state_file
        self._secrets = secrets
        self._settings = settings
        self._windows = windows or ContextWindows()
        self._overridden = overridden
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
        settings = self._settings()
        account = await self.account(profile, conversation)
        others = fallback_chain(profile, settings.profile)
        return begin_reply(
            conversation,
            account.profile,
            client_id=account.client_id,
            access=account.access,
            fallbacks=[partial(self.account, other, conversation) for other in others],
            policy=RetryPolicy(
                retries=settings.value(RETRIES), longest_wait=settings.value(LONGEST_WAIT)
            ),
        )

    async def account(self, profile: Profile, conversation: Conversation | None = None) -> Account:
        """Return a profile with everything filled in, and what it is let in by.

        Raises:
            ChatError: its key is missing, or cannot be had.
        """
        filled_in = await self.filled_in(profile, conversation)
        if profile.provider == DEMO:
            return Account(filled_in)
        return Account(
            filled_in, await self.access(filled_in), client_id=await self._client_id(profile)
        )

    async def filled_in(
        self, profile: Profile, conversation: Conversation | None = None
    ) -> Profile:
        """Return a profile with everything that it leaves open, and what the command line says.

        Raises:
            ChatError: the demo site could not be started.
        """
        await self.warm_up(profile)
        wanted = profile if self._overridden is None else self._overridden(profile)
        filled_in = self._windows.filled_in(resolved(wanted, self._settings(), conversation))
        if profile.provider == DEMO:
            site = await self._demo_site()
            return replace(filled_in, address=site.url)
        return filled_in

    async def access(self, profile: Profile) -> Access:
        """Return what lets a resolved profile in.

        Raises:
            ChatError: its key is missing, or cannot be had.
        """
        from core.access import access_for  # noqa: PLC0415 - not before the first frame

        return await access_for(
            profile, self._secrets, app_proxy=self._settings().value(PROXY) or ""
        )

    async def models(self, profile: Profile, *, key: str = "") -> tuple[ModelInfo, ...]:
        """Ask a service which models it offers; `key` is used in the place of the one kept.

        Raises:
            ChatError: it does not tell.
        """
        await self.warm_up(profile)
        from core.providers.registry import provider_for  # noqa: PLC0415 - brings aiohttp

        account = await self.account(replace(profile, needs_key=profile.needs_key and not key))
        access = account.access
        request = ChatRequest(
            model="",
            messages=(),
            proxy=account.profile.proxy if access is None else access.proxy,
            limits=account.profile.limits,
            client_id=account.client_id,
            address=account.profile.address,
            key=key or ("" if access is None else access.key),
            trust=account.profile.trust,
        )
        return await provider_for(account.profile).fetch_models(request)

    async def close(self) -> None:
        """End the demo site, if it was started."""
        if self._starting is not None:
            await asyncio.wait([self._starting])
        if self._site is not None:
            await self._site.close()

    async def _client_id(self, profile: Profile) -> str:
        self._secret = self._secret or await asyncio.to_thread(self._state_file.client_secret)
        return client_id(self._secret, service_host(profile))

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
