"""Small pictures of what questions came with, made when they are seen."""

from __future__ import annotations

from collections import OrderedDict
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from gui.attachments.thread_work import ThreadWork
from gui.pictures import PictureFile, thumbnail

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from core.models import Attachment

_KEPT = 80
"""Thumbnails, of some 100 to 300 kB each."""
_LONGEST = 2_048
_SPARE = 4
"""A picture is read so many times larger than its thumbnail, so that also a long one fills it."""

Key = tuple[int, int, int]
"""A message's uid, the place among its files, and the side in pixels."""


class Thumbnails(QObject):
    """The squares that were seen last.

    Signals:
        changed: one has been made.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = ThreadWork(self)
        self._making: dict[int, Key] = {}
        self._made: OrderedDict[Key, QImage] = OrderedDict()

        self._work.done.connect(self._on_work_done)

    def get(self, uid: int, number: int, attachment: Attachment, side: int) -> QImage | None:
        """Return a picture as a square, None until it is made; a null image if it cannot be."""
        key = (uid, number, side)
        found = self._made.get(key)
        if found is not None:
            self._made.move_to_end(key)
        elif key not in self._making.values():
            self._making[self._work.start(partial(_made, attachment.data, side))] = key
        return found

    @Slot(int, object)
    def _on_work_done(self, number: int, work: Future[QImage]) -> None:
        self._made[self._making.pop(number)] = work.result()
        while len(self._made) > _KEPT:
            self._made.popitem(last=False)
        self.changed.emit()


def _made(data: bytes, side: int) -> QImage:
    image = PictureFile(data).image(side=min(_SPARE * side, _LONGEST))
    return image if image.isNull() else thumbnail(image, side=side)
