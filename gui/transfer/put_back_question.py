"""Asks before a copy takes the place of the damaged file."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from core.storage.copies import StoreCopy


class PutBackQuestion(QMessageBox):
    """Says what is lost by it; shown by `open()`, and `accepted` says yes."""

    def __init__(self, copy: StoreCopy, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("putBackQuestion")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setTextFormat(Qt.TextFormat.PlainText)
        moment = QDateTime.fromSecsSinceEpoch(round(copy.made_at))
        day = QLocale().toString(moment.date(), "d MMMM yyyy")
        when = f"{day}, {QLocale().toString(moment.time(), QLocale.FormatType.ShortFormat)}"
        self.setText(self.tr("Put back the copy of {when}?").format(when=when))
        held = self.tr("It holds %Ln conversations.", "", copy.conversations)
        lost = self.tr("What was said and changed after that is not in it.")
        kept = self.tr(
            "The damaged file is not deleted; it stays in the same folder, under another name."
        )
        self.setInformativeText(f"{held} {lost}\n\n{kept}")
        put_back = self.addButton(self.tr("Put back the copy"), QMessageBox.ButtonRole.AcceptRole)
        put_back.setObjectName("putBackButton")
        cancel = self.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        cancel.setObjectName("cancelPutBackButton")
        self.setDefaultButton(cancel)
        self.setEscapeButton(cancel)
