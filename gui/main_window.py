"""The main window: puts the parts together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, Signal, Slot
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from gui.conversation_pane import ConversationPane
from gui.metrics import metrics
from gui.sidebar.sidebar_frame import SidebarFrame
from gui.sidebar.sidebar_splitter import SidebarSplitter
from gui.widgets.header_bar import HeaderBar

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QPaintEvent


class MainWindow(QMainWindow):
    """The sidebar, a header and one conversation.

    Closing it is a wish: it hides and emits `quit_requested`, and whoever runs the program ends it;
    unless `stays` says that the program goes on.

    Signals:
        quit_requested: the user wants the program to end.
    """

    quit_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_painted = False
        self.stays: Callable[[], bool] | None = None
        """Asked when it is closed; whoever answers True hides it."""

        self.setObjectName("mainWindow")
        self.setWindowTitle("Beseda")
        self.setMinimumSize(metrics().window_minimum_width, metrics().window_minimum_height)
        self.resize(metrics().window_width, metrics().window_height)
        self.header = HeaderBar()
        self.pane = ConversationPane()

        self.sidebar = SidebarFrame()
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self.pane, 1)
        self.splitter = SidebarSplitter(self.sidebar, content)
        self.setCentralWidget(self.splitter)
        self.focus_composer()

        self.header.sidebar_button.clicked.connect(self.splitter.toggle)
        self.splitter.sidebar_shown.connect(self.header.new_button.setHidden)
        self.header.new_button.setHidden(self.splitter.is_sidebar_shown)

    @property
    def is_painted(self) -> bool:
        """Whether anything was painted yet."""
        return self._is_painted

    def geometry_text(self) -> str:
        """Return place and size of the window in Qt's own form, as text."""
        return bytes(self.saveGeometry().toBase64().data()).decode("ascii")

    def restore_geometry_text(self, text: str) -> None:
        """Take place and size from `geometry_text`; nothing happens when it is not one."""
        self.restoreGeometry(QByteArray.fromBase64(text.encode("ascii", "ignore")))

    def sidebar_text(self) -> str:
        """Return the sidebar's width in pixels, and whether it is hidden, as text."""
        return f"{'-' if self.splitter.is_collapsed else ''}{self.splitter.sidebar_width}"

    def restore_sidebar_text(self, text: str) -> None:
        """Take the sidebar's width from `sidebar_text`; nothing happens when it is not one."""
        width = text.removeprefix("-")
        if width.isascii() and width.isdigit() and len(width) < 6:
            self.splitter.set_sidebar_width(int(width))
            self.splitter.set_collapsed(text.startswith("-"))

    def show_title(self, title: str) -> None:
        """Show what the conversation is called; empty for one without a title."""
        self.header.title.show_text(title)
        self.setWindowTitle(title or "Beseda")

    def set_size(self, width: int, height: int) -> None:
        """Make the window this large, also below its usual minimum."""
        self.setMinimumSize(self.minimumSize().boundedTo(QSize(width, height)))
        self.resize(width, height)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Hide, and ask to end the program in order, or go on without a window."""
        event.ignore()
        if self.stays is None or not self.stays():
            self.quit()

    @Slot()
    def quit(self) -> None:
        """Hide, and ask to end the program in order."""
        self.hide()
        self.quit_requested.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Note that the window is there."""
        super().paintEvent(event)
        self._is_painted = True

    @Slot()
    def focus_composer(self) -> None:
        """Let the user write."""
        self.pane.composer.setFocus()
