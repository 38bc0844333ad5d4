"""The main window: puts the parts together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, Signal, Slot
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from gui.conversation_pane import ConversationPane
from gui.metrics import metrics
from gui.widgets.header_bar import HeaderBar

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QPaintEvent


class MainWindow(QMainWindow):
    """A header and one conversation.

    Closing it is a wish: it hides and emits `quit_requested`, and whoever runs the program ends it.

    Signals:
        quit_requested: the user wants the program to end.
    """

    quit_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_painted = False

        self.setObjectName("mainWindow")
        self.setWindowTitle("Beseda")
        self.setMinimumSize(metrics().window_minimum_width, metrics().window_minimum_height)
        self.resize(metrics().window_width, metrics().window_height)
        self.header = HeaderBar()
        self.pane = ConversationPane()

        central = QWidget()
        layout = QVBoxLayout(central)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self.pane, 1)
        self.setCentralWidget(central)
        self.focus_composer()

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

    def set_size(self, width: int, height: int) -> None:
        """Make the window this large, also below its usual minimum."""
        self.setMinimumSize(self.minimumSize().boundedTo(QSize(width, height)))
        self.resize(width, height)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Hide, and ask to end the program in order."""
        event.ignore()
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
