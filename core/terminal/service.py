"""Which service a command talks to, and what it needs for that."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from core.models import DEFAULT_SILENCE, Conversation, Limits, Profile
from core.terminal.arguments import provider as known_provider
from core.terminal.startup import import_aiohttp

if TYPE_CHECKING:
    from core.demo import DemoSite
    from core.state import StateFile

DEMO = "demo"
DEMO_NOTE = (
    "This is the built-in demo, not a model; choose a service with --provider chatgptfree or"
    " --provider https://…"
)


class Service:
    """A profile that can be asked, with the embedded demo site behind it where it means that.

    `is_chosen` is False when nobody chose the demo and it merely stands in.
    """

    def __init__(
        self,
        profile: Profile,
        *,
        client_id: str | None = None,
        is_chosen: bool = True,
        site: DemoSite | None = None,
    ) -> None:
        self.profile = profile
        self.client_id = client_id
        self.is_chosen = is_chosen
        self._site = site

    @classmethod
    async def open(
        cls, options: argparse.Namespace, *, conversation: Conversation | None = None
    ) -> Self:
        """Return the service that the options name, or that `conversation` was held with.

        Where there is neither, it is the one that was last talked to.

        Raises:
            ChatError: what was last talked to has no web address.
        """
        import_aiohttp()
        if conversation is not None:
            options = _as_before(options, conversation)
        state = None if options.provider == DEMO else _state_file(options)
        provider = options.provider or (state and state.load().provider) or ""
        if state is None or provider in {"", DEMO}:
            # The demo's own site, on loopback: neither a proxy nor an identity belongs there.
            from core.demo import DemoSite  # noqa: PLC0415 - brings a web server

            site = DemoSite()
            await site.start()
            profile = _profile(options, DEMO, address=site.url)
            return cls(profile, is_chosen=bool(provider), site=site)
        if provider == "chatgptfree":
            profile = _profile(options, provider)
        else:
            profile = _profile(options, "ai_power", address=provider)
        from core.providers.registry import provider_for  # noqa: PLC0415 - after aiohttp
        from core.state import client_id  # noqa: PLC0415 - the demo needs no state

        host = urlsplit(provider_for(profile).url).netloc
        return cls(profile, client_id=client_id(state.client_secret(), host))

    async def close(self) -> None:
        """End the demo site, if there is one."""
        if self._site is not None:
            await self._site.close()


def _as_before(options: argparse.Namespace, conversation: Conversation) -> argparse.Namespace:
    """Return the options with what a conversation says where they leave it open."""
    if options.provider is not None:
        return options
    try:
        provider = known_provider(conversation.profile)
    except argparse.ArgumentTypeError:  # of no name that is known here: it came from elsewhere
        return options
    model = options.model or conversation.model
    return argparse.Namespace(**{**vars(options), "provider": provider, "model": model})


def _state_file(options: argparse.Namespace) -> StateFile:
    from core.state import StateFile, data_folder  # noqa: PLC0415 - the demo needs no state

    return StateFile(data_folder(options.data_dir) / "state.json")


def _profile(options: argparse.Namespace, provider: str, *, address: str = "") -> Profile:
    return Profile(
        name=provider if provider != "ai_power" else address,
        provider=provider,
        address=address,
        model=options.model,
        system_prompt=options.system,
        proxy=None if provider == DEMO else options.proxy,
        limits=Limits(silence=DEFAULT_SILENCE if options.timeout is None else options.timeout),
    )
