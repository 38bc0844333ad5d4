"""Icons, drawn from `resources/icons` in the colours of the theme."""

from __future__ import annotations

import math
from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from resources import FOLDER

_DRAWN_IN = b"#000000"
_WINDOW_ICON_SIZES = (16, 22, 24, 32, 48, 64, 128, 256)


def icon(name: str, size: QSize, *, colour: QColor, disabled: QColor) -> QIcon:
    """Return `resources/icons/<name>.svg` in `colour`, a square at the left of `size`."""
    application = QGuiApplication.instance()
    ratio = application.devicePixelRatio() if isinstance(application, QGuiApplication) else 1.0
    extent = (size.width(), size.height())
    return _icon(name, extent, colour.name(), disabled.name(), math.ceil(ratio))


def window_icon() -> QIcon:
    """Return the program's own icon in the sizes that taskbars ask for."""
    result = QIcon()
    renderer = QSvgRenderer(QByteArray(_source("beseda")))
    for size in _WINDOW_ICON_SIZES:
        result.addPixmap(_painted(renderer, QSize(size, size), ratio=1.0))
    return result


@lru_cache(maxsize=256)
def _icon(name: str, extent: tuple[int, int], colour: str, disabled: str, ratio: int) -> QIcon:
    result = QIcon()
    for drawn_in, mode in ((colour, QIcon.Mode.Normal), (disabled, QIcon.Mode.Disabled)):
        source = _source(name).replace(_DRAWN_IN, drawn_in.encode())
        renderer = QSvgRenderer(QByteArray(source))
        pixmap = _painted(renderer, QSize(*extent), ratio=float(ratio))
        result.addPixmap(pixmap, mode)
    return result


def _painted(renderer: QSvgRenderer, size: QSize, *, ratio: float) -> QPixmap:
    pixmap = QPixmap(size * ratio)
    pixmap.fill(QColor("transparent"))
    painter = QPainter(pixmap)
    side = size.height() * ratio
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


@cache
def _source(name: str) -> bytes:
    return (FOLDER / "icons" / f"{name}.svg").read_bytes()
