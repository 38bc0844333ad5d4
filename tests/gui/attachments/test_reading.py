"""Files become what services take; what is hostile becomes an error."""

from __future__ import annotations

import os
import random
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage, QImageWriter

from core.attachments import LARGEST_FILE, LARGEST_IMAGE, LONGEST_SIDE, image_type
from core.errors import AttachmentError, Fault
from gui.attachments.reading import (
    THUMBNAIL_SIDE,
    from_attachment,
    from_data,
    from_file,
    from_image,
)
from gui.pictures import PictureFile

PictureMaker = Callable[..., str]

pytestmark = pytest.mark.usefixtures("qapp")


def saved(image: QImage, kind: bytes, quality: int = -1) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(kind))
    writer.setQuality(quality)
    assert writer.write(image)
    return bytes(buffer.data().data())


def noise(side: int) -> QImage:
    pixels = random.Random(5).randbytes(side * side * 4)  # noqa: S311 - a picture, no secret
    return QImage(pixels, side, side, QImage.Format.Format_RGB32).copy()


def size_of(data: bytes) -> tuple[int, int]:
    size = PictureFile(data).size
    return size.width(), size.height()


def test_a_picture_that_fits_goes_as_it_is(picture_file: PictureMaker) -> None:
    path = picture_file("кот.png")
    ready = from_file(path)
    assert (ready.attachment.name, ready.attachment.media_type) == ("кот.png", "image/png")
    assert ready.attachment.data == Path(path).read_bytes()
    # A square of the middle: the picture's 60 by 40 pixels are cut at both ends.
    assert (ready.thumbnail.width(), ready.thumbnail.height()) == (40, 40)
    assert ready.thumbnail.pixelColor(0, 0) == QColor("#c02020")
    assert ready.thumbnail.pixelColor(39, 0) == QColor("#2060a0")


def test_a_large_picture_is_made_smaller(picture_file: PictureMaker) -> None:
    ready = from_file(picture_file("wide.png", width=5000, height=1000))
    assert size_of(ready.attachment.data) == (LONGEST_SIDE, 409)
    assert ready.attachment.media_type == "image/png"
    assert ready.thumbnail.width() == THUMBNAIL_SIDE


def test_a_line_of_pixels_stays_a_picture(picture_file: PictureMaker) -> None:
    ready = from_file(picture_file("line.png", width=9000, height=1))
    assert size_of(ready.attachment.data) == (LONGEST_SIDE, 1)


def test_a_photo_stays_a_photo_and_says_not_where_it_was_taken() -> None:
    photo = saved(noise(300), b"JPEG", 80)
    exif = (
        b"\xff\xe1"
        + struct.pack(">H", 2 + 6 + 20)
        + b"Exif\0\0"
        + b"MM\0\x2a"
        + b"GPS-51.5N-0.1W--"
    )
    with_place = photo[:2] + exif + photo[2:]
    assert from_data("a.jpg", photo).attachment.data == photo
    ready = from_data("a.jpg", with_place)
    assert ready.attachment.media_type == "image/jpeg"
    assert b"GPS" not in ready.attachment.data
    assert size_of(ready.attachment.data) == (300, 300)


def test_what_is_too_heavy_for_services_becomes_lighter() -> None:
    heavy = saved(noise(1500), b"PNG")
    assert len(heavy) > LARGEST_IMAGE
    attachment = from_data("noise.png", heavy).attachment
    assert (attachment.name, attachment.media_type) == ("noise.jpg", "image/jpeg")
    assert len(attachment.data) <= LARGEST_IMAGE


def test_another_kind_of_picture_becomes_one_that_services_know() -> None:
    attachment = from_data("scan.bmp", saved(noise(20), b"BMP")).attachment
    assert (attachment.name, image_type(attachment.data)) == ("scan.png", "image/png")


def test_what_is_transparent_stays_so() -> None:
    image = QImage(10, 10, QImage.Format.Format_ARGB32)
    image.fill(QColor(0, 0, 0, 0))
    attachment = from_image("glass", image).attachment
    assert PictureFile(attachment.data).image(side=10).hasAlphaChannel()


def test_texts_are_texts_whatever_they_are_called(tmp_path: Path) -> None:
    # Each of these begins like a picture of some kind that Qt could read.
    for number, words in enumerate(("P1 is a prime", "BMW is a car", "/* XPM */", "<svg/>")):
        path = tmp_path / f"{number}.png"
        path.write_text(words)
        ready = from_file(str(path))
        assert (ready.attachment.media_type, ready.attachment.data) == (
            "text/plain",
            words.encode(),
        )
        assert ready.thumbnail.isNull()


@pytest.mark.parametrize("data", [b"P5 2 2 255\n\0\1\2\3", b"\0\0\2\2\0\0"])
def test_what_only_looks_like_a_picture_is_none(data: bytes) -> None:
    with pytest.raises(AttachmentError) as caught:
        from_data("grey", data)
    assert caught.value.fault is Fault.ATTACHMENT_KIND


def test_what_cannot_be_read_says_so(tmp_path: Path) -> None:
    with pytest.raises(AttachmentError) as caught:
        from_file(str(tmp_path / "nowhere.txt"))
    assert caught.value.fault is Fault.FILE_UNREADABLE
    with pytest.raises(AttachmentError) as caught:
        from_file(str(tmp_path))
    assert caught.value.fault is Fault.ATTACHMENT_KIND


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(AttachmentError):
        from_file(str(tmp_path / "pipe"))


def test_no_more_of_a_large_file_is_read_than_shows_that_it_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE * 100)
    with pytest.raises(AttachmentError) as caught:
        from_file(str(path))
    assert caught.value.fault is Fault.ATTACHMENT_TOO_LARGE


def bomb(width: int, height: int) -> bytes:
    """Return a small PNG that says it is large, and is."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)

    rows = zlib.compress(bytes(1_000_000))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(100_000, 100_000), (2**31 - 1, 2**31 - 1), (41_000, 1_000)])
def test_a_picture_of_too_many_pixels_is_not_decoded(size: tuple[int, int]) -> None:
    with pytest.raises(AttachmentError) as caught:
        from_data("bomb.png", bomb(*size))
    assert caught.value.fault is Fault.ATTACHMENT_BROKEN


@pytest.mark.qt_log_ignore(".*")
@pytest.mark.parametrize("kind", [b"PNG", b"JPEG", b"WEBP", b"BMP"])
def test_damaged_pictures_are_shown_or_refused_and_nothing_else(kind: bytes) -> None:
    whole = saved(noise(40), kind)
    dice = random.Random(7)  # noqa: S311 - damage, no secret
    for _ in range(150):
        damaged = bytearray(whole[: dice.randrange(12, len(whole))])
        for _ in range(dice.randrange(6)):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        try:
            ready = from_data("damaged", bytes(damaged))
        except AttachmentError:
            continue
        assert len(ready.attachment.data) <= LARGEST_FILE
        assert max(ready.thumbnail.width(), ready.thumbnail.height()) <= THUMBNAIL_SIDE


def test_an_attachment_is_shown_again_as_it_is(picture_file: PictureMaker) -> None:
    first = from_file(picture_file())
    again = from_attachment(first.attachment)
    assert again.attachment is first.attachment
    assert again.thumbnail == first.thumbnail
