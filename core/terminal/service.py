"""Which service a command talks to, and what it needs for that."""

from __future__ import annotations

import argparse
from contextlib import AsyncExitStack
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from core.models import Conversation, Profile
from core.profiles import (
    AI_POWER,
    CHATGPT_FREE,
    DEMO,
    chosen_profile,
    named_profile,
    preset,
    profile_from,
    resolved,
)
from core.settings import LONGEST_WAIT, PROFILE, PROXY, RETRIES, Settings
from core.state import StateFile, data_folder
from core.terminal.output import note
from core.terminal.saved_settings import saved_secrets, saved_settings
from core.terminal.startup import import_aiohttp

if TYPE_CHECKING:
    from core.access import Access
    from core.attempts import Account
    from core.demo import DemoSite
    from core.errors import ChatError
    from core.reply import Reply
    from core.secrets import Secrets

DEMO_NOTE = (
    "This is the built-in demo, not a model; choose a service with --profile, with --provider"
    " chatgptfree or with --provider https://…"
)
GONE_NOTE = "The service of this conversation, “{choice}”, is not known any more; another answers."

_WITH_CLIENT_ID = (CHATGPT_FREE, AI_POWER)


class Service:
    """A profile that can be asked, with the embedded demo site behind it where it means that.

    `is_chosen` is False when nobody chose the demo and it merely stands in.
    """

    def __init__(
        self,
        options: argparse.Namespace,
        settings: Settings,
        *,
        chosen: Profile,
        is_chosen: bool = True,
    ) -> None:
        self.is_chosen = is_chosen
        self.profile = chosen
        self._chosen = chosen
        self._options = options
        self._settings = settings
        self._secrets: Secrets | None = None
        self._access: Access | None = None
        self._site: DemoSite | None = None

    @classmethod
    async def open(
        cls, options: argparse.Namespace, *, conversation: Conversation | None = None
    ) -> Self:
        """Return the service that the options name, or that `conversation` was held with.

        Where there is neither, it is the one that the settings name, or that was last talked to.

        Raises:
            ChatError: there is no such service, or its key is missing.
        """
        service = cls.unopened(options, conversation=conversation)
        await service.prepare(conversation)
        return service

    @classmethod
    def unopened(
        cls, options: argparse.Namespace, *, conversation: Conversation | None = None
    ) -> Self:
        """Return the service as `open` does, without looking for its key or at its address.

        Raises:
            SettingsError: there is no profile of the name that was given.
        """
        import_aiohttp()
        settings = saved_settings(options.data_dir)
        chosen = _chosen(options, settings, conversation)
        is_chosen = chosen is not None
        if chosen is None:
            chosen = chosen_profile(DEMO, settings.profiles) or Profile(DEMO, DEMO)
        return cls(options, settings, chosen=chosen, is_chosen=is_chosen)

    async def prepare(self, conversation: Conversation | None) -> None:
        """Look for the key and at the address; where one of them is wrong, it is closed.

        Raises:
            ChatError: the key is missing, or that is no address.
        """
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self.close)
            account = await self._account(self._chosen, conversation)
            self.profile, self._access = account.profile, account.access
            self._check_address()
            stack.pop_all()

    async def admission(self) -> tuple[Profile, Access, ChatError | None]:
        """Return the profile with everything filled in, and what there is to let it in.

        The error says why that is not all.
        """
        from core.access import Access  # noqa: PLC0415 - as above
        from core.diagnosis import admission  # noqa: PLC0415 - as above

        wanted = resolved(self._chosen, self._settings, None)
        wanted = _overridden(wanted, self._options, is_own=True)
        if wanted.provider == DEMO:
            wanted = replace(wanted, address=await self._demo_address())
            return wanted, Access(proxy=wanted.proxy), None
        if self._secrets is None:
            self._secrets = saved_secrets(self._options.data_dir, self._settings)
        app_proxy = self._settings.value(PROXY)
        access, error = await admission(wanted, self._secrets, app_proxy=app_proxy)
        return wanted, access, error

    @property
    def system_prompt(self) -> str:
        """The instructions that were given to the command itself; a conversation keeps them."""
        return str(self._options.system)

    async def begin(self, conversation: Conversation) -> Reply:
        """Return the reply to the conversation's last question; nothing is sent yet.

        Raises:
            ChatError: the conversation cannot be answered like that.
        """
        from core.attempts import RetryPolicy, fallback_chain  # noqa: PLC0415 - after aiohttp
        from core.chat import begin_reply  # noqa: PLC0415 - after aiohttp

        account = await self._account(self._chosen, conversation)
        others = fallback_chain(self._chosen, self._settings.profile)
        retries = self._options.retries
        return begin_reply(
            conversation,
            account.profile,
            client_id=account.client_id,
            access=account.access,
            fallbacks=[partial(self._account, other, conversation) for other in others],
            policy=RetryPolicy(
                retries=self._settings.value(RETRIES) if retries is None else retries,
                longest_wait=self._settings.value(LONGEST_WAIT),
            ),
        )

    async def account(self) -> Account:
        """Return the profile with everything filled in, and what it is let in by.

        Raises:
            ChatError: its key is missing, or cannot be had.
        """
        return await self._account(self._chosen, None)

    async def close(self) -> None:
        """End the demo site, if there is one."""
        if self._site is not None:
            await self._site.close()

    async def _account(self, profile: Profile, conversation: Conversation | None) -> Account:
        from core.attempts import Account  # noqa: PLC0415 - as above

        is_own = profile is self._chosen
        wanted = resolved(profile, self._settings, conversation)
        wanted = _overridden(wanted, self._options, is_own=is_own)
        if profile.provider == DEMO:
            # Its own site, on loopback: neither a proxy nor an identity belongs there.
            return Account(replace(wanted, address=await self._demo_address()))
        access = self._access if is_own and self._access is not None else await self._let_in(wanted)
        return Account(wanted, access, self._client_id(wanted))

    async def _let_in(self, profile: Profile) -> Access:
        from core.access import access_for  # noqa: PLC0415 - as above

        if self._secrets is None:
            self._secrets = saved_secrets(self._options.data_dir, self._settings)
        app_proxy = self._settings.value(PROXY)
        return await access_for(profile, self._secrets, app_proxy=app_proxy)

    def _client_id(self, profile: Profile) -> str | None:
        """Return what an AI Power site knows this installation by; others are told nothing."""
        if profile.provider not in _WITH_CLIENT_ID:
            return None
        from core.providers.registry import provider_for  # noqa: PLC0415 - as above
        from core.state import client_id  # noqa: PLC0415 - as above

        host = urlsplit(provider_for(profile).url).netloc
        return client_id(_state_file(self._options).client_secret(), host)

    def _check_address(self) -> None:
        from core.providers.registry import provider_for  # noqa: PLC0415 - as above

        provider_for(self.profile)

    async def _demo_address(self) -> str:
        if self._site is None:
            from core.demo import DemoSite  # noqa: PLC0415 - brings a web server

            self._site = DemoSite()
            await self._site.start()
        return self._site.url


