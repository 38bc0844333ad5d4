"""Lets the user choose files for the next question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

if TYPE_CHECKING:
    from gui.attachments.strip import AttachmentStrip

_PICTURES = "*.png *.jpg *.jpeg *.webp *.gif *.bmp *.tif *.tiff"


def choose_files(strip: AttachmentStrip) -> None:
    """Ask which files are to be added; returns at once."""
    dialog = QFileDialog(strip.window(), QCoreApplication.translate("AttachmentStrip", "Add files"))
    dialog.setObjectName("attachmentDialog")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    everything = QCoreApplication.translate("AttachmentStrip", "Pictures and texts")
    pictures = QCoreApplication.translate("AttachmentStrip", "Pictures")
    dialog.setNameFilters([f"{everything} (*)", f"{pictures} ({_PICTURES})"])
    dialog.filesSelected.connect(strip.add_files)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
