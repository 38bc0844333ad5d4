"""What a provider yields while it answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.errors import ChatError
from core.models import Profile


class Stage(StrEnum):
    """How far a request has come before its first word."""

    CONNECTING = "connecting"
    LOADING = "loading"
    """The service reads the model into memory, which may take minutes."""
    WAITING = "waiting"


class FinishReason(StrEnum):
    """Why a reply ended, in the words of the chat-completions protocol, and one of ours."""

    STOP = "stop"
    LENGTH = "length"
    CONTENT_FILTER = "content_filter"
    CUT = "cut"
    """The stream ended without saying that it was complete."""


@dataclass(frozen=True, slots=True)
class StageReached:
    """The request got as far as `stage`."""

    stage: Stage


@dataclass(frozen=True, slots=True)
class TextDelta:
    """Some more of the answer."""

    text: str


@dataclass(frozen=True, slots=True)
class ReasoningDelta:
    """Some more of what the model thinks before it answers."""

    text: str


@dataclass(frozen=True, slots=True)
class Usage:
    """How many tokens the service counted."""

    prompt_tokens: int
    completion_tokens: int


@dataclass(frozen=True, slots=True)
class Finished:
    """The last event of a reply."""

    reason: FinishReason


@dataclass(frozen=True, slots=True)
class RetryScheduled:
    """Nothing has come; the same service is asked again after a wait."""

    seconds: float
    number: int
    """1 for the first retry …"""
    of: int
    """… of so many at most."""
    error: ChatError
    """Why."""


@dataclass(frozen=True, slots=True)
class ProviderChanged:
    """Nothing has come; another profile is asked in the place of the one before."""

    profile: Profile
    former: Profile | None
    """Who did not answer."""
    error: ChatError
    """Why."""


StreamEvent = (
    StageReached | TextDelta | ReasoningDelta | Usage | RetryScheduled | ProviderChanged | Finished
)
