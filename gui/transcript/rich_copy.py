"""What a copy puts on the clipboard: HTML, plain text and Markdown of exactly what is marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gui.transcript.copy_html import html_document
from gui.transcript.copy_markdown import markdown, plain
from gui.transcript.copy_pieces import Slice, pieces_of, whole

if TYPE_CHECKING:
    from gui.transcript.segments import Segment


@dataclass(frozen=True, slots=True)
class RichText:
    """The same text in three forms."""

    html: str
    """A whole document, for programs with formats."""
    plain: str
    """Readable; tables as tab-separated values, for programs with cells."""
    markdown: str


def copy_slices(*messages: Sequence[Slice]) -> RichText:
    """Return what is marked in one or more messages, in the order of reading."""
    pieces = [piece for slices in messages for piece in pieces_of(slices)]
    return RichText(html_document(pieces), plain(pieces), markdown(pieces))


def copy_message(segments: Iterable[Segment], source: str) -> RichText:
    """Return a whole message. Its Markdown is its source, to the letter."""
    pieces = pieces_of(whole(segments))
    return RichText(html_document(pieces), plain(pieces), source)
