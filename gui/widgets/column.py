"""The column in the middle of the window that everything stands in."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gui.metrics import metrics

_SAMPLE = "the quick brown fox jumps over the lazy dog, and then it rests a while "


def column_width() -> int:
    """Return how wide the column may become: its text is about 80 characters wide."""
    font = QFont(QApplication.font())
    font.setPointSizeF(font.pointSizeF() * metrics().text_scale)
    # A font's own average counts its widest letters as often as the others.
    text = QFontMetricsF(font).horizontalAdvance(_SAMPLE) / len(_SAMPLE)
    return round(text * metrics().column_characters) + 2 * metrics().message_padding


class Column(QWidget):
    """Stacks widgets in the middle, at most `column_width` wide."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inner = QWidget()
        inner.setMaximumWidth(column_width())
        inner.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

        gutter = metrics().column_gutter
        self._stack = QVBoxLayout(inner)
        self._stack.setContentsMargins(0, 0, 0, gutter)
        self._stack.setSpacing(metrics().space_medium)
        around = QHBoxLayout(self)
        around.setContentsMargins(gutter, 0, gutter, 0)
        around.addWidget(inner)

    def add(self, widget: QWidget) -> None:
        """Put a widget below the others."""
        self._stack.addWidget(widget)

    def insert(self, place: int, widget: QWidget) -> None:
        """Put a widget above the one at `place`."""
        self._stack.insertWidget(place, widget)

    def add_space(self, height: int) -> None:
        """Leave `height` pixels free below the last widget."""
        self._stack.addSpacing(height)

    def add_stretch(self) -> None:
        """Leave free here what the widgets do not need."""
        self._stack.addStretch(1)
