"""The one place that writes to the clipboard: one text in all the forms that programs ask for."""

from __future__ import annotations

import atexit
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QMimeData
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


def _clear() -> None:
    """Give the data back before Python ends: without a system, Qt itself keeps it till later."""
    if QGuiApplication.instance() is not None:
        QGuiApplication.clipboard().clear()


def copy_plain(text: str) -> None:
    """Put characters on the clipboard, such as a code block or an address."""
    copy(CopiedText(plain=text))
