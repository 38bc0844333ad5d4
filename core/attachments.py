"""The files that a user adds to a question: what may be added, and how a service gets it.

A picture goes to a service as one. Any other file is a text, which is kept as UTF-8 and goes into
the words of the question: every service understands that.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePath
from typing import Final

from core.errors import AttachmentError, Fault, ProviderError
from core.models import Attachment, Message
from core.text import without_surrogates

MOST_FILES: Final = 10
"""For one question."""
MEGABYTE: Final = 1_000_000
LARGEST_FILE: Final = 20 * MEGABYTE
"""Bytes; a larger file is not even read."""
LARGEST_TEXT: Final = 1 * MEGABYTE
LONGEST_SIDE: Final = 2048
"""Pixels; a picture that is larger is made smaller where that can be done."""
LARGEST_IMAGE: Final = 3_500_000
"""Bytes of a picture that services take; some refuse 5 MB in base64, which is this much."""
TEXT_TYPE: Final = "text/plain"

Files = tuple[Attachment, ...]
"""What goes with one question, in the order in which it was added."""

_SIGNATURES = {
    "image/png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "image/jpeg": re.compile(rb"\xff\xd8\xff"),
    "image/gif": re.compile(rb"GIF8[79]a"),
    "image/webp": re.compile(rb"RIFF.{4}WEBP", re.DOTALL),
}
_LONGEST_NAME = 120
_NOT_IN_A_NAME = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029`]+")
_SLASH = re.compile(r"[/\\]")
_BACKTICKS = re.compile("`+")
_LANGUAGE = re.compile("[A-Za-z0-9+#_-]{1,16}")


def images_of(message: Message) -> tuple[Attachment, ...]:
    """Return the pictures of a question, in their order."""
    return tuple(attachment for attachment in message.attachments if attachment.is_image)


def text_with_files(message: Message) -> str:
    """Return the words of a message, and before them its text files, fenced, under their names.

    A question behind what it is about is answered better than one before it. It is `message.text`
    itself where there are no such files. Pictures are left out.
    """
    files = [attachment for attachment in message.attachments if not attachment.is_image]
    return "\n\n".join(filter(None, (*map(fenced, files), message.text)))


def in_words(messages: Iterable[Message]) -> tuple[Message, ...]:
    """Return messages for a service that takes nothing but words: text files stand in them.

    Raises:
        ProviderError: as `refuse_images`.
    """
    listed = tuple(messages)
    refuse_images(listed)
    return tuple(
        replace(message, text=text_with_files(message), attachments=())
        if message.attachments
        else message
        for message in listed
    )


def data_url(attachment: Attachment) -> str:
    """Return a picture as one `data:` URL, a third longer than its bytes."""
    content = base64.b64encode(attachment.data).decode("ascii")
    return f"data:{attachment.media_type};base64,{content}"


def refuse_images(messages: Iterable[Message]) -> None:
    """Raise what a service without eyes says to a picture in any of these messages.

    Raises:
        ProviderError: with the fault `NO_IMAGES`; the provider adds its `host`.
    """
    if any(images_of(message) for message in messages):
        raise ProviderError(fault=Fault.NO_IMAGES)


def image_type(data: bytes) -> str:
    """Return the media type of a picture that services take, by its first bytes; else nothing."""
    return next((name for name, start in _SIGNATURES.items() if start.match(data)), "")


def attachment_from(name: str, data: bytes) -> Attachment:
    """Return the content of a file as it is added to a question: a picture as it is, or a text.

    Raises:
        AttachmentError: it is too large, or neither of the two.
    """
    shown = clean_name(name)
    if len(data) > LARGEST_FILE:
        raise too_large(shown, LARGEST_FILE)
    if media_type := image_type(data):
        return Attachment(shown, media_type, data)
    return text_attachment(shown, data)


def text_attachment(name: str, data: bytes) -> Attachment:
    """Return a text file as it is kept: UTF-8, without a mark at its start, without NUL.

    Raises:
        AttachmentError: it is larger than 1 MB, or no text in UTF-8 (or UTF-16 with its mark).
    """
    try:
        text = data.decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig")
    except UnicodeDecodeError:
        raise AttachmentError(file=name) from None
    if "\0" in text:
        raise AttachmentError(file=name)
    content = without_surrogates(text).encode()
    if len(content) > LARGEST_TEXT:
        raise too_large(name, LARGEST_TEXT)
    return Attachment(name, TEXT_TYPE, content)


def too_large(name: str, limit: int) -> AttachmentError:
    """Return what is said of a file with more than `limit` bytes."""
    return AttachmentError(fault=Fault.ATTACHMENT_TOO_LARGE, file=name, megabytes=limit // MEGABYTE)


def clean_name(name: str) -> str:
    """Return the name of a file on one line, without folders and of a decent length."""
    line = _NOT_IN_A_NAME.sub(" ", without_surrogates(name))
    parts = (part.strip() for part in _SLASH.split(line))
    plain = next((part for part in reversed(list(parts)) if part.strip(".")), "")
    if len(plain) > _LONGEST_NAME:
        start, end = plain[: _LONGEST_NAME // 2], plain[-(_LONGEST_NAME // 2 - 1) :]
        plain = f"{start}…{end}"
    return plain or "file"


def decoded(name: str, media_type: str, content: str) -> Attachment | None:
    """Return an attachment out of a file of another program; None for what cannot be one.

    `content` is base64. The media type is believed for its kind alone: a picture is what begins
    like one, and everything else has to be a text.
    """
    if len(content) > LARGEST_FILE * 2:
        return None
    try:
        attachment = attachment_from(name, base64.b64decode(content, validate=True))
    except (AttachmentError, binascii.Error, ValueError):
        return None
    return attachment if attachment.is_image == media_type.startswith("image/") else None


def fenced(file: Attachment) -> str:
    """Return a text file as Markdown: its name, and below it a code block."""
    text = file.data.decode("utf-8", "replace").replace("\r\n", "\n")
    longest = max(map(len, _BACKTICKS.findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    name = clean_name(file.name)
    suffix = PurePath(name).suffix[1:]
    language = suffix if _LANGUAGE.fullmatch(suffix) else ""
    end = "" if text.endswith("\n") or not text else "\n"
    return f"{name}:\n{fence}{language}\n{text}{end}{fence}"
