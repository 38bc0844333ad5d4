"""The files that go with the next question, in a row above its words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from core.attachments import MOST_FILES, Files, clean_name
from core.errors import AttachmentError, Fault
from core.models import Attachment
from gui.attachments.attachment_metrics import attachment_metrics
from gui.attachments.chip import AttachmentChip
from gui.attachments.reader import AttachmentReader
from gui.attachments.reading import Ready
from gui.metrics import metrics

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QResizeEvent


class AttachmentStrip(QScrollArea):
    """Chips beside and below each other, as the width allows; hidden while there is none.

    Of many rows only some are seen at a time, so that the composer stays as high as a window is.

    Signals:
        changed: a file was added or removed, or one was read.
        refused: a file cannot be added; with the `AttachmentError`.
    """

    changed = Signal()
    refused = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, after: QWidget) -> None:
        super().__init__(parent)
        self._after = after
        """From where the keyboard comes to the first chip."""
        self._reader = AttachmentReader(self)
        self._chips: dict[int, AttachmentChip] = {}

        self.setObjectName("attachments")
        self.setAccessibleName(self.tr("Files of this message"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = QWidget()
        self.setWidget(self._inside)
        # The composer's own colour is to be seen through it.
        self.viewport().setAutoFillBackground(False)
        self._inside.setAutoFillBackground(False)
        self.hide()

        self._reader.ready.connect(self._on_reader_ready)
        self._reader.failed.connect(self._on_reader_failed)

    def files(self) -> Files:
        """Return what has been read, in the order in which it was added."""
        found = (chip.attachment for chip in self._chips.values())
        return tuple(attachment for attachment in found if attachment is not None)

    @property
    def is_empty(self) -> bool:
        """Whether there is no file, read or not."""
        return not self._chips

    @property
    def is_reading(self) -> bool:
        """Whether a file is not read yet."""
        return any(chip.attachment is None for chip in self._chips.values())

    def add_files(self, paths: Iterable[str]) -> None:
        """Add files by their paths."""
        for path in paths:
            if not self._has_room(path):
                return
            self._add(self._reader.read_file(path), clean_name(path))

    def add_data(self, name: str, data: bytes) -> None:
        """Add a file by what is in it."""
        if self._has_room(name):
            self._add(self._reader.read_data(name, data), name)

    def add_image(self, name: str, image: QImage) -> None:
        """Add a picture that is no file."""
        if self._has_room(name):
            self._add(self._reader.read_image(name, image), name)

    def show_files(self, attachments: Iterable[Attachment]) -> None:
        """Put these in the place of what is there."""
        self._forget_all()
        for attachment in attachments:
            number = self._reader.show_again(attachment)
            self._add(number, attachment.name)
            # It is what it is: only its thumbnail is awaited.
            self._chips[number].attachment = attachment
        self._refresh()

    @Slot()
    def clear(self) -> None:
        """Let all of them go."""
        if self._chips:
            self._forget_all()
            self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the chips anew; a scroll bar that comes takes some of the width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._place()

    def _has_room(self, name: str) -> bool:
        if len(self._chips) < MOST_FILES:
            return True
        fault = Fault.TOO_MANY_ATTACHMENTS
        self.refused.emit(AttachmentError(fault=fault, file=clean_name(name), count=MOST_FILES))
        return False

    def _add(self, number: int, name: str) -> None:
        last = next(reversed(self._chips.values()), None)
        chip = self._chips[number] = AttachmentChip(number, name, self._inside)
        self.setTabOrder(self._after if last is None else last.remove_button, chip.remove_button)
        chip.remove_requested.connect(self._remove)
        chip.show()
        self._refresh()

    @Slot(int)
    def _remove(self, number: int) -> None:
        self._reader.forget(number)
        chip = self._chips.pop(number, None)
        if chip is not None:
            if chip.remove_button.hasFocus():
                self.focusNextChild()
            chip.hide()
            chip.deleteLater()
            self._refresh()

    def _forget_all(self) -> None:
        for number, chip in self._chips.items():
            self._reader.forget(number)
            chip.hide()
            chip.deleteLater()
        self._chips.clear()

    @Slot(int, object)
    def _on_reader_ready(self, number: int, ready: Ready) -> None:
        if number in self._chips:
            self._chips[number].show_ready(ready)
            self.changed.emit()

    @Slot(int, object)
    def _on_reader_failed(self, number: int, error: AttachmentError) -> None:
        self._remove(number)
        self.refused.emit(error)

    def _refresh(self) -> None:
        self.setVisible(bool(self._chips))
        self._place()
        self.changed.emit()

    def _place(self) -> None:
        """Put the chips into rows, at least two in each, and be as high as the rows."""
        gap = metrics().space_small
        room = self.viewport().width()
        in_row = max(2, (room + gap) // (attachment_metrics().chip_width + gap))
        width = max(1, (room + gap) // in_row - gap)
        high = max((chip.sizeHint().height() for chip in self._chips.values()), default=0)
        for place, chip in enumerate(self._chips.values()):
            row, column = divmod(place, in_row)
            chip.setGeometry(column * (width + gap), row * (high + gap), width, high)
        rows = -(-len(self._chips) // in_row)
        shown = min(rows, attachment_metrics().chip_rows)
        self._inside.resize(room, max(0, rows * (high + gap) - gap))
        self.setFixedHeight(max(0, shown * (high + gap) - gap))
