"""The values that everything else passes around: frozen, hashable where they can be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from core.patience import Patience

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
class Attachment:
    """A file that the user adds to a question; its `repr` leaves the content out."""

    name: str
    """What it is called, without folders; a picture from the clipboard has a name made for it."""
    media_type: str
    """Such as `image/png`."""
    data: bytes = field(repr=False)

    @property
    def is_image(self) -> bool:
        """Whether a model with eyes can see it."""
        return self.media_type.startswith("image/")


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
    attachments: tuple[Attachment, ...] = field(default=(), compare=False)


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
    patience: Patience | None = field(default=None, compare=False, repr=False)
    """Lets the user lift the limit on silence while a reply is in flight."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a model is asked to be like; what is None or empty is not sent."""

    temperature: float | None = None
    """From 0, always the likeliest word, to 2."""
    top_p: float | None = None
    """From 0 to 1: only the likeliest words that together are this likely."""
    max_tokens: int | None = None
    """The answer ends there with the reason `length`."""
    stop: tuple[str, ...] = ()
    """The answer ends before any of these texts."""
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Trust:
    """Whom a service's certificate may come from, besides those that the system trusts."""

    ca_file: str = ""
    """The path of a PEM file with the certificates of a private authority."""
    fingerprint: str = ""
    """SHA-256 of the one certificate that is trusted as it is: 64 hexadecimal digits, lower case.
    Then nothing else is."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A saved choice of a service: what the window and the terminal know of it."""

    name: str
    """What a person calls it."""
    provider: str
    """A key of `core.providers.registry`: `demo`, `chatgptfree`, `ai_power`, `openai`
    (any server that speaks its protocol) or `anthropic`."""
    address: str = ""
    """Where the service is; empty for a provider that has an address of its own."""
    model: str = ""
    """Empty for the provider's default."""
    system_prompt: str = ""
    proxy: str | None = None
    """None for what is set for the program, `system`, `none`, or an address without password."""
    limits: Limits = Limits()
    _: KW_ONLY
    id: str = ""
    """Under which it is saved: letters, digits, `-`, `_`; empty for one made of a mere choice."""
    preset: str = ""
    """The entry of `resources/providers.toml` that it was made from."""
    parameters: Parameters = Parameters()
    trust: Trust = Trust()
    key_variable: str = ""
    """An environment variable that may hold the key, such as `OPENAI_API_KEY`."""
    needs_key: bool = False
    context_window: int | None = None
    """Tokens that the model takes, question and answer together; None where nobody said."""
    fallback: str = ""
    """The id of the profile that answers when this one cannot; empty for none."""
    connect_seconds: float | None = None
    """None for what is set for the program. What counts in the end is in `limits`, and made by
    `core.profiles.resolved`."""
    silence_seconds: float | None = None
    when_too_long: str = ""
    """What is left out of a conversation that is too long: `oldest`, `middle` or `nothing`; empty
    for what is set for the program."""

    @property
    def key(self) -> str:
        """What the same choice is made by again: an id, a provider, or a site's address.

        Not the key of its account, which no profile holds.
        """
        if self.id:
            return self.id
        if self.provider in {"openai", "anthropic"} and self.address:
            return f"{self.provider}+{self.address}"
        return self.address if self.provider == "ai_power" else self.provider


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """What a service says of one of its models."""

    name: str
    context_window: int | None = None
    """Tokens; None where the service does not say."""
    takes_images: bool | None = None


def _no_items() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """All that a provider needs to ask for one reply."""

    model: str
    messages: tuple[Message, ...]
    """Oldest first; the last one is the question."""
    proxy: str | None = field(default=None, repr=False)
    """`http://`, `https://`, `socks4://`, `socks5://` or `socks5h://`, with `user:password@`;
    `none` for a direct connection; None or `system` for what the environment names."""
    limits: Limits = Limits()
    headers: Mapping[str, str] = field(default_factory=_no_items)
    cookies: Mapping[str, str] = field(default_factory=_no_items)
    conversation_id: str | None = None
    """Lets a provider keep what the service remembers; None for a question on its own."""
    client_id: str | None = None
    """Ten letters or digits that stay the same for this installation and this service."""
    address: str = ""
    """Where the service is, for a provider that has no address of its own."""
    key: str = field(default="", repr=False)
    """What the service knows its customer by; empty where it asks for none."""
    parameters: Parameters = Parameters()
    trust: Trust = Trust()
