"""Says in the composer that an earlier message is being changed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from gui.metrics import metrics
from gui.properties import set_by_name
from gui.widgets.icon_button import IconButton


class EditNotice(QWidget):
    """One line with a button that gives the change up; hidden while nothing is changed.

    Signals:
        cancel_requested: the user wants the message as it was.
    """

    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("editNotice")
        self._text = QLabel(self.tr("Changing an earlier message"))
        set_by_name(self._text, textFormat="PlainText")
        self.cancel_button = IconButton("close")
        self.cancel_button.setObjectName("cancelEditButton")
        self.cancel_button.label(self.tr("Leave the message as it was"))
        self.setAccessibleName(self._text.text())
        self.hide()

        layout = QHBoxLayout(self)
        layout.setContentsMargins(metrics().space_small, 0, 0, 0)
        layout.addWidget(self._text, 1)
        layout.addWidget(self.cancel_button)

        self.cancel_button.clicked.connect(self.cancel_requested)
