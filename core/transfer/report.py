"""What an export or an import did, as data: the sentences are made where they are shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

Progress = Callable[[int, int], None]
"""Called on the loop's thread with how much is done and how much there is, in the same unit."""


class Source(StrEnum):
    """The programs whose exports are understood."""

    BESEDA = "beseda"
    CHATGPT = "chatgpt"
    CHATBOX = "chatbox"
    LIBRECHAT = "librechat"
    OPEN_WEBUI = "open_webui"


class SkipReason(StrEnum):
    """Why something in a file was left out."""

    OTHER_DATA = "other_data"
    """A file in a ZIP, or an entry of a list, that is no conversation."""
    BROKEN_FILE = "broken_file"
    """A file in a ZIP that is no JSON."""
    NO_MESSAGES = "no_messages"
    """A conversation in which nothing is said."""
    BROKEN_MESSAGE = "broken_message"
    """A message without a text, or from nobody."""
    DUPLICATE_MESSAGE = "duplicate_message"
    """A message whose id another one in the same conversation has."""
    TOOL_MESSAGE = "tool_message"
    """What a model said to a tool, and the tool's answer."""
    ATTACHMENT = "attachment"
    """A picture, a sound or a file; its place is marked in the text."""
    BROKEN_LINK = "broken_link"
    """A message that follows one that is not there, or follows itself; it starts a branch now."""
    BROKEN_VALUE = "broken_value"
    """A setting that cannot be understood."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was left out, or changed, on the way in."""

    where: str
    """The title of the conversation, or the name of the file in the ZIP."""
    reason: SkipReason
    count: int = 1
    """How many of the same kind there were in that place."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did. Nothing was changed by one that raised instead of giving a report."""

    sources: frozenset[Source] = frozenset()
    ids: tuple[int, ...] = ()
    """The conversations that came in, under the ids that they have now."""
    messages: int = 0
    """How many messages came in with them, in all branches."""
    duplicates: int = 0
    """Conversations that were there already, with everything that the file holds of them."""
    skipped: tuple[Skipped, ...] = ()

    @property
    def conversations(self) -> int:
        """How many conversations came in."""
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export wrote."""

    conversations: int
    files: tuple[Path, ...]
    """What was written: the file, the ZIP, or each file in the folder."""
