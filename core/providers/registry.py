"""Which provider a profile means."""

from __future__ import annotations

from core.errors import SettingsError
from core.models import Profile
from core.providers.anthropic import Anthropic
from core.providers.api_address import read_address
from core.providers.base import AsyncGeneratorProvider
from core.providers.chatgpt_free import ChatgptFree
from core.providers.openai_compatible import OpenAICompatible

CHATGPT_FREE = "chatgptfree"
AI_POWER = "ai_power"
DEMO = "demo"
"""An AI Power site, too: the one that the program itself serves on loopback."""
OPENAI = "openai"
"""Any server that speaks OpenAI's protocol."""
ANTHROPIC = "anthropic"

_WITH_KEY: dict[str, type[AsyncGeneratorProvider]] = {
    OPENAI: OpenAICompatible,
    ANTHROPIC: Anthropic,
}


def provider_for(profile: Profile) -> type[AsyncGeneratorProvider]:
    """Return the provider that answers for `profile`.

    Raises:
        SettingsError: the profile names no known provider, or a demo without its address.
        ConnectionFailedError: its address is no web address.
    """
    if profile.provider == CHATGPT_FREE:
        return ChatgptFree
    if provider := _WITH_KEY.get(profile.provider):
        read_address(profile.address or provider.url)
        return provider
    if profile.provider in {AI_POWER, DEMO} and profile.address:
        return ChatgptFree.at(profile.address)
    raise SettingsError(f"unknown provider {profile.provider!r}", option="provider")
