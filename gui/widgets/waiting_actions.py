"""What can be done while an answer takes its time."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from gui.metrics import metrics
from gui.widgets.elsewhere_button import Choices, ElsewhereButton
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.reply_status import Offer


class WaitingActions(QWidget):
    """Buttons below the reply's status; hidden while there is no need of them.

    Signals:
        retry_requested: the user does not want to wait for the next attempt.
        keep_waiting_requested: the user wants the service's silence to be borne.
        stop_requested: the user wants no answer any more.
        elsewhere_requested: the user wants this profile asked in the other's place.
    """

    retry_requested = Signal()
    keep_waiting_requested = Signal()
    stop_requested = Signal()
    elsewhere_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("waitingActions")
        self.setAccessibleName(self.tr("While you wait"))
        self.retry_button = self._button("retryNowButton", self.tr("Now"))
        self.retry_button.setAccessibleName(self.tr("Try again now"))
        self.keep_button = self._button("keepWaitingButton", self.tr("Keep waiting"))
        self.stop_button = self._button("stopWaitingButton", self.tr("Stop"))
        self.elsewhere_button = ElsewhereButton()
        self.elsewhere_button.setObjectName("waitElsewhereButton")
        self.hide()

        layout = FlowLayout(self)
        padding = metrics().message_padding
        layout.setContentsMargins(padding, 0, metrics().space_medium, 0)
        for button in (
            self.retry_button,
            self.keep_button,
            self.stop_button,
            self.elsewhere_button,
        ):
            layout.addWidget(button)

        self.retry_button.clicked.connect(self.retry_requested)
        self.keep_button.clicked.connect(self.keep_waiting_requested)
        self.stop_button.clicked.connect(self.stop_requested)
        self.elsewhere_button.chosen.connect(self.elsewhere_requested)

    def set_choices(self, choices: Choices) -> None:
        """Offer what `choices` gives as the others that may be asked."""
        self.elsewhere_button.set_choices(choices)

    @Slot(object)
    def show_offer(self, offer: Offer) -> None:
        """Show the buttons that are of use now."""
        self.retry_button.setVisible(Offer.RETRY_NOW in offer)
        self.keep_button.setVisible(Offer.KEEP_WAITING in offer)
        self.stop_button.setVisible(Offer.STOP in offer)
        self.elsewhere_button.offer(Offer.ELSEWHERE in offer)
        self.setVisible(bool(offer))
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Return a size that any window has room for."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), metrics().window_minimum_width // 2), hint.height())

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setProperty("kind", "plain")
        button.setAutoDefault(False)
        button.hide()
        return button
