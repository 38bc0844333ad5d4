"""Shows a folder in the system's file manager."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_folder(folder: Path) -> None:
    """Ask the system to show a folder; what it shows it in is its own choice."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
