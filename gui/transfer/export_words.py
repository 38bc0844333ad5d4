"""The words in an exported file, in the user's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from core.transfer.words import Words


def export_words() -> Words:
    """Return what stands around a conversation in a file."""
    return Words(
        untitled=QCoreApplication.translate("ExportWords", "Untitled"),
        user=QCoreApplication.translate("ExportWords", "You"),
        assistant=QCoreApplication.translate("ExportWords", "Assistant"),
        system=QCoreApplication.translate("ExportWords", "System prompt"),
        reasoning=QCoreApplication.translate("ExportWords", "Reasoning"),
        model=QCoreApplication.translate("ExportWords", "Model"),
        created=QCoreApplication.translate("ExportWords", "Created"),
        stopped=QCoreApplication.translate("ExportWords", "Stopped before its end."),
        cut=QCoreApplication.translate("ExportWords", "The service broke off before the end."),
        failed=QCoreApplication.translate("ExportWords", "Failed."),
        interrupted=QCoreApplication.translate(
            "ExportWords", "The program ended before the answer did."
        ),
        streaming=QCoreApplication.translate("ExportWords", "Still being written."),
    )
