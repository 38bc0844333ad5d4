"""The question before a link is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui import clipboard
from gui.transcript.keys import is_escape
from gui.transcript.links import shown_address

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from gui.transcript.formats import Formats

_MAX_SHOWN = 2_000
_BREAK = "\u200b"


class LinkQuestion(QFrame):
    """Shows where a link leads before it is opened. It lies over the view, and needs no window.

    Signals:
        confirmed: the address is to be opened.
    """

    confirmed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._target = ""
        self._widest = 0
        self._margin = 0

        self._address = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._address.setObjectName("linkAddress")
        self._address.setAccessibleName(self.tr("Address"))
        self._address.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._question = QLabel(self.tr("Open this address?"), self)
        self._question.setObjectName("linkQuestionText")
        self.open_button = QPushButton(self.tr("Open"), self)
        self.open_button.setObjectName("openLinkButton")
        self.copy_button = QPushButton(self.tr("Copy address"), self)
        self.copy_button.setObjectName("copyLinkButton")
        self.cancel_button = QPushButton(self.tr("Cancel"), self)
        self.cancel_button.setObjectName("cancelLinkButton")

        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.copy_button)
        buttons.addWidget(self.open_button)
        layout = QVBoxLayout(self)
        layout.addWidget(self._question)
        layout.addWidget(self._address)
        layout.addLayout(buttons)
        self.setObjectName("linkQuestion")
        self.setAccessibleName(self._question.text())
        self.hide()

        self.open_button.clicked.connect(self._on_open_button_clicked)
        self.copy_button.clicked.connect(self._on_copy_button_clicked)
        self.cancel_button.clicked.connect(self.dismiss)

    def set_style(self, formats: Formats) -> None:
        """Take other colours."""
        colours, metrics = formats.style.colours, formats.metrics
        line = f"border: {metrics.hairline:.0f}px solid {colours.border.name()};"
        padding = metrics.overlay_padding
        self._widest, self._margin = round(metrics.question_width), round(metrics.overlay_edge)
        self.setStyleSheet(
            f"#linkQuestion {{ background: {colours.background.name()}; {line}"
            f" border-radius: {metrics.overlay_radius:.0f}px; }}"
            f"#linkQuestion QLabel {{ color: {colours.text.name()}; }}"
            f"#linkQuestion #linkAddress {{ color: {colours.link.name()}; }}"
            f"#linkQuestion QPushButton {{ color: {colours.text.name()};"
            f" background: {colours.code_header.name()}; {line}"
            f" border-radius: {metrics.button_radius:.0f}px;"
            f" padding: {metrics.button_padding:.0f}px {2 * padding:.0f}px; }}"
            f"#linkQuestion QPushButton:hover {{ background: {colours.hover.name()}; }}"
            f"#linkQuestion QPushButton:focus {{ border-color: {colours.focus.name()}; }}"
        )

    def ask(self, target: str, area: QRect) -> None:
        """Ask in the middle of `area` whether to open an address."""
        self._target = target
        # Nothing in a label can break a word that has no spaces; zero-width spaces can.
        shown = shown_address(target)[:_MAX_SHOWN]
        self._address.setText(_BREAK.join([shown[i : i + 20] for i in range(0, len(shown), 20)]))
        self.setFixedWidth(max(1, min(self._widest, area.width() - 2 * self._margin)))
        self.adjustSize()
        self.move(area.center() - self.rect().center())
        self.show()
        self.raise_()
        self.open_button.setFocus(Qt.FocusReason.PopupFocusReason)

    @property
    def target(self) -> str:
        """The address that is shown."""
        return self._address.text().replace(_BREAK, "")

    def dismiss(self) -> None:
        """Open nothing."""
        self._target = ""
        self.hide()
        parent = self.parentWidget()
        if parent is not None:
            parent.setFocus()

    def event(self, event: QEvent) -> bool:
        """Keep Escape from the window, which would stop the reply."""
        if is_escape(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Escape; go on with Enter."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._on_open_button_clicked()
        else:
            super().keyPressEvent(event)

    def _on_open_button_clicked(self) -> None:
        target = self._target
        self.dismiss()
        if target:
            self.confirmed.emit(target)

    def _on_copy_button_clicked(self) -> None:
        clipboard.copy_plain(self._target)
        self.dismiss()
