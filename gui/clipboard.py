"""The one place that writes to the clipboard: one text in all the forms that programs ask for."""

from __future__ import annotations

import atexit
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QByteArray, QMetaType, QMimeData
from PySide6.QtGui import QClipboard, QGuiApplication

MARKDOWN_TYPE = "text/markdown"
"""Exactly this name, without a charset: other programs look for it so."""

_WITHOUT_A_SYSTEM = frozenset({"offscreen", "minimal"})


@dataclass(frozen=True, slots=True)
class CopiedText:
    """One text in three forms; an empty form is left out."""

    plain: str
    html: str = ""
    markdown: str = ""


def mime_data(text: CopiedText) -> QMimeData:
    """Return all forms together, for the clipboard or for dragging."""
    result = QMimeData()
    if text.html:
        result.setHtml(text.html)
    if text.plain:
        result.setText(text.plain)
    if text.markdown:
        result.setData(MARKDOWN_TYPE, QByteArray(text.markdown.encode("utf-8", "replace")))
    return result


def copy(text: CopiedText, *, mode: QClipboard.Mode = QClipboard.Mode.Clipboard) -> None:
    """Put a text on the clipboard in all its forms; an empty one changes nothing."""
    if not (text.plain or text.html or text.markdown):
        return
    if QGuiApplication.platformName() in _WITHOUT_A_SYSTEM:
        atexit.unregister(_clear)
        atexit.register(_clear)
    QGuiApplication.clipboard().setMimeData(mime_data(text), mode)


class _AskedFor(QMimeData):
    """A text that is made when another program asks for it."""

    def __init__(self, make: Callable[[], CopiedText]) -> None:
        super().__init__()
        self._make = make
        self._made: QMimeData | None = None

    def formats(self) -> list[str]:
        """Name what can be had."""
        return ["text/html", "text/plain", MARKDOWN_TYPE]

    def hasFormat(self, name: str) -> bool:
        """Whether this can be had."""
        return name in self.formats()

    def retrieveData(self, name: str, _kind: QMetaType | QMetaType.Type) -> Any:
        """Make the text, once, and give it in the form that is wanted."""
        if self._made is None:
            self._made = mime_data(self._make())
        if name == "text/plain":
            return self._made.text()
        return self._made.html() if name == "text/html" else self._made.data(name)


def asked_for(make: Callable[[], CopiedText]) -> QMimeData:
    """Return all forms of a text that `make` makes, once, when somebody asks for it, or never."""
    return _AskedFor(make)


def offer_selection(make: Callable[[], CopiedText]) -> None:
    """Offer what is selected to a middle click, where the desktop has such a thing (X11).

    `make` is called once, when somebody asks, or never.
    """
    board = QGuiApplication.clipboard()
    if board.supportsSelection():
        board.setMimeData(asked_for(make), QClipboard.Mode.Selection)


def _clear() -> None:
    """Give the data back before Python ends: without a system, Qt itself keeps it till later."""
    if QGuiApplication.instance() is not None:
        QGuiApplication.clipboard().clear()


def copy_plain(text: str) -> None:
    """Put characters on the clipboard, such as a code block or an address."""
    copy(CopiedText(plain=text))
