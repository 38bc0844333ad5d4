"""Pictures of answers: shown only after somebody asked, and never larger than the limits."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from urllib.parse import urlsplit

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QImageReader

MAX_BYTES = 20_000_000
"""Of an image's file."""
MAX_PIXELS = 40_000_000
"""Of an image's file; above this it is not decoded at all."""
MAX_SIDE = 2_000
"""Pixels of a picture that is kept; a larger one is made smaller while it is read."""
MAX_ADDRESS = 4_000
_LOOK_EVERY = 20
"""Milliseconds between two looks at what the thread has decoded."""


class ImageStore(QObject):
    """The pictures that the user asked for, by address.

    It does no network: it says what is wanted, and is given the bytes.

    Signals:
        requested: the bytes at this https address are wanted.
        changed: a picture has come, or could not be shown.
    """

    requested = Signal(str)
    changed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._images: dict[str, QImage] = {}
        self._wanted: set[str] = set()
        self._failed: set[str] = set()
        self._decoding: dict[str, Future[QImage]] = {}
        self._executor: ThreadPoolExecutor | None = None

        self._timer = QTimer(self, interval=_LOOK_EVERY)
        self._timer.timeout.connect(self._collect)

    def get(self, address: str) -> QImage | None:
        """Return a picture that is there; never starts anything."""
        return self._images.get(address)

    def is_loading(self, address: str) -> bool:
        """Whether a picture was asked for and has not come."""
        return address in self._wanted

    def has_failed(self, address: str) -> bool:
        """Whether a picture was asked for in vain. It may be asked for again."""
        return address in self._failed

    def request(self, address: str) -> bool:
        """Ask for a picture, if its address may be loaded at all."""
        if address in self._images or address in self._wanted or not is_loadable(address):
            return False
        self._wanted.add(address)
        self._failed.discard(address)
        self.changed.emit(address)
        self.requested.emit(address)
        return True

    def supply(self, address: str, data: bytes) -> None:
        """Take the bytes of a picture that was asked for; others are ignored."""
        if address not in self._wanted:
            return
        if not data or len(data) > MAX_BYTES:
            self.fail(address)
            return
        if self._executor is None:
            self._executor = ThreadPoolExecutor(1, thread_name_prefix="images")
        self._decoding[address] = self._executor.submit(decode, data)
        self._timer.start()

    def fail(self, address: str) -> None:
        """Take note that a picture could not be loaded."""
        self._wanted.discard(address)
        self._failed.add(address)
        self.changed.emit(address)

    def _collect(self) -> None:
        """Take what the thread has decoded since the last look."""
        done = [address for address, future in self._decoding.items() if future.done()]
        for address in done:
            self._on_decoded(address, self._decoding.pop(address).result())
        if not self._decoding:
            self._timer.stop()

    def _on_decoded(self, address: str, image: QImage) -> None:
        if image.isNull():
            self.fail(address)
            return
        self._wanted.discard(address)
        self._images[address] = image
        self.changed.emit(address)


def is_loadable(address: str) -> bool:
    """Whether one click may load this address: https with a host, of sane length."""
    if len(address) > MAX_ADDRESS:
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname)


def decode(data: bytes) -> QImage:
    """Read a picture, made smaller if it is large; a null image if that cannot be."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    if bytes(reader.format().data()) in {b"svg", b"svgz"}:  # a document, not a picture
        return QImage()
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > MAX_PIXELS:
        return QImage()
    if max(size.width(), size.height()) > MAX_SIDE:
        bounds = QSize(MAX_SIDE, MAX_SIDE)
        reader.setScaledSize(size.scaled(bounds, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()
