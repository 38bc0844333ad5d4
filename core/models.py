"""The values that everything else passes around: frozen, hashable where they can be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

DEFAULT_SILENCE = 120.0
"""Seconds without a byte after which a service is given up, unless told otherwise."""


class Role(StrEnum):
    """Who says a message."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


class MessageState(StrEnum):
    """How far a message has come. What a user writes is complete at once."""

    STREAMING = "streaming"
    """More of it may come."""
    COMPLETE = "complete"
    STOPPED = "stopped"
    """The user ended it."""
    CUT = "cut"
    """The service broke off, or said that it had reached its length limit."""
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    """The program ended while it was being written."""


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation. Equal when it says the same."""

    role: Role
    text: str
    _: KW_ONLY
    id: int = field(default=0, compare=False)
    """Made by `core.ids.new_id`; 0 for a message that is kept nowhere."""
    parent_id: int | None = field(default=None, compare=False)
    """The message that it follows; siblings are versions of each other."""
    state: MessageState = field(default=MessageState.COMPLETE, compare=False)
    reasoning: str = field(default="", compare=False)
    """What the model thought before its answer."""
    profile: str = field(default="", compare=False)
    """The name of the profile that answered."""
    model: str = field(default="", compare=False)
    finish_reason: str = field(default="", compare=False)
    """Of `core.events.FinishReason`; empty while it is not known."""
    error: str = field(default="", compare=False)
    """Why it failed: one English sentence."""
    prompt_tokens: int | None = field(default=None, compare=False)
    completion_tokens: int | None = field(default=None, compare=False)
    created_at: float = field(default=0.0, compare=False)
    """Seconds since 1970, UTC; 0 where nobody knows."""
    ended_at: float = field(default=0.0, compare=False)
    deleted_at: float = field(default=0.0, compare=False)
    """When it went to the trash; 0 when it has not."""


def _no_versions() -> Mapping[int, tuple[int, ...]]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Conversation:
    """The messages on one branch, oldest first, under an id that stays the same.

    Equal when the ids and the messages are.
    """

    id: int
    """Made by `core.ids.new_id`."""
    messages: tuple[Message, ...] = ()
    _: KW_ONLY
    versions: Mapping[int, tuple[int, ...]] = field(default_factory=_no_versions, compare=False)
    """For each id in `messages` that has siblings: the ids of all versions, oldest first."""
    leaf_id: int | None = field(default=None, compare=False)
    """Where the branch ends; also when that message is in the trash."""
    title: str = field(default="", compare=False)
    has_own_title: bool = field(default=False, compare=False)
    """Whether the user gave the title, so that nothing else may change it."""
    profile: str = field(default="", compare=False)
    """The name of the profile that is asked next; empty for the program's choice."""
    model: str = field(default="", compare=False)
    system_prompt: str = field(default="", compare=False)
    parameters: Mapping[str, Any] = field(
        default_factory=lambda: MappingProxyType({}), compare=False
    )
    """What goes to the service with each request, such as `temperature`; values of JSON."""
    folder_id: int | None = field(default=None, compare=False)
    is_pinned: bool = field(default=False, compare=False)
    is_archived: bool = field(default=False, compare=False)
    draft: str = field(default="", compare=False)
    """What stands in the composer, not sent yet."""
    created_at: float = field(default=0.0, compare=False)
    """Seconds since 1970, UTC."""
    updated_at: float = field(default=0.0, compare=False)
    """When something was last said."""
    deleted_at: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class ConversationTree:
    """A conversation with everything that was ever said in it, for export and import."""

    conversation: Conversation
    """Its `messages` are empty, and `leaf_id` says which branch is shown."""
    messages: tuple[Message, ...]
    """All branches, parents before children."""
    folder: str = ""
    """The name of its folder; empty for none."""


@dataclass(frozen=True, slots=True)
class ConversationSummary:
    """What a list shows of a conversation."""

    id: int
    title: str
    updated_at: float
    is_pinned: bool = False
    is_archived: bool = False
    folder_id: int | None = None
    deleted_at: float = 0.0
    is_streaming: bool = False
    """Whether an answer is being written."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A named place for conversations; folders do not nest."""

    id: int
    name: str


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

    @property
    def key(self) -> str:
        """What the same choice is made by again: a provider, or a site's address."""
        return self.address if self.provider == "ai_power" else self.provider


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
