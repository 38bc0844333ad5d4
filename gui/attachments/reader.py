"""Makes attachments beside the window's own work."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from core.errors import AttachmentError
from core.models import Attachment
from gui.attachments.reading import Ready, from_attachment, from_data, from_file, from_image
from gui.attachments.thread_work import ThreadWork

if TYPE_CHECKING:
    from PySide6.QtGui import QImage


class AttachmentReader(QObject):
    """Reads one thing after the other in a thread; each has a number.

    Signals:
        ready: the thing of this number is read; with its `Ready`.
        failed: the thing of this number cannot be added; with the `AttachmentError`.
    """

    ready = Signal(int, object)
    failed = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = ThreadWork(self)

        self._work.done.connect(self._on_work_done)

    def read_file(self, path: str) -> int:
        """Read a file; return its number."""
        return self._work.start(partial(from_file, path))

    def read_data(self, name: str, data: bytes) -> int:
        """Read the bytes of a file; return its number."""
        return self._work.start(partial(from_data, name, data))

    def read_image(self, name: str, image: QImage) -> int:
        """Take a picture that is no file; return its number."""
        return self._work.start(partial(from_image, name, image))

    def show_again(self, attachment: Attachment) -> int:
        """Make the thumbnail of what is an attachment already; return its number."""
        return self._work.start(partial(from_attachment, attachment))

    def forget(self, number: int) -> None:
        """Say nothing of this thing any more."""
        self._work.forget(number)

    @Slot(int, object)
    def _on_work_done(self, number: int, work: Future[Ready]) -> None:
        try:
            ready = work.result()
        except AttachmentError as error:
            self.failed.emit(number, error)
        else:
            self.ready.emit(number, ready)
