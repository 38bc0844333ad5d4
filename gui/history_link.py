"""Joins the window with the store: the sidebar, what it opens, and the conversation's title."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QShortcut

from core.models import Conversation
from core.storage.changes import ChangeKind, StoreChange
from core.storage.store import Store
from gui.conversation_controller import ConversationController
from gui.main_window import MainWindow
from gui.open_conversations import OpenConversations
from gui.shortcuts import Shortcuts
from gui.sidebar.sidebar import Sidebar
from gui.sidebar.sidebar_link import SidebarLink
from gui.tasks import TaskScope
from gui.transcript.view import TranscriptView

_KEYS = ("search", "search_again", "next_conversation", "previous_conversation")
"""Options of the page `shortcuts`."""


class HistoryLink(QObject):
    """Everything that a window needs a store for; made once it is open.

    Signals:
        export_requested: the user wants these conversations in a file; a list of ids.
    """

    export_requested = Signal(list)

    def __init__(
        self,
        window: MainWindow,
        store: Store,
        *,
        controller: ConversationController,
        conversations: OpenConversations,
        transcript: TranscriptView,
        shortcuts: Shortcuts,
        scope: TaskScope,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._shortcuts = shortcuts
        self._store = store
        self._controller = controller
        self._conversations = conversations
        self._transcript = transcript
        self._scope = scope
        self._sought = ""
        self.sidebar = Sidebar(window.sidebar)
        self.link = SidebarLink(self.sidebar, store, scope=scope)
        self._unsubscribe = store.subscribe(self._on_store_changed)

        self._keys = {name: QShortcut(window) for name in _KEYS}

        slots = (
            self._on_search_wanted,
            self._on_search_wanted,
            self.sidebar.open_next,
            self.sidebar.open_previous,
        )
        for (name, shortcut), slot in zip(self._keys.items(), slots, strict=True):
            shortcut.activated.connect(slot)
            shortcuts.add(name, shortcut)
        self.sidebar.conversation_opened.connect(self._on_sidebar_conversation_opened)
        self.sidebar.hit_opened.connect(self._on_sidebar_hit_opened)
        self.sidebar.left.connect(self._on_sidebar_left)
        self.link.export_requested.connect(self.export_requested)
        controller.conversation_opened.connect(self._on_controller_conversation_opened)
        controller.message_added.connect(self._show_current)
        controller.message_sought.connect(self._on_controller_message_sought)
        self.link.start()
        self._show_current()

    def close(self) -> None:
        """Listen no more, and take the lists away; before the scope is closed."""
        self._unsubscribe()
        self.link.close()
        for name, shortcut in self._keys.items():
            self._shortcuts.remove(name)
            shortcut.deleteLater()
        self.sidebar.hide()
        self.sidebar.deleteLater()
        self.deleteLater()

    @Slot(object)
    def _on_sidebar_conversation_opened(self, conversation_id: int) -> None:
        self._controller.open(conversation_id)
        self._window.splitter.show_content()

    @Slot(object, object, str)
    def _on_sidebar_hit_opened(
        self, conversation_id: int, message_id: int | None, text: str
    ) -> None:
        self._sought = text
        self._controller.open(conversation_id, message_id=message_id)
        self._window.splitter.show_content()

    @Slot(object)
    def _on_controller_message_sought(self, message_id: int) -> None:
        index = self._transcript.index_of(message_id)
        if index is not None:
            self._transcript.scroll_to_message(index, highlight_text=self._sought)

    @Slot()
    def _on_search_wanted(self) -> None:
        self._window.splitter.show_sidebar()
        self.sidebar.focus_search()

    @Slot()
    def _on_sidebar_left(self) -> None:
        self._window.splitter.show_content()
        self._window.focus_composer()

    @Slot(object)
    def _on_controller_conversation_opened(self, conversation: Conversation) -> None:
        if not conversation.messages:
            self.sidebar.search.clear()  # what is written next belongs to the list
        self._show(conversation)

    @Slot()
    def _show_current(self) -> None:
        self._show(self._controller.conversation)

    def _show(self, conversation: Conversation) -> None:
        self.sidebar.show_conversation(conversation.id if conversation.messages else None)
        self._window.show_title(conversation.title)

    def _on_store_changed(self, change: StoreChange) -> None:
        current = self._controller.conversation.id
        if change.kind is ChangeKind.CONVERSATION_REMOVED:
            self._leave(change.conversation_id)
        elif change.conversation_id in {current, None}:
            self._scope.start(self._read_title(current), name="title")

    def _leave(self, conversation_id: int | None) -> None:
        """Show no conversation that is in the trash, and write none on."""
        live = None if conversation_id is None else self._conversations.find(conversation_id)
        if live is not None:
            live.stop()
        if conversation_id == self._controller.conversation.id:
            self._controller.start_conversation()

    async def _read_title(self, conversation_id: int) -> None:
        summaries = await self._store.summaries([conversation_id])
        if not summaries:
            return
        if summaries[0].deleted_at:
            self._leave(conversation_id)
        elif conversation_id == self._controller.conversation.id:
            self._window.show_title(summaries[0].title)
