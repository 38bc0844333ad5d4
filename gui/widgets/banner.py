"""A notice above the composer that concerns no single answer."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from gui.metrics import metrics
from gui.widgets.icon_button import IconButton


class Banner(QFrame):
    """One sentence with a button that closes it; hidden while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._close = IconButton("close")
        self._close.setObjectName("closeBannerButton")
        self._close.label(self.tr("Close this notice"))
        self.hide()

        layout = QHBoxLayout(self)
        small = metrics().space_small
        layout.setContentsMargins(metrics().message_padding, small, small, small)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)

        self._close.clicked.connect(self.clear)

    def text(self) -> str:
        """Return what is shown."""
        return self._text.text()

    @Slot(str)
    def show_text(self, text: str) -> None:
        """Show one sentence."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self.show()

    @Slot()
    def clear(self) -> None:
        """Hide the notice."""
        self._text.clear()
        self.hide()
