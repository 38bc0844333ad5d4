"""Asks before something is gone for good."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


class DeleteQuestion(QMessageBox):
    """A question with Delete and Cancel; shown by `open()`, and `accepted` says yes."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("deleteQuestion")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setInformativeText(self.tr("This cannot be undone."))
        delete = self.addButton(self.tr("Delete for good"), QMessageBox.ButtonRole.AcceptRole)
        delete.setObjectName("deleteForGoodButton")
        cancel = self.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        cancel.setObjectName("cancelDeleteButton")
        self.setDefaultButton(cancel)
        self.setEscapeButton(cancel)
