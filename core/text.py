"""Text from outside, made safe to keep, to encode and to show.

A lone surrogate cannot be encoded as UTF-8, and a NUL ends the text for many a reader of it; both
become U+FFFD, the character that stands for what could not be read.
"""

from __future__ import annotations

import re

UNREADABLE = "\N{REPLACEMENT CHARACTER}"

_NUL_OR_SURROGATE = re.compile("[\0\ud800-\udfff]")


def without_surrogates(text: str) -> str:
    """Return `text` with pairs of surrogates joined and lone ones replaced by U+FFFD."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


class DeltaCleaner:
    """Makes the pieces of one text harmless, also where a pair is split over two pieces."""

    def __init__(self) -> None:
        self._half = ""

    def feed(self, piece: str) -> str:
        """Return what can be shown once `piece` has come; empty when a half is waited for."""
        text = self._half + piece
        if not _NUL_OR_SURROGATE.search(text):
            return text
        self._half = ""
        if "\ud800" <= text[-1] <= "\udbff":
            text, self._half = text[:-1], text[-1]
        return without_surrogates(text.replace("\0", UNREADABLE))

    def finish(self) -> str:
        """Return what stands for a half whose other half never came."""
        half, self._half = self._half, ""
        return UNREADABLE if half else ""
