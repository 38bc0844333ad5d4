"""One file that goes with the next question."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPalette, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.models import Attachment
from gui.attachments.attachment_metrics import attachment_metrics
from gui.attachments.reading import Ready
from gui.icons import icon
from gui.metrics import metrics
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.icon_button import IconButton


class AttachmentChip(QFrame):
    """Shows a file by a thumbnail and its name, from when it is being read on.

    Signals:
        remove_requested: the user does not want it to go with the question; with its number.
    """

    remove_requested = Signal(int)

    def __init__(self, number: int, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = number
        self.attachment: Attachment | None = None
        """None while it is being read."""

        self.setObjectName("attachmentChip")
        side = attachment_metrics().chip_thumbnail
        self._picture = QLabel()
        self._picture.setFixedSize(side, side)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._name = ElidedLabel()
        self._name.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._detail = ElidedLabel()
        self._detail.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._detail.setProperty("kind", "hint")
        self.remove_button = IconButton("close", role=QPalette.ColorRole.PlaceholderText)
        self.remove_button.setObjectName("removeAttachmentButton")

        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._detail)
        layout = QHBoxLayout(self)
        padding = attachment_metrics().chip_padding
        layout.setContentsMargins(padding, padding, 0, padding)
        layout.setSpacing(metrics().space_medium)
        layout.addWidget(self._picture)
        layout.addLayout(words, 1)
        layout.addWidget(self.remove_button)

        self.remove_button.clicked.connect(self._on_remove_button_clicked)
        self._show(name, self.tr("Reading…"))

    def show_ready(self, ready: Ready) -> None:
        """Show the file, which has been read."""
        self.attachment = ready.attachment
        size = QLocale().formattedDataSize(
            len(ready.attachment.data), 0, QLocale.DataSizeFormat.DataSizeTraditionalFormat
        )
        self._show(ready.attachment.name, size)
        # To the eye the thumbnail says it.
        kind = self.tr("Picture") if ready.attachment.is_image else self.tr("Text")
        self.setAccessibleName(f"{ready.attachment.name}, {kind}, {size}")
        self._picture.setPixmap(self._thumbnail(ready.thumbnail))

    @Slot()
    def _on_remove_button_clicked(self) -> None:
        self.remove_requested.emit(self._number)

    def _show(self, name: str, detail: str) -> None:
        self._name.show_text(name)
        self._detail.show_text(detail)
        self.setAccessibleName(f"{name}, {detail}")
        self.remove_button.label(self.tr("Remove {name}").format(name=name))

    def _thumbnail(self, image: QImage) -> QPixmap:
        side = attachment_metrics().chip_thumbnail
        if image.isNull():
            palette = QPalette()
            colour = palette.color(QPalette.ColorRole.PlaceholderText)
            drawn = icon("clip", QSize(side, side) * 0.6, colour=colour, disabled=colour)
            return drawn.pixmap(QSize(side, side) * 0.6)
        ratio = self.devicePixelRatioF()
        result = QPixmap(QSize(side, side) * ratio)
        result.fill(Qt.GlobalColor.transparent)
        result.setDevicePixelRatio(ratio)
        painter = QPainter(result)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        edge = QPainterPath()
        edge.addRoundedRect(QRectF(0, 0, side, side), metrics().space_small, metrics().space_small)
        painter.setClipPath(edge)
        painter.drawImage(QRectF(0, 0, side, side), image)
        painter.end()
        return result
