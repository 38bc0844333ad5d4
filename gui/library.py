"""What a window has besides its conversation: all the others, in the store and out of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from core.errors import StorageError
from core.models import Conversation
from core.state import StateFile
from gui.conversation_controller import ConversationController
from gui.live_reply import OpenReply
from gui.main_window import MainWindow
from gui.open_conversations import OpenConversations
from gui.shortcuts import Shortcuts
from gui.store_source import STORE_FILE, StoreSource
from gui.store_trouble import StoreTrouble
from gui.tasks import TaskScope
from gui.transcript.view import TranscriptView
from gui.window_actions import WindowActions

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.storage.changes import StoreChange
    from core.storage.store import Store
    from gui.history_link import HistoryLink
    from gui.transfer.mirror_link import MirrorLink

_REST = 10.0
"""Seconds after the start at which the store is tidied up and backed up."""


class Library(QObject):
    """Opens the store and shows what is in it, once the window has been painted.

    What could not be saved is said above the composer, with what can be done about it.
    """

    def __init__(
        self,
        window: MainWindow,
        store: StoreSource,
        *,
        controller: ConversationController,
        conversations: OpenConversations,
        transcript: TranscriptView,
        actions: WindowActions,
        shortcuts: Shortcuts,
        open_reply: OpenReply,
        state_file: StateFile,
        scope: TaskScope,
        keeping: TaskScope,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._source = store
        self._controller = controller
        self._conversations = conversations
        self._transcript = transcript
        self._actions = actions
        self._shortcuts = shortcuts
        self._open_reply = open_reply
        self._state_file = state_file
        self._scope = scope
        self._keeping = keeping
        self._history: HistoryLink | None = None
        self._mirror: MirrorLink | None = None
        self._unsubscribe: Callable[[], None] | None = None
        self._trouble = StoreTrouble(
            state_file.path.with_name(STORE_FILE),
            scope=scope,
            window=window,
            close_store=self._close_store,
        )
        window.pane.add_above_composer(self._trouble.banner)

        actions.title_requested.connect(self._on_actions_title_requested)
        self._trouble.retry_requested.connect(self._on_trouble_retry_requested)
        self._trouble.reopen_requested.connect(self.open)

    @Slot()
    def open(self) -> None:
        """Open the store, unless it is open; on the loop."""
        self._source.wake()
        if self._history is None:
            self._scope.start(self._open(), name="open store")

    @Slot(object)
    def show_trouble(self, error: StorageError) -> None:
        """Say what keeps conversations from the disk."""
        self._trouble.show_error(error)

    async def close(self) -> None:
        """Let go of the store, which is closed by whoever owns it."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        if self._mirror is not None:
            await self._mirror.close()
            self._mirror = None
        if self._history is not None:
            self._actions.offer_store(is_open=False)
            self._history.close()
            self._history = None

    async def _open(self) -> None:
        """Show what is in the store, and look after it once nothing else is to be done.

        Raises:
            StorageError: it cannot be opened, or not be looked after.
        """
        store = await self._source.open()
        if self._history is not None:
            return
        self._trouble.clear()
        self._unsubscribe = store.subscribe(self._on_store_changed)
        self._show(store)
        await self._conversations.save_again()
        await asyncio.sleep(_REST)
        await store.purge()
        await store.back_up_if_due()

    def _show(self, store: Store) -> None:
        # Importing the lists takes a few frames, for which the first one does not wait.
        from gui.history_link import HistoryLink  # noqa: PLC0415 - see above
        from gui.transfer.mirror_link import MirrorLink  # noqa: PLC0415 - see above
        from gui.transfer.recovered_notice import RecoveredNotice  # noqa: PLC0415 - see above
        from gui.transfer.transfer_link import TransferLink  # noqa: PLC0415 - see above

        history = HistoryLink(
            self._window,
            store,
            controller=self._controller,
            conversations=self._conversations,
            transcript=self._transcript,
            shortcuts=self._shortcuts,
            scope=self._scope,
        )
        self._history = history
        mirror = MirrorLink(store, scope=self._scope, keep=self._keep_mirror_folder, parent=history)
        self._mirror = mirror
        recovered = RecoveredNotice(store, scope=self._scope, parent=history)
        transfer = TransferLink(
            self._window, store, scope=self._scope, mirror=mirror, current=self._current
        )
        self._window.pane.add_above_composer(recovered.banner, mirror.banner)
        recovered.conversation_requested.connect(self._controller.open)
        history.export_requested.connect(transfer.export_selected)
        self._actions.export_requested.connect(transfer.export_current)
        self._actions.import_requested.connect(transfer.import_files)
        self._actions.mirror_requested.connect(transfer.show_mirror)
        self._actions.offer_store(is_open=True)
        recovered.start()
        mirror.start(self._state_file.load().mirror_folder)

    @Slot()
    def _on_actions_title_requested(self) -> None:
        conversation = self._controller.conversation
        if conversation.messages:
            self._scope.start(self._name(conversation), name="suggest title")

    async def _name(self, conversation: Conversation) -> None:
        """Let the model name a conversation; an answer that is no title changes nothing.

        Raises:
            ChatError: the service failed, or the title could not be saved.
        """
        from core.title_suggestion import suggest_title  # noqa: PLC0415 - when it is needed

        title = await suggest_title(conversation, self._controller.profile, self._open_reply)
        if title:
            store = await self._source.open()
            await store.update(conversation.id, title=title)

    def _current(self) -> Conversation:
        return self._controller.conversation

    def _keep_mirror_folder(self, folder: str) -> None:
        keep = asyncio.to_thread(self._state_file.update, mirror_folder=folder)
        self._keeping.start(keep, name="keep mirror folder")

    async def _close_store(self) -> None:
        await self.close()
        await self._source.rest()

    @Slot()
    def _on_trouble_retry_requested(self) -> None:
        if self._history is None:
            self.open()
        else:
            self._keeping.start(self._conversations.save_again(), name="save again")

    def _on_store_changed(self, _change: StoreChange) -> None:
        self._trouble.note_saved()
