"""A box that opens a list of choices, with our own arrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QWidget

from gui.icons import icon
from gui.metrics import metrics

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QWheelEvent
    from PySide6.QtWidgets import QStyleOptionComboBox


class ChoiceBox(QComboBox):
    """A combo box that draws its arrow in the theme's colour, and leaves the wheel to the page.

    Signals:
        opening: the list is about to be shown.
    """

    opening = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(1)
        # The combo box's own delegate draws no style sheet's padding.
        self.setItemDelegate(QStyledItemDelegate(self))

    def showPopup(self) -> None:
        """Show the list, after whoever fills it was told."""
        self.opening.emit()
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll: a choice that changes in passing is seen by nobody."""
        event.ignore()

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """Shorten what has no room."""
        super().initStyleOption(option)
        room = (
            self.width()
            - metrics().space_huge
            - 2 * metrics().field_padding
            - metrics().space_small
        )
        mode = Qt.TextElideMode.ElideRight
        option.currentText = self.fontMetrics().elidedText(self.currentText(), mode, room)
        is_whole = option.currentText == self.currentText()
        self.setToolTip("" if is_whole else self.currentText())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Put the arrow at the end; the style sheet leaves room for it."""
        super().paintEvent(event)
        side = metrics().icon_size
        palette = QPalette()
        group = QPalette.ColorGroup.Disabled
        arrow = icon(
            "down",
            QSize(side, side),
            colour=palette.color(QPalette.ColorRole.PlaceholderText),
            disabled=palette.color(group, QPalette.ColorRole.ButtonText),
        )
        left = self.width() - side - metrics().space_medium
        with QPainter(self) as painter:
            arrow.paint(painter, QRect(left, (self.height() - side) // 2, side, side))
