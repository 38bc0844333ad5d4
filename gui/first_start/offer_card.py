"""A card that offers one way to get an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QVBoxLayout, QWidget

from gui.first_start.first_start_metrics import first_start_metrics
from gui.first_start.parts import announce, plain_button, plain_label, set_kind
from gui.metrics import metrics
from gui.widgets.icon_label import IconLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_Top = Qt.AlignmentFlag.AlignTop
_Middle = Qt.AlignmentFlag.AlignVCenter
_Left = Qt.AlignmentFlag.AlignLeft


class OfferCard(QFrame):
    """An icon, what is offered, a button beside it (below it where it is narrow), and more below.

    The last line says how the offer fares; it is hidden while there is nothing to say.
    """

    def __init__(
        self, name: str, *, icon: str, title: str, action: str, parent: QWidget | None = None
    ) -> None:
        """Make a card; `name` begins the object names of its parts."""
        super().__init__(parent)
        self._is_beside: bool | None = None

        self.setObjectName(f"{name}Offer")
        self.setAccessibleName(title)
        self.setProperty("kind", "offer")
        self._plate = IconLabel(icon, extent=first_start_metrics().plate_size)
        self._plate.setProperty("kind", "plate")
        self.title = plain_label(f"{name}OfferTitle", title, kind="heading")
        self.text = plain_label(f"{name}OfferText", kind="hint")
        self.button = plain_button(f"{name}OfferButton", action)
        self.status = plain_label(f"{name}OfferStatus")
        self.status.hide()
        self._parts: list[QWidget] = [self.status]

        words = QVBoxLayout()
        words.setSpacing(metrics().space_small // 2)
        # Stretches rather than an alignment, for which Qt forgets that words need lines.
        words.addStretch(1)
        words.addWidget(self.title)
        words.addWidget(self.text)
        words.addStretch(1)
        self._body = QWidget()
        self._body.hide()
        self._stack = QVBoxLayout(self._body)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(metrics().space_medium)
        self._stack.addWidget(self.status)
        self._grid = QGridLayout(self)
        padding = first_start_metrics().card_padding
        self._grid.setContentsMargins(padding, padding, padding, padding)
        self._grid.setHorizontalSpacing(padding)
        self._grid.setVerticalSpacing(metrics().space_medium)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self._plate, 0, 0, _Top)
        self._grid.addLayout(words, 0, 1)
        self._arrange()

    def add(self, widget: QWidget) -> None:
        """Put a widget below the words, above the status; it stays hidden until `show_part`."""
        widget.hide()
        self._parts.append(widget)
        self._stack.insertWidget(self._stack.indexOf(self.status), widget)

    def add_below(self, widget: QWidget) -> None:
        """Put a widget below the status; it stays hidden until `show_part`."""
        widget.hide()
        self._parts.append(widget)
        is_button = isinstance(widget, QPushButton)
        self._stack.addWidget(widget, 0, _Left if is_button else Qt.AlignmentFlag(0))

    def show_part(self, widget: QWidget, *, is_shown: bool) -> None:
        """Show or hide what was added."""
        widget.setVisible(is_shown)
        self._body.setVisible(not all(part.isHidden() for part in self._parts))

    def set_text(self, text: str) -> None:
        """Say what is offered."""
        self.text.setText(text)
        self.text.setVisible(bool(text))
        self.setAccessibleDescription(text)

    def say(self, text: str, *, kind: str = "hint") -> None:
        """Say how it fares, also to a screen reader; an empty text says nothing more."""
        self.status.setText(text)
        set_kind(self.status, kind)
        self.show_part(self.status, is_shown=bool(text))
        if text:
            announce(self, text)

    def minimumSizeHint(self) -> QSize:
        """Return a size that any window has room for: the button can stand below the words."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), metrics().window_minimum_width // 2), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the button where there is room for it."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        needed = self.fontMetrics().averageCharWidth() * first_start_metrics().beside_characters
        is_beside = self.width() >= needed
        if is_beside is self._is_beside:
            return
        self._is_beside = is_beside
        self._grid.removeWidget(self.button)
        self._grid.removeWidget(self._body)
        if is_beside:
            self._grid.addWidget(self.button, 0, 2, _Middle)
            self._grid.addWidget(self._body, 1, 1, 1, 2)
        else:
            self._grid.addWidget(self._body, 1, 1)
            self._grid.addWidget(self.button, 2, 1, _Left)
