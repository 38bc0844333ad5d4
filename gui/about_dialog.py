"""A few words about the program."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from core import __version__
from gui.icons import window_icon
from gui.metrics import metrics


class AboutDialog(QMessageBox):
    """Name, version, and the keys that are good to know; shown by `open()`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("aboutDialog")
        self.setWindowTitle(self.tr("About Beseda"))
        side = 2 * metrics().button_size
        self.setIconPixmap(window_icon().pixmap(side, side))
        self.setText(f"Beseda {__version__}")
        keys = [
            self.tr("Enter: send; Shift+Enter: new line"),
            self.tr("Esc: stop the answer, or go back to the message"),
            self.tr("Ctrl+N: new conversation"),
            self.tr("Ctrl+Shift+C: copy the last answer"),
        ]
        purpose = self.tr("A small, fast desktop chat client for language models.")
        self.setInformativeText("\n".join([purpose, "", *keys]))
