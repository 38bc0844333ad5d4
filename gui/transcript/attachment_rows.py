"""The files of a question, above its bubble: pictures as squares, texts as lines with a frame."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPainterPath

from gui.transcript.icons import pixmap

if TYPE_CHECKING:
    from core.attachments import Files
    from core.models import Attachment
    from gui.transcript.formats import Formats


@dataclass(frozen=True, slots=True)
class Tile:
    """One file and where it is shown."""

    number: int
    """Its place among the files of the question."""
    attachment: Attachment
    rect: QRectF
    """Counted from the top of the rows."""


class AttachmentRows:
    """Places files in rows at the right of a column; their pixels need not be known for that."""

    __slots__ = ("height", "tiles")

    def __init__(self, attachments: Files, formats: Formats, width: int) -> None:
        self.tiles: list[Tile] = []
        self.height = 0
        """With the space below; 0 where there are none."""
        if not attachments:
            return
        metrics = formats.metrics
        picture, gap = metrics.picture_side, metrics.attachment_gap
        sizes = {
            True: (min(picture, width), min(picture, width)),
            False: (min(metrics.file_width, width), metrics.file_height),
        }
        top = 0.0
        for is_image in (True, False):
            numbers = [n for n, item in enumerate(attachments) if item.is_image is is_image]
            wide, high = sizes[is_image]
            in_row = max(1, int((width + gap) // (wide + gap)))
            for start in range(0, len(numbers), in_row):
                row = numbers[start : start + in_row]
                left = width - len(row) * (wide + gap) + gap
                for place, number in enumerate(row):
                    rect = QRectF(left + place * (wide + gap), top, wide, high)
                    self.tiles.append(Tile(number, attachments[number], rect))
                top += high + gap
        self.height = round(top)

    def at(self, x: float, y: float) -> Tile | None:
        """Return what is at a point."""
        return next((tile for tile in self.tiles if tile.rect.contains(x, y)), None)

    def between(self, top: float, bottom: float) -> Iterator[Tile]:
        """Yield what is between two heights."""
        for tile in self.tiles:
            if tile.rect.bottom() >= top and tile.rect.top() <= bottom:
                yield tile


def paint_tile(
    painter: QPainter,
    rect: QRectF,
    attachment: Attachment,
    image: QImage | None,
    *,
    formats: Formats,
    ratio: float,
) -> None:
    """Paint one file; a picture that is not there yet is an empty square."""
    radius, colours = formats.metrics.attachment_radius, formats.style.colours
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    edge = QPainterPath()
    edge.addRoundedRect(rect, radius, radius)
    painter.fillPath(edge, colours.bubble)
    if image is not None and not image.isNull():
        painter.setClipPath(edge, Qt.ClipOperation.IntersectClip)
        painter.drawImage(rect, image)
        painter.setClipping(False)
    if not attachment.is_image or (image is not None and image.isNull()):
        _paint_name(painter, rect, attachment, formats=formats, ratio=ratio)
    painter.restore()


def _paint_name(
    painter: QPainter, rect: QRectF, attachment: Attachment, *, formats: Formats, ratio: float
) -> None:
    metrics, colours = formats.metrics, formats.style.colours
    side = round(metrics.icon_size)
    left = rect.left() + metrics.file_padding
    name = "image" if attachment.is_image else "file"
    drawn = pixmap(name, colours.muted.name(), side, ratio)
    painter.drawPixmap(round(left), round(rect.center().y() - side / 2), drawn)
    room = rect.adjusted(2 * metrics.file_padding + side, 0, -metrics.file_padding, 0)
    painter.setFont(formats.small_font)
    painter.setPen(colours.text)
    middle = Qt.TextElideMode.ElideMiddle
    text = QFontMetricsF(formats.small_font).elidedText(attachment.name, middle, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)


def spoken(attachment: Attachment) -> str:
    """Return how a screen reader names a file."""
    if attachment.is_image:
        text = QCoreApplication.translate("Transcript", "Picture: {name}")
    else:
        text = QCoreApplication.translate("Transcript", "File: {name}")
    return text.format(name=attachment.name)
