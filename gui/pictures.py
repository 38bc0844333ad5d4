"""Pictures from outside: read by Qt's own reader alone, within limits; made to fit for a service.

All of it may take a while, and is done in threads.
"""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter, QPainter

from core.attachments import LARGEST_IMAGE

MAX_PIXELS = 40_000_000
"""Of a picture that is read whole before it is made smaller."""
MAX_JPEG_PIXELS = 200_000_000
"""Of one that is made smaller while it is read, as large cameras' are."""
_ALLOCATION_MB = 192
"""What one picture may take of the memory: four bytes for each of the pixels, and some more."""
_JPEG = b"jpeg"
_KINDS = frozenset(
    {b"png", _JPEG, b"gif", b"webp", b"bmp", b"tiff", b"ico", b"heic", b"heif", b"avif"}
)
"""What is a picture by its first bytes; others are documents, or begin like many a text."""
_QUALITIES = (90, 75, 50)
"""Of JPEG, of which the first is taken that makes a picture small enough."""
_SPARE = 3
"""How many pixels of a picture, across, one of its thumbnail is made of."""


class PictureFile:
    """The bytes of something that may be a picture. A null image is the answer to all others."""

    def __init__(self, data: bytes) -> None:
        self._buffer = QBuffer()
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        QImageReader.setAllocationLimit(_ALLOCATION_MB)
        self._reader = QImageReader(self._buffer)
        self._reader.setAutoTransform(True)
        kind = bytes(self._reader.format().data())
        size = self._reader.size() if kind in _KINDS else QSize()
        most = MAX_JPEG_PIXELS if kind == _JPEG else MAX_PIXELS
        is_sane = size.isValid() and size.width() * size.height() <= most
        self.size = size if is_sane else QSize()
        """Of the picture as it is kept, which a camera may have turned; empty if it is none."""

    def image(self, *, side: int) -> QImage:
        """Return the picture, made smaller where a side of it is longer than `side` pixels."""
        if self.size.isEmpty():
            return QImage()
        if max(self.size.width(), self.size.height()) > side:
            fitting = self.size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio)
            self._reader.setScaledSize(fitting.expandedTo(QSize(1, 1)))
        return self._reader.read()


def thumbnail(image: QImage, *, side: int) -> QImage:
    """Return the middle of a picture as a square of `side` pixels; smaller if the picture is."""
    shorter = min(image.width(), image.height())
    if shorter > _SPARE * side:
        # Roughly first: a smooth scaling of it all would hold up every other thread.
        rough = image.size() * (_SPARE * side / shorter)
        image = image.scaled(rough)
        shorter = min(image.width(), image.height())
    left, top = (image.width() - shorter) // 2, (image.height() - shorter) // 2
    middle = image.copy(left, top, shorter, shorter)
    if shorter <= side:
        return middle
    return middle.scaled(
        QSize(side, side),
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


def encoded(image: QImage, *, is_photo: bool) -> tuple[bytes, str]:
    """Return the bytes of a picture and their media type, as small as services take them.

    What is no photo stays exact as long as that is small enough.
    """
    if not is_photo or image.hasAlphaChannel():
        exact = _saved(image, b"PNG", -1)
        if exact.size() <= LARGEST_IMAGE:
            return bytes(exact.data().data()), "image/png"
    opaque = _on_white(image)
    for quality in _QUALITIES:
        saved = _saved(opaque, b"JPEG", quality)
        if saved.size() <= LARGEST_IMAGE:
            break
    return bytes(saved.data().data()), "image/jpeg"


def _saved(image: QImage, kind: bytes, quality: int) -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(kind))
    writer.setQuality(quality)
    writer.write(image)
    return buffer


def _on_white(image: QImage) -> QImage:
    if not image.hasAlphaChannel():
        return image
    result = QImage(image.size(), QImage.Format.Format_RGB32)
    result.fill(Qt.GlobalColor.white)
    painter = QPainter(result)
    painter.drawImage(0, 0, image)
    painter.end()
    return result
