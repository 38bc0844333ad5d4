"""The sidebar's lists: conversations, folders, what a search finds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QMenu, QStackedWidget, QVBoxLayout, QWidget

from core.models import Folder
from gui.metrics import metrics
from gui.sidebar.conversation_list import ConversationList
from gui.sidebar.conversation_model import ConversationListModel
from gui.sidebar.folder_model import FolderModel
from gui.sidebar.folder_section import FolderSection
from gui.sidebar.hit import Hit
from gui.sidebar.place import ALL, ARCHIVE, TRASH, Place, Section
from gui.sidebar.place_bar import PlaceBar
from gui.sidebar.result_list import ResultList
from gui.sidebar.result_model import ResultModel
from gui.sidebar.search_box import SearchBox
from gui.sidebar.sidebar_frame import SidebarFrame
from gui.sidebar.sidebar_metrics import sidebar_metrics
from gui.sidebar.undo_toast import UndoToast


class Sidebar(QWidget):
    """Fills a `SidebarFrame`; made after the first frame.

    What concerns many conversations is said by `list.wished`, what concerns folders by
    `folders.list` and `folder_model`.

    Signals:
        conversation_opened: the user wants to see this conversation; its id.
        hit_opened: a conversation's id, a message's id or None, and what was searched for.
        place_chosen: the user wants the list to show this `Place`.
        query_changed: the user searches for this; empty for nothing any more.
        left: the user wants to go back to writing.
    """

    conversation_opened = Signal(object)
    hit_opened = Signal(object, object, str)
    place_chosen = Signal(object)
    query_changed = Signal(str)
    left = Signal()

    def __init__(self, frame: SidebarFrame) -> None:
        super().__init__(frame)
        self._open_id: int | None = None
        self._place = ALL
        self._shows_folders = False
        self._answered = ""

        self.setObjectName("sidebarBody")
        self._frame = frame
        self.model = ConversationListModel(self)
        self.list = ConversationList(self.model)
        self.folder_model = FolderModel(self)
        self.folders = FolderSection(self.folder_model)
        self.place_bar = PlaceBar()
        self.result_model = ResultModel(self)
        self.results = ResultList(self.result_model)
        self.search = SearchBox(frame.search_field, self.results)
        self.toast = UndoToast()
        self._empty = QLabel()
        self._empty.setObjectName("sidebarEmpty")
        self._empty.setTextFormat(Qt.TextFormat.PlainText)
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._pages = QStackedWidget()
        for page in (self.list, self.results, self._empty):
            self._pages.addWidget(page)
        self._menu = QMenu(frame.menu_button)
        frame.menu_button.setMenu(self._menu)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.folders)
        layout.addWidget(self.place_bar)
        layout.addWidget(self._pages, 1)
        around = QVBoxLayout()
        inset = sidebar_metrics().row_inset
        around.setContentsMargins(inset, metrics().space_small, inset, inset)
        around.addWidget(self.toast)
        layout.addLayout(around)
        frame.set_body(self)

        self._fill_menu()
        self._connect()

    def _connect(self) -> None:
        self.list.opened.connect(self.conversation_opened)
        self.list.undo_requested.connect(self.toast.undo)
        self.list.left.connect(self.left)
        self.results.opened.connect(self._on_results_opened)
        self.results.left.connect(self._on_results_left)
        self.folders.list.place_chosen.connect(self.place_chosen)
        self.folders.list.left.connect(self.left)
        self.folders.folded.connect(self._refresh)
        self.place_bar.back_requested.connect(self._on_place_bar_back_requested)
        self.search.query_changed.connect(self._on_search_query_changed)
        self.search.list_requested.connect(self.focus_list)
        self.search.left.connect(self.left)
        self.model.modelReset.connect(self._refresh)
        self.model.rowsInserted.connect(self._refresh)
        self.model.rowsRemoved.connect(self._refresh)

    @property
    def place(self) -> Place:
        """What the list shows."""
        return self._place

    @property
    def open_id(self) -> int | None:
        """The conversation that the window shows."""
        return self._open_id

    def show_conversation(self, conversation_id: int | None) -> None:
        """Mark what the window shows; None for a conversation that is in no list yet."""
        self._open_id = conversation_id
        self.list.show_conversation(conversation_id)

    def mark_open(self) -> None:
        """Choose what the window shows, now that it may be in the list; another choice stays."""
        if not self.list.chosen_ids():
            self.list.show_conversation(self._open_id)

    def show_place(self, place: Place) -> None:
        """Name what the list shows from now on."""
        if place != self._place:
            self._place = place
            self.list.verticalScrollBar().setValue(0)
        self.folder_model.show_place(place)
        self._refresh()

    def show_folders(self, folders: Sequence[Folder], *, has_more: bool) -> None:
        """Show these folders; `has_more` when something is in the archive or the trash."""
        self.folder_model.set_folders(folders)
        self.list.set_folders(folders)
        self._shows_folders = bool(folders) or has_more
        self._refresh()

    def show_hits(self, query: str, hits: Sequence[Hit]) -> None:
        """Show what was found; nothing happens when something else is searched for by now."""
        if query != self.search.query or not query:
            return
        self._answered = query
        self.result_model.show_hits(hits)
        self._refresh()
        self.search.results_shown()

    @Slot()
    def open_next(self) -> None:
        """Open the conversation below the one that is open."""
        self._open_neighbour(1)

    @Slot()
    def open_previous(self) -> None:
        """Open the conversation above the one that is open."""
        self._open_neighbour(-1)

    @Slot()
    def focus_search(self) -> None:
        """Let the user search."""
        self.search.focus()

    @Slot()
    def focus_list(self) -> None:
        """Let the user move in the list."""
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.list.currentIndex().isValid():
            first = self.list.neighbour(None, 1)
            row = self.model.row_of(first)
            if row is not None:
                self.list.setCurrentIndex(self.model.index(row))

    def _open_neighbour(self, step: int) -> None:
        found = self.list.neighbour(self._open_id, step)
        if found is not None:
            self.conversation_opened.emit(found)

    def _fill_menu(self) -> None:
        entries = (
            ("newFolderMenuAction", self.tr("New folder"), self.folders.list.folder_requested),
            ("archiveMenuAction", self.tr("Archive"), self._show_archive),
            ("trashMenuAction", self.tr("Trash"), self._show_trash),
        )
        for name, text, slot in entries:
            action = QAction(text, self._menu)
            action.setObjectName(name)
            action.triggered.connect(slot)
            self._menu.addAction(action)

    @Slot()
    def _show_archive(self) -> None:
        self.place_chosen.emit(ARCHIVE)

    @Slot()
    def _show_trash(self) -> None:
        self.place_chosen.emit(TRASH)

    @Slot()
    def _on_place_bar_back_requested(self) -> None:
        self.place_chosen.emit(ALL)

    @Slot(object, object)
    def _on_results_opened(self, conversation_id: int, message_id: int | None) -> None:
        self.hit_opened.emit(conversation_id, message_id, self.search.query)

    @Slot()
    def _on_results_left(self) -> None:
        self.search.clear()
        self.left.emit()

    @Slot(str)
    def _on_search_query_changed(self, query: str) -> None:
        if not query:
            self._answered = ""
            self.result_model.show_hits(())
        self._refresh()
        self.query_changed.emit(query)

    @Slot()
    def _refresh(self) -> None:
        """Show the page that there is something on, and what belongs to it."""
        query, count = self.search.query, len(self.model.ids)
        self.folders.setVisible(self._shows_folders and not query)
        is_named = self._shows_folders and not self.folders.is_folded
        name = self.folder_model.name(self._place)
        self.place_bar.show_place(self._place, name, count=count, is_named=is_named)
        if not query:
            self._show_page(self.list if count else None, self._empty_text())
            return
        self.place_bar.hide()
        if self.result_model.rowCount():
            self._show_page(self.results)
        elif self._answered == query:
            self._show_page(None, self.tr("Nothing found for “{query}”").format(query=query))

    def _show_page(self, page: QWidget | None, text: str = "") -> None:
        """Show a list, or a text where there is nothing to list."""
        self._empty.setText(text)
        self._empty.setAccessibleName(text)
        self._pages.setCurrentWidget(page or self._empty)

    def _empty_text(self) -> str:
        if not self.model.is_filled:
            return ""
        return {
            Section.ALL: self.tr("Your conversations will be listed here."),
            Section.FOLDER: self.tr("This folder is empty. Drag conversations onto it."),
            Section.ARCHIVE: self.tr("Nothing is archived."),
            Section.TRASH: self.tr("The trash is empty."),
        }[self._place.section]
