"""Shows a file of a question by itself."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QDialog, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from core.attachments import LONGEST_SIDE
from core.models import Attachment
from gui.attachments.attachment_metrics import attachment_metrics
from gui.attachments.thread_work import ThreadWork
from gui.pictures import PictureFile


class AttachmentViewer(QDialog):
    """A picture as large as it is, or as the screen allows; a text to read and to copy from."""

    def __init__(self, attachment: Attachment, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("attachmentViewer")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(attachment.name)
        layout = QVBoxLayout(self)
        if attachment.is_image:
            layout.setContentsMargins(0, 0, 0, 0)
            layout.addWidget(_Picture(attachment, self))
        else:
            layout.addWidget(_text(attachment))
            metrics = attachment_metrics()
            self.resize(metrics.viewer_text_width, metrics.viewer_text_height)


class _Picture(QLabel):
    """A picture that fits into the room it has, and is never larger than it is."""

    def __init__(self, attachment: Attachment, dialog: QDialog) -> None:
        super().__init__()
        self._dialog = dialog
        self._image = QImage()
        self._work = ThreadWork(self)

        self.setObjectName("shownPicture")
        self.setAccessibleName(attachment.name)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        # Keyboard and screen reader come to what is shown, not only to its frame.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        least = attachment_metrics()
        self.setMinimumSize(least.viewer_least_width, least.viewer_least_height)

        self._work.done.connect(self._on_work_done)
        self._work.start(partial(_whole, attachment.data))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the picture into its room."""
        super().resizeEvent(event)
        self._fit()

    @Slot(int, object)
    def _on_work_done(self, _number: int, work: Future[QImage]) -> None:
        self._image = work.result()
        if self._image.isNull():
            self.setText(self.tr("This picture cannot be shown."))
            return
        share = attachment_metrics().viewer_share
        room = self._dialog.screen().availableSize() * share
        size = self._image.size() / self.devicePixelRatioF()
        if size.width() > room.width() or size.height() > room.height():
            size = size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        self._dialog.resize(size.expandedTo(self.minimumSize()))
        self._fit()

    def _fit(self) -> None:
        if self._image.isNull():
            return
        ratio = self.devicePixelRatioF()
        shown = QPixmap.fromImage(self._image)
        room: QSize = self.size() * ratio
        if shown.width() > room.width() or shown.height() > room.height():
            shown = shown.scaled(
                room,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        shown.setDevicePixelRatio(ratio)
        self.setPixmap(shown)


def _whole(data: bytes) -> QImage:
    return PictureFile(data).image(side=LONGEST_SIDE)


def _text(attachment: Attachment) -> QPlainTextEdit:
    text = QPlainTextEdit(attachment.data.decode("utf-8", "replace"))
    text.setObjectName("shownText")
    text.setAccessibleName(attachment.name)
    text.setReadOnly(True)
    return text
