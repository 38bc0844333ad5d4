"""Names for files that every system takes: Windows, macOS, Linux, and what synchronises them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

LONGEST = 120
"""Bytes of UTF-8 in a name without its suffix; encrypted file systems take as few as 143."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*]+')
_JOINERS = "\u200c\u200d"
_RESERVED = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\s*\.|\s*$)", re.IGNORECASE
)


def safe_name(text: str, *, longest: int = LONGEST) -> str:
    """Return a name like `text` that is a file's name everywhere; empty when nothing is left.

    It has no suffix, holds no path, and is in Unicode's composed form, as most systems keep it.
    """
    composed = unicodedata.normalize("NFC", text)
    kept = "".join(" " if _is_invisible(character) else character for character in composed)
    words = _FORBIDDEN.sub(" ", kept).split()
    name = " ".join(word for word in words if word.strip(".")).strip(". ")
    if _RESERVED.match(name):
        name = f"_{name}"
    # Cut between letters: at a byte, half a letter could be left.
    return name.encode()[:longest].decode(errors="ignore").strip(". ")


def _is_invisible(character: str) -> bool:
    """Whether it is a control, a mark of direction, a lone surrogate, or belongs to nobody."""
    return unicodedata.category(character)[0] == "C" and character not in _JOINERS


def folded(name: str) -> str:
    """Return what two names have in common that are the same to Windows or macOS."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def unique_name(stem: str, suffix: str, taken: Container[str]) -> str:
    """Return `stem` with `suffix`, and with a number where its folded form is in `taken`."""
    name = f"{stem}{suffix}"
    number = 2
    while folded(name) in taken:
        name = f"{stem} ({number}){suffix}"
        number += 1
    return name
