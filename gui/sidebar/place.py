"""What the list shows: everything, one folder, the archive or the trash."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.models import ConversationSummary


class Section(StrEnum):
    """The kinds of places."""

    ALL = "all"
    FOLDER = "folder"
    ARCHIVE = "archive"
    TRASH = "trash"


@dataclass(frozen=True, slots=True)
class Place:
    """A place where conversations are."""

    section: Section = Section.ALL
    folder_id: int | None = None
    """Of the folder; None for everything that is not one."""

    def has(self, summary: ConversationSummary) -> bool:
        """Whether a conversation is to be seen here."""
        if summary.deleted_at:
            return self.section is Section.TRASH
        if summary.is_archived:
            return self.section is Section.ARCHIVE
        if self.section is Section.FOLDER:
            return summary.folder_id == self.folder_id
        return self.section is Section.ALL

    def time_of(self, summary: ConversationSummary) -> float:
        """Return the time by which it is sorted here."""
        return summary.deleted_at if self.section is Section.TRASH else summary.updated_at


ALL = Place()
ARCHIVE = Place(Section.ARCHIVE)
TRASH = Place(Section.TRASH)
