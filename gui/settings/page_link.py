"""Says where on the web something is to be had, and leads there."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QWidget


class PageLink(QLabel):
    """A sentence with an address that is shown as it is; hidden without one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("keyPage")
        self.setProperty("kind", "hint")
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.setWordWrap(True)
        self.hide()

        self.linkActivated.connect(self._on_link_activated)

    def show_address(self, address: str) -> None:
        """Say where a person gets a key; nothing when it is empty."""
        sentence = self.tr("Get one at {page}")
        link = f'<a href="{escape(address)}">{escape(address)}</a>'
        self.setText(sentence.format(page=link))
        self.setAccessibleName(sentence.format(page=address))
        self.setVisible(bool(address))

    @Slot(str)
    def _on_link_activated(self, address: str) -> None:
        QDesktopServices.openUrl(QUrl(address))
