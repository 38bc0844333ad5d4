"""Makes attachments of files and pictures. It blocks: a thread does it."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from pathlib import Path, PurePath

from PySide6.QtGui import QImage

from core.attachments import (
    LARGEST_FILE,
    LARGEST_IMAGE,
    LONGEST_SIDE,
    clean_name,
    image_type,
    text_attachment,
    too_large,
)
from core.errors import AttachmentError, Fault
from core.models import Attachment
from gui.pictures import PictureFile, encoded, thumbnail

THUMBNAIL_SIDE = 256
"""Pixels of a thumbnail, enough for any screen."""
_EXIF_WITHIN = 65_536
_ENDINGS = {"image/png": ".png", "image/jpeg": ".jpg"}


@dataclass(frozen=True, slots=True)
class Ready:
    """An attachment, and what shows it: a square, or a null image where it is a text."""

    attachment: Attachment
    thumbnail: QImage


def from_file(path: str) -> Ready:
    """Return a file as it is added to a question.

    Raises:
        AttachmentError: it cannot be read, is too large, or neither a picture nor a text.
    """
    name = clean_name(path)
    try:
        content = _content_of(Path(path))
    except OSError as exc:
        reason = exc.strerror or type(exc).__name__
        raise AttachmentError(reason, fault=Fault.FILE_UNREADABLE, target=name) from exc
    return from_data(name, content)


def from_data(name: str, data: bytes) -> Ready:
    """Return the content of a file; see `from_file`."""
    if len(data) > LARGEST_FILE:
        raise too_large(name, LARGEST_FILE)
    media_type = image_type(data)
    if not media_type:
        return _from_other(name, data)
    picture = PictureFile(data)
    image = picture.image(side=LONGEST_SIDE)
    if image.isNull():
        raise AttachmentError(fault=Fault.ATTACHMENT_BROKEN, file=name)
    fits = max(picture.size.width(), picture.size.height()) <= LONGEST_SIDE
    if fits and len(data) <= LARGEST_IMAGE and not _says_more(data):
        return _ready(Attachment(name, media_type, data), image)
    return from_image(name, image, is_photo=media_type == "image/jpeg")


def from_image(name: str, image: QImage, *, is_photo: bool = False) -> Ready:
    """Return a picture that is no file yet; one that is too large is made smaller.

    Raises:
        AttachmentError: there is nothing in it.
    """
    if image.isNull():
        raise AttachmentError(fault=Fault.ATTACHMENT_BROKEN, file=name)
    if max(image.width(), image.height()) > LONGEST_SIDE:
        image = _smaller(image)
    data, media_type = encoded(image, is_photo=is_photo)
    named = f"{PurePath(name).stem}{_ENDINGS[media_type]}"
    return _ready(Attachment(named, media_type, data), image)


def from_attachment(attachment: Attachment) -> Ready:
    """Return what is an attachment already, with what shows it."""
    if not attachment.is_image:
        return Ready(attachment, QImage())
    return _ready(attachment, PictureFile(attachment.data).image(side=LONGEST_SIDE))


def _from_other(name: str, data: bytes) -> Ready:
    """Return a text, or a picture of a kind that services do not know, made one of theirs."""
    try:
        return Ready(text_attachment(name, data), QImage())
    except AttachmentError as error:
        if error.fault is not Fault.ATTACHMENT_KIND:
            raise
        image = PictureFile(data).image(side=LONGEST_SIDE)
        if image.isNull():
            raise
        return from_image(name, image)


def _ready(attachment: Attachment, image: QImage) -> Ready:
    return Ready(attachment, thumbnail(image, side=THUMBNAIL_SIDE))


def _smaller(image: QImage) -> QImage:
    from PySide6.QtCore import QSize, Qt  # noqa: PLC0415 - hardly ever needed

    bounds = QSize(LONGEST_SIDE, LONGEST_SIDE)
    return image.scaled(
        bounds, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )


def _content_of(path: Path) -> bytes:
    """Return what is in a file with an end; of folders, devices and pipes what is no text."""
    if not stat.S_ISREG(path.stat().st_mode):
        return b"\0"
    with path.open("rb") as file:
        return file.read(LARGEST_FILE + 1)


def _says_more(data: bytes) -> bool:
    """Whether a camera wrote into it where and how it was taken, which is nobody's business.

    It also says how the picture is turned, which not every service minds.
    """
    return b"Exif\0\0" in data[:_EXIF_WITHIN] or (data[:4] == b"RIFF" and b"EXIF" in data)
