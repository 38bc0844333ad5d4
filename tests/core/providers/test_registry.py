"""Which provider answers for a profile, and what every provider says of its models."""

from __future__ import annotations

import pytest

from core.errors import ConnectionFailedError, SettingsError
from core.models import ChatRequest, ModelInfo, Profile
from core.providers import ChatgptFree
from core.providers.anthropic import Anthropic
from core.providers.openai_compatible import OpenAICompatible
from core.providers.registry import provider_for


def test_a_profile_means_a_provider() -> None:
    assert provider_for(Profile("a", "chatgptfree")) is ChatgptFree
    assert provider_for(Profile("a", "openai", "localhost:11434")) is OpenAICompatible
    assert provider_for(Profile("a", "openai")) is OpenAICompatible
    assert provider_for(Profile("a", "anthropic")) is Anthropic
    assert issubclass(provider_for(Profile("a", "ai_power", "https://example.org")), ChatgptFree)


def test_a_profile_that_means_none_is_refused_before_anything_is_sent() -> None:
    for profile in (Profile("a", "robot"), Profile("a", ""), Profile("a", "ai_power")):
        with pytest.raises(SettingsError):
            provider_for(profile)
    with pytest.raises(ConnectionFailedError):
        provider_for(Profile("a", "openai", "ftp://example.org"))


async def test_a_provider_that_cannot_ask_gives_the_models_of_its_class() -> None:
    request = ChatRequest(model="", messages=())
    assert await ChatgptFree.fetch_models(request) == (ModelInfo(ChatgptFree.default_model),)
