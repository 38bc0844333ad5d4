"""Small drawings of the transcript, in the colours of the theme."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer


@lru_cache(maxsize=64)
def _source(name: str) -> str:
    file = resources.files("resources") / "icons" / "transcript" / f"{name}.svg"
    return file.read_text(encoding="utf-8")


@lru_cache(maxsize=256)
def pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    """Draw `resources/icons/transcript/NAME.svg` at `size` pixels for a screen's `ratio`."""
    svg = _source(name).replace("currentColor", colour)
    result = QPixmap(round(size * ratio), round(size * ratio))
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(result.rect()))
    painter.end()
    result.setDevicePixelRatio(ratio)
    return result


def icon(name: str, colour: QColor, size: int, ratio: float) -> QIcon:
    """Return the drawing as an icon for a button."""
    return QIcon(pixmap(name, colour.name(), size, ratio))
