"""What is pasted or dropped, as far as it is files or a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from gui.attachments.strip import AttachmentStrip

_RAW = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "image/bmp": ".bmp",
}
"""Forms in which a picture comes as the bytes of a file, which a thread can read."""


def holds_files(offered: QMimeData) -> bool:
    """Whether these are files of this computer, or a picture.

    A table of a spreadsheet comes with a picture of itself, and is a text all the same.
    """
    if _paths(offered):
        return True
    has_picture = offered.hasImage() or any(map(offered.hasFormat, _RAW))
    return has_picture and not offered.hasFormat("text/plain")


def add_offered(strip: AttachmentStrip, offered: QMimeData) -> None:
    """Add what was pasted or dropped to the files of the next question."""
    paths = _paths(offered)
    if paths:
        strip.add_files(paths)
        return
    name = QCoreApplication.translate("AttachmentStrip", "Pasted picture")
    for form, ending in _RAW.items():
        if offered.hasFormat(form):
            strip.add_data(f"{name}{ending}", bytes(offered.data(form).data()))
            return
    strip.add_image(f"{name}.png", offered.imageData())


def _paths(offered: QMimeData) -> list[str]:
    """Return the paths of local files; none where anything else is among them."""
    urls = offered.urls() if offered.hasUrls() else []
    return [url.toLocalFile() for url in urls] if all(url.isLocalFile() for url in urls) else []
