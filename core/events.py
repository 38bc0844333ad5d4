"""What a provider yields while it answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """How far a request has come before its first word."""

    CONNECTING = "connecting"
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


StreamEvent = StageReached | TextDelta | ReasoningDelta | Usage | Finished
