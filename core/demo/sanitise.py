"""What WordPress and the plugin do to a text before the model sees it."""

from __future__ import annotations

import html
import json
import re

from core.demo.scenario import Version

Turn = tuple[str, str]
"""A role and what it says."""

_SCRIPT = re.compile(r"<(script|style)[^>]*?>.*?</\1>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<(?!\s)[^>]*>")
_UNCLOSED = re.compile(r"<(?!\s)[^<>]*(?=<|\Z)")
_BLANKS = re.compile(r"[\r\n\t ]+")
_OCTET = re.compile(r"%[a-f0-9]{2}", re.IGNORECASE)
_ENTITY = re.compile(r"&(?!(?:[a-zA-Z]+|#\d+|#x[0-9a-fA-F]+);)")


class BrokenHistoryError(Exception):
    """A history that makes release 1.8.68 die with a fatal error."""


def is_empty(text: str) -> bool:
    """Return whether PHP's `empty` holds: nothing, or a zero."""
    return text in {"", "0"}


def readable(text: str) -> str:
    """Return `text` with bytes that were no UTF-8 replaced."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def text_field(text: str, *, keep_newlines: bool = False) -> str:
    """Return `text` after WordPress's sanitize_text_field, or sanitize_textarea_field.

    A `<` before white space is kept, as the recordings show it.
    """
    if any("\ud800" <= character <= "\udfff" for character in text):
        return ""
    if "<" in text:
        text = _UNCLOSED.sub(lambda found: esc_html(found[0]), text)
        if "</" in text:
            text = _SCRIPT.sub("", text)
        text = _TAG.sub("", text).strip()
    if not keep_newlines:
        text = _BLANKS.sub(" ", text)
    text = text.strip(" \t\n\r\0\x0b")
    return _without_octets(text)


def message(text: str, version: Version) -> str:
    """Return the question as `version` hands it to the model."""
    if version.before(1, 8, 93):
        return text_field(add_slashes(text))
    if version.before(1, 8, 96):
        return text_field(text)
    return readable(text).strip(" \t\n\r\0\x0b")


def history(text: str, version: Version) -> list[Turn]:
    """Return the turns that `version` makes of the field `wpaicg_chat_history`.

    Raises:
        BrokenHistoryError: 1.8.68 met an entry that is no string.
    """
    kept = text_field(text, keep_newlines=not version.before(1, 8, 93)).replace("\\", "")
    try:
        entries = json.loads(kept)
    except ValueError:
        return []
    return [_turn(entry, version) for entry in entries] if isinstance(entries, list) else []


def add_slashes(text: str) -> str:
    """Return `text` with a backslash before each quote and backslash, as WordPress slashes it."""
    return re.sub(r"([\\'\"])", r"\\\1", text).replace("\0", "\\0")


def esc_html(text: str) -> str:
    """Return `text` with its special characters as entities; entities stay what they are."""
    text = _ENTITY.sub("&amp;", text).replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("'", "&#039;")


def unescaped(text: str) -> str:
    """Return `text` as the person meant it: a browser sends `&lt;` for `<`."""
    return html.unescape(text)


def _without_octets(text: str) -> str:
    shorter = _OCTET.sub("", text)
    if shorter == text:
        return text
    while shorter != text:
        text, shorter = shorter, _OCTET.sub("", shorter)
    return re.sub(" +", " ", text).strip()


def _turn(entry: object, version: Version) -> Turn:
    if not isinstance(entry, str):
        if version.before(1, 8, 93):
            raise BrokenHistoryError
        entry = str(entry.get("text", "")) if isinstance(entry, dict) else str(entry)
    if entry.startswith("Human: "):
        return "user", entry.removeprefix("Human: ")
    return "assistant", entry.replace("AI: ", "")
