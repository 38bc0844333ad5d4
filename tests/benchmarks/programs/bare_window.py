"""The least that a window with text can be: what the program's window is measured against."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QMainWindow, QPlainTextEdit

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class Editor(QPlainTextEdit):
    """Tells when it was painted first."""

    is_painted = False

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint, and tell once."""
        super().paintEvent(event)
        if not self.is_painted:
            self.is_painted = True
            sys.stderr.write(f"painted {time.monotonic_ns()}\n")
            sys.stderr.flush()


application = QApplication(sys.argv)
window = QMainWindow()
window.setCentralWidget(Editor())
window.resize(960, 720)
window.show()
sys.exit(application.exec())
