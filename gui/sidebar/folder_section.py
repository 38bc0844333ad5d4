"""The folders above the list, which can be folded away."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.metrics import metrics
from gui.sidebar.folder_list import FolderList
from gui.sidebar.folder_model import FolderModel
from gui.sidebar.sidebar_metrics import sidebar_metrics
from gui.widgets.icon_button import IconButton


class FolderSection(QWidget):
    """A line that folds the folders away, with a button for a new one; hidden without need.

    Signals:
        folded: the folders were folded away, or shown again.
    """

    folded = Signal()

    def __init__(self, model: FolderModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("folderSection")
        self.list = FolderList(model)
        self._fold = IconButton("down", role=QPalette.ColorRole.PlaceholderText)
        self._fold.setObjectName("foldFoldersButton")
        self._fold.setProperty("kind", "section")
        self._fold.label(self.tr("Folders"), shows_text=True)
        self._add = IconButton("add", role=QPalette.ColorRole.PlaceholderText)
        self._add.setObjectName("newFolderButton")
        self._add.setProperty("kind", "section")
        self._add.label(self.tr("New folder"))
        self.hide()

        head = QHBoxLayout()
        inset = sidebar_metrics().row_inset
        head.setContentsMargins(inset, 0, inset, 0)
        head.addWidget(self._fold)
        head.addStretch(1)
        head.addWidget(self._add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, metrics().space_small)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.list)

        self._fold.clicked.connect(self.toggle)
        self._add.clicked.connect(self.list.folder_requested)
        self._describe()

    @property
    def is_folded(self) -> bool:
        """Whether the folders are folded away."""
        return self.list.isHidden()

    @Slot()
    def toggle(self) -> None:
        """Fold the folders away, or show them."""
        self.list.setHidden(not self.list.isHidden())
        self._describe()
        self.folded.emit()

    def unfold(self) -> None:
        """Show the folders."""
        self.show()
        if self.is_folded:
            self.toggle()

    def _describe(self) -> None:
        self._fold.set_icon_name("right" if self.is_folded else "down")
        state = self.tr("folded") if self.is_folded else self.tr("unfolded")
        self._fold.setAccessibleDescription(state)