def _chosen(
    options: argparse.Namespace, settings: Settings, conversation: Conversation | None
) -> Profile | None:
    """Return the saved profile, or one made of a choice, that is to be asked; None for nobody.

    Raises:
        SettingsError: there is no profile of the name that was given.
    """
    profiles = settings.profiles
    if options.profile is not None:
        return _profile_or_preset(options.profile, settings)
    if options.provider is not None:
        profile = chosen_profile(options.provider, profiles)
        if profile is None or not options.key_variable:
            return profile
        return replace(profile, key_variable=options.key_variable)
    if conversation is not None and conversation.profile:
        profile = chosen_profile(conversation.profile, profiles)
        if profile is not None:
            return replace(profile, model=conversation.model or profile.model)
        note(GONE_NOTE.format(choice=conversation.profile))
    for choice in (settings.value(PROFILE), _state_file(options).load().provider):
        if profile := chosen_profile(choice, profiles):
            return profile
    return None


def _profile_or_preset(name: str, settings: Settings) -> Profile:
    known = preset(name.strip().lower())
    is_ready = known is not None and (known.address or known.provider in {DEMO, CHATGPT_FREE})
    if known is not None and is_ready and settings.profile(known.id) is None:
        return profile_from(known, taken=())
    return named_profile(name, settings.profiles)


def _overridden(profile: Profile, options: argparse.Namespace, *, is_own: bool) -> Profile:
    """Return a resolved profile with what the command says; its model is for the chosen one."""
    own = {
        name: value
        for name in ("temperature", "top_p", "max_tokens", "stop", "seed")
        if (value := getattr(options, name, None)) is not None
    }
    limits = profile.limits
    if options.timeout is not None:
        limits = replace(limits, silence=options.timeout)
    return replace(
        profile,
        model=(options.model if is_own else "") or profile.model,
        system_prompt=options.system or profile.system_prompt,
        proxy=profile.proxy if options.proxy is None or profile.provider == DEMO else options.proxy,
        limits=limits,
        parameters=replace(profile.parameters, **own),
    )


def _state_file(options: argparse.Namespace) -> StateFile:
    return StateFile(data_folder(options.data_dir) / "state.json")
