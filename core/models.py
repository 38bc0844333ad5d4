"""The values that everything else passes around: frozen, hashable where they can be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

DEFAULT_SILENCE = 120.0
"""Seconds without a byte after which a service is given up, unless told otherwise."""


class Role(StrEnum):
    """Who says a message."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """Ordered messages, oldest first, under an id that stays the same while they change."""

    id: str
    messages: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to wait for a service, in seconds. There is no limit on a whole reply."""

    connect: float = 15.0
    silence: float = DEFAULT_SILENCE
    """Before the first byte, and between two bytes."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A saved choice of a service: what the window and the terminal know of it."""

    name: str
    provider: str
    """A key of `core.providers.registry`: `demo`, `chatgptfree` or `ai_power`."""
    address: str = ""
    """Where the service is; empty for a provider that has an address of its own."""
    model: str = ""
    """Empty for the provider's default."""
    system_prompt: str = ""
    proxy: str | None = None
    limits: Limits = Limits()


def _no_items() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """All that a provider needs to ask for one reply."""

    model: str
    messages: tuple[Message, ...]
    """Oldest first; the last one is the question."""
    proxy: str | None = None
    """`http://`, `https://`, `socks4://`, `socks5://` or `socks5h://`, with `user:password@`."""
    limits: Limits = Limits()
    headers: Mapping[str, str] = field(default_factory=_no_items)
    cookies: Mapping[str, str] = field(default_factory=_no_items)
    conversation_id: str | None = None
    """Lets a provider keep what the service remembers; None for a question on its own."""
    client_id: str | None = None
    """Ten letters or digits that stay the same for this installation and this service."""
