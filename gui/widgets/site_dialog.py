"""Asks for the address of a site with an AI Power chat."""

from __future__ import annotations

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.errors import ConnectionFailedError, Fault
from gui.metrics import metrics
from gui.sentences import translated_sentence


class SiteDialog(QDialog):
    """One field for an address; shown by `open()`, never by `exec()`.

    Signals:
        site_chosen: this address was entered; it begins with http:// or https://.
    """

    site_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("siteDialog")
        self.setWindowTitle(self.tr("Another AI Power site"))
        self.setMinimumWidth(min(metrics().dialog_width, metrics().window_minimum_width))
        text = QLabel(
            self.tr("Any WordPress page with a chat box of the plugin AI Power can be asked.")
        )
        text.setWordWrap(True)
        self._address = QLineEdit()
        self._address.setObjectName("siteAddress")
        self._address.setAccessibleName(self.tr("Address of the page"))
        self._address.setPlaceholderText("https://")
        self._problem = QLabel()
        self._problem.setObjectName("siteProblem")
        self._problem.setWordWrap(True)
        self._problem.hide()
        self._use = QPushButton(self.tr("Use this site"))
        self._use.setObjectName("siteUseButton")
        self._use.setProperty("kind", "primary")
        self._use.setDefault(True)
        self._cancel = QPushButton(self.tr("Cancel"))
        self._cancel.setProperty("kind", "plain")

        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._use)
        layout = QVBoxLayout(self)
        space = metrics().space_large
        layout.setContentsMargins(space, space, space, space)
        layout.setSpacing(metrics().space_large)
        for widget in (text, self._address, self._problem):
            layout.addWidget(widget)
        layout.addLayout(buttons)

        self._use.clicked.connect(self._on_use_clicked)
        self._cancel.clicked.connect(self.reject)
        self._address.textEdited.connect(self._problem.hide)

    @Slot()
    def _on_use_clicked(self) -> None:
        entered = self._address.text().strip()
        address = entered if "://" in entered else f"https://{entered}"
        url = QUrl(address)
        if url.scheme() not in {"http", "https"} or not url.host():
            error = ConnectionFailedError(fault=Fault.BAD_ADDRESS, address=entered)
            self._problem.setText(translated_sentence(error))
            self._problem.show()
            self.adjustSize()
            return
        self.site_chosen.emit(address)
        self.accept()
