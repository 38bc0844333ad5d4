"""One line of text that is shortened where there is no room for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QWidget

from gui.properties import set_by_name

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


class ElidedLabel(QLabel):
    """A label that takes any width; what does not fit is in its tip and its accessible name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        set_by_name(self, textFormat="PlainText", alignment="AlignCenter")

    def whole_text(self) -> str:
        """Return the text as it was given."""
        return self._whole

    def show_text(self, text: str) -> None:
        """Show a text; its line breaks become spaces."""
        self._whole = " ".join(text.split())
        self.setAccessibleName(self._whole)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Return a size that any window has room for."""
        return QSize(0, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """Return the size of the whole text."""
        return QSize(self.fontMetrics().horizontalAdvance(self._whole), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the text anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        text = self._whole
        if self.fontMetrics().horizontalAdvance(text) > self.width():
            from PySide6.QtCore import Qt  # noqa: PLC0415 - costs 0.02 s before the first frame

            mode = Qt.TextElideMode.ElideRight
            text = self.fontMetrics().elidedText(text, mode, self.width())
        self.setText(text)
        self.setToolTip(self._whole if text != self._whole else "")
