"""What the dialogs of export, import and the mirror have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget

from gui.transfer.transfer_metrics import transfer_metrics

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent


class TransferDialog(QDialog):
    """A dialog of one width that is as high as its sentences need; shown by `open()`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        characters = transfer_metrics().dialog_characters
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * characters)

    def fit(self) -> None:
        """Take the height that what is shown needs at the present width."""
        layout = self.layout()
        if layout is not None and self.isVisible():
            layout.activate()
            # Not `adjustSize`: it counts the lines of sentences as if they were narrow.
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the right height."""
        super().showEvent(event)
        self.fit()


def dialog_button(name: str, text: str, *, is_primary: bool = False) -> QPushButton:
    """Return a button in the look of dialogs; the primary one is pressed by Enter."""
    button = QPushButton(text)
    button.setObjectName(name)
    button.setAccessibleName(text)
    button.setProperty("kind", "primary" if is_primary else "plain")
    button.setAutoDefault(False)
    button.setDefault(is_primary)
    return button


def dialog_label(name: str, text: str = "") -> QLabel:
    """Return sentences that take as many lines as they need."""
    label = QLabel(text)
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
