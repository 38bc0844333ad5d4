"""The services that answer."""

from core.providers.base import AsyncGeneratorProvider, ProviderModelMixin, TextStream
from core.providers.chatgpt_free import ChatgptFree

__all__ = ["AsyncGeneratorProvider", "ChatgptFree", "ProviderModelMixin", "TextStream"]
