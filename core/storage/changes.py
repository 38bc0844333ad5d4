"""What a store tells, and what it hands out beside the values of `core.models`."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from typing import Any, Final, TypedDict


class ChangeKind(StrEnum):
    """What became different."""

    CONVERSATION_ADDED = auto()
    """It is in a list now: new, or back from the trash."""
    CONVERSATION_CHANGED = auto()
    """A list shows it differently: its title, its place, whether it is being written to."""
    CONVERSATION_REMOVED = auto()
    """It went to the trash, or is gone."""
    MESSAGES_CHANGED = auto()
    """Messages came, ended, went or came back, or another version is shown."""
    FOLDERS_CHANGED = auto()
    ALL = auto()
    """So much that everything should be read again."""


@dataclass(frozen=True, slots=True)
class StoreChange:
    """One thing that became different in the store, by this process."""

    kind: ChangeKind
    conversation_id: int | None = None


class Section(StrEnum):
    """A list that every conversation stands in exactly one of."""

    ACTIVE = auto()
    ARCHIVED = auto()
    TRASH = auto()


class AnyFolder(Enum):
    """The type of `ALL`."""

    ALL = auto()


ALL: Final = AnyFolder.ALL
"""Whatever folder a conversation is in; None would be: in none."""


@dataclass(frozen=True, slots=True)
class ConversationIndex:
    """The order of a list: pinned first, then the newest; of the trash: what went there last.

    `times` are seconds since 1970: of the last message, in the trash of the deletion.
    """

    ids: array[int]
    times: array[float]
    pinned_count: int = 0
    """How many at the beginning are pinned; 0 in the trash, where it does not matter."""


class DeletionKind(StrEnum):
    """What was deleted."""

    CONVERSATIONS = auto()
    MESSAGE = auto()
    FOLDER = auto()
    CLEAR = auto()


@dataclass(frozen=True, slots=True)
class Deletion:
    """What went to the trash together; `Store.restore` brings it back."""

    what: DeletionKind
    ids: tuple[int, ...]
    """Of the conversations, or of the one message. Those that were in the trash are missing."""
    when: float
    """Seconds since 1970."""
    folder_id: int | None = None
    """The folder that went with them, or alone."""


class ConversationChanges(TypedDict, total=False):
    """What `Store.update` can change."""

    title: str
    has_own_title: bool
    profile: str
    model: str
    system_prompt: str
    parameters: Mapping[str, Any]
    folder_id: int | None
    is_pinned: bool
    is_archived: bool
    draft: str
