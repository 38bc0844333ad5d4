"""Where the quick prompt opens."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QCursor, QGuiApplication, QScreen

from gui.quick.quick_metrics import quick_metrics


def screen_with_pointer() -> QScreen | None:
    """Return the screen that the pointer is on; None only while there is no screen at all."""
    return QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()


def place_on(area: QRect, size: QSize) -> QPoint:
    """Return the top left corner of what is `size` large: in the middle, in the upper part."""
    x = area.left() + (area.width() - size.width()) // 2
    return QPoint(x, area.top() + round(area.height() * quick_metrics().top_share))


def fitting(area: QRect, size: QSize) -> QSize:
    """Return the size as far as there is room for it there."""
    gap = quick_metrics().screen_gap
    height = area.height() - round(area.height() * quick_metrics().top_share) - gap
    return size.boundedTo(QSize(area.width() - 2 * gap, height))
