"""What the sidebar asks of a store; `core.storage.store.Store` has it all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, Unpack

from core.models import ConversationSummary, Folder
from core.storage.changes import (
    ALL,
    AnyFolder,
    ConversationChanges,
    ConversationIndex,
    Deletion,
    Section,
    StoreChange,
)
from gui.sidebar.hit import Hit


class SidebarStore(Protocol):
    """The part of a store that the sidebar uses; every coroutine may raise `StorageError`."""

    def subscribe(self, callback: Callable[[StoreChange], None]) -> Callable[[], None]:
        """Tell of changes until the result is called."""

    async def index(
        self, *, section: Section = Section.ACTIVE, folder_id: int | AnyFolder | None = ALL
    ) -> ConversationIndex:
        """Return the order of a list."""

    async def summaries(self, ids: Sequence[int]) -> list[ConversationSummary]:
        """Return what a list shows of up to 500 conversations."""

    async def folders(self) -> list[Folder]:
        """Return the folders in order."""

    async def update(self, conversation_id: int, **changes: Unpack[ConversationChanges]) -> bool:
        """Change a conversation."""

    async def add_folder(self, name: str) -> Folder:
        """Make a folder."""

    async def rename_folder(self, folder_id: int, name: str) -> None:
        """Give a folder another name."""

    async def delete_conversations(self, ids: Iterable[int]) -> Deletion:
        """Put conversations into the trash."""

    async def delete_folder(self, folder_id: int, *, with_conversations: bool) -> Deletion:
        """Put a folder into the trash."""

    async def restore(self, deletion: Deletion) -> None:
        """Undo a deletion."""

    async def restore_conversation(self, conversation_id: int) -> None:
        """Bring a conversation back from the trash."""

    async def purge_conversations(self, ids: Iterable[int]) -> None:
        """Remove conversations that are in the trash for good."""

    async def empty_trash(self) -> None:
        """Remove all that is in the trash for good."""

    async def search(self, text: str, *, limit: int = 50) -> Sequence[Hit]:
        """Return where the words are; a new search ends the one before."""
