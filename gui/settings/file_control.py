"""The path of a file."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from gui.metrics import metrics
from gui.settings.control import Control


class FileControl(Control):
    """A field for a path, and a button that looks for the file."""

    def __init__(self, *, title: str, filters: str, parent: QWidget | None = None) -> None:
        """Offer files of `filters`, in Qt's form, under a `title`."""
        super().__init__(parent)
        self._title, self._filters = title, filters
        self._line = QLineEdit()
        self.button = QPushButton(self.tr("Choose…"))
        self.button.setObjectName("chooseFileButton")
        self.button.setAccessibleName(title)
        self.button.setProperty("kind", "plain")
        self.button.setAutoDefault(False)
        gap = metrics().space_medium

        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap)
        layout.addWidget(self._line, 1)
        layout.addWidget(self.button)

        self._line.textEdited.connect(self._on_line_text_edited)
        self.button.clicked.connect(self._on_button_clicked)

    def field(self) -> QWidget:
        """Return the field."""
        return self._line

    def show_value(self, value: object) -> None:
        """Show a path."""
        text = str(value or "")
        if text != self._line.text().strip():
            self._line.setText(text)

    @Slot(str)
    def take(self, path: str) -> None:
        """Take a file that was chosen."""
        self._line.setText(path)
        self.value_changed.emit(path)

    @Slot(str)
    def _on_line_text_edited(self, text: str) -> None:
        self.value_changed.emit(text.strip())

    @Slot()
    def _on_button_clicked(self) -> None:
        dialog = QFileDialog(self, self._title, self._line.text())
        dialog.setObjectName("settingsFileDialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self._filters)
        dialog.fileSelected.connect(self.take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
