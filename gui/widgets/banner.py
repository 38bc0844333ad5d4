"""A notice above the composer that concerns no single answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from gui.metrics import metrics
from gui.widgets.icon_button import IconButton

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_Direction = QBoxLayout.Direction


class Banner(QFrame):
    """A sentence, up to two things to do about it, and a button that closes it; hidden without one.

    The buttons stand beside the sentence where there is room, and below it where there is not.

    Signals:
        action_requested: the user wants what the button in the notice says.
        other_action_requested: the user wants what the second button says.
    """

    action_requested = Signal()
    other_action_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._text = QLabel()
        self._text.setObjectName("bannerText")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self.action_button = self._button("bannerActionButton")
        self.other_button = self._button("bannerOtherButton")
        self._close = IconButton("close")
        self._close.setObjectName("closeBannerButton")
        self._close.label(self.tr("Close this notice"))
        self.hide()

        self._buttons = QBoxLayout(_Direction.LeftToRight)
        self._buttons.setSpacing(metrics().space_medium)
        self._buttons.addWidget(self.action_button)
        self._buttons.addWidget(self.other_button)
        self._buttons.addStretch(1)
        self._content = QBoxLayout(_Direction.LeftToRight)
        small = metrics().space_small
        self._content.setContentsMargins(0, small, 0, small)
        self._content.setSpacing(metrics().space_medium)
        self._content.addWidget(self._text, 1)
        self._content.addLayout(self._buttons)
        self._content.setAlignment(self._buttons, Qt.AlignmentFlag.AlignVCenter)
        self._row = layout = QHBoxLayout(self)
        layout.setContentsMargins(metrics().message_padding, small, small, small)
        layout.addLayout(self._content, 1)
        layout.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)

        self.action_button.clicked.connect(self.action_requested)
        self.other_button.clicked.connect(self.other_action_requested)
        self._close.clicked.connect(self.clear)

    def text(self) -> str:
        """Return what is shown."""
        return self._text.text()

    @Slot(str)
    def show_text(self, text: str, action: str = "", other: str = "") -> None:
        """Show one sentence, with buttons named `action` and `other` if those are given."""
        self._text.setText(text)
        self.setAccessibleName(text)
        for button, name in ((self.action_button, action), (self.other_button, other)):
            button.setText(name)
            button.setAccessibleName(name)
            button.setVisible(bool(name))
        self._arrange()
        self.show()

    @Slot()
    def clear(self) -> None:
        """Hide the notice."""
        self._text.clear()
        self.hide()

    def minimumSizeHint(self) -> QSize:
        """Return a size that any window has room for: the buttons can stand one below the other."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), metrics().window_minimum_width // 2), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons where there is room for them."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        widths = [button.sizeHint().width() for button in self._shown_buttons()]
        needed = sum(widths) + self._buttons.spacing() * max(0, len(widths) - 1)
        margins = self.contentsMargins() + self._row.contentsMargins()
        taken = margins.left() + margins.right() + self._close.sizeHint().width()
        room = self.width() - taken - self._row.spacing()
        is_beside = len(widths) <= 1 and needed <= room // 2
        row, column = _Direction.LeftToRight, _Direction.TopToBottom
        self._content.setDirection(row if is_beside else column)
        self._buttons.setDirection(row if needed <= room else column)

    def _shown_buttons(self) -> list[QPushButton]:
        buttons = (self.action_button, self.other_button)
        return [button for button in buttons if not button.isHidden()]

    def _button(self, name: str) -> QPushButton:
        button = QPushButton()
        button.setObjectName(name)
        button.setProperty("kind", "plain")
        button.setAutoDefault(False)
        button.hide()
        return button
