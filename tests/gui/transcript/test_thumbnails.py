"""Thumbnails are made once, in a thread, and no more of them are kept than can be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter

from core.models import Attachment
from gui.transcript.thumbnails import Thumbnails

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def picture(width: int, height: int) -> Attachment:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return Attachment("a.png", "image/png", bytes(buffer.data().data()))


def test_a_thumbnail_is_a_square_of_the_wanted_side(qtbot: QtBot) -> None:
    thumbnails = Thumbnails()
    for number, (size, expected) in enumerate(
        [((900, 700), 50), ((3000, 60), 15), ((20, 400), 10), ((1, 1), 1)]
    ):
        attachment = picture(*size)
        with qtbot.waitSignal(thumbnails.changed):
            assert thumbnails.get(1, number, attachment, 50) is None
            assert thumbnails.get(1, number, attachment, 50) is None, "it is asked for once"
        made = thumbnails.get(1, number, attachment, 50)
        assert made is not None
        assert made.width() == made.height() <= 50
        assert made.width() >= min(expected, 3)


def test_only_so_many_thumbnails_are_kept(qtbot: QtBot) -> None:
    thumbnails = Thumbnails()
    attachment = picture(4, 4)
    made: list[None] = []
    thumbnails.changed.connect(lambda: made.append(None))
    for uid in range(100):
        thumbnails.get(uid, 0, attachment, 50)
    qtbot.waitUntil(lambda: len(made) == 100)
    assert thumbnails.get(99, 0, attachment, 50) is not None
    assert thumbnails.get(0, 0, attachment, 50) is None
    qtbot.waitUntil(lambda: len(made) == 101)
