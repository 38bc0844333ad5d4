"""What a copy puts on the clipboard: HTML, plain text and Markdown of exactly what is marked."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from gui.clipboard import CopiedText
from gui.transcript.copy_html import html_blocks, html_document
from gui.transcript.copy_markdown import bare_source, markdown_lines, plain_lines
from gui.transcript.copy_pieces import Piece, Slice, add_slice, as_marked, whole
from gui.transcript.engine import MarkdownStream

if TYPE_CHECKING:
    from gui.transcript.segments import Segment

Steps: TypeAlias = Generator[int, None, CopiedText]
"""Renders a little with every step, which gives the number of characters it was about."""
PARSED_AT_ONCE = 6_000
"""Characters of Markdown read in one step, some 9 ms."""


class Rendering:
    """The three forms of what is marked in one message after the other."""

    def __init__(self) -> None:
        self._html: list[str] = []
        self._plain: list[str] = []
        self._markdown: list[str] = []
        self._bare: str | None = None

    def add(self, slices: Iterable[Slice]) -> Iterator[int]:
        """Render what is marked in another message, in steps."""
        pieces: list[Piece] = []
        for marked in slices:
            add_slice(pieces, marked)
            yield marked[2] - marked[1]
        pieces = as_marked(pieces)
        if not pieces:
            return
        self._bare = None if self._plain else bare_source(pieces)
        plain: list[str] = []
        markdown: list[str] = []
        for parts, texts in (
            (self._html, html_blocks(pieces)),
            (plain, plain_lines(pieces)),
            (markdown, markdown_lines(pieces)),
        ):
            for text in texts:
                parts.append(text)
                yield len(text)
        self._plain.append("\n".join(plain))
        self._markdown.append("\n".join(markdown))

    def result(self) -> CopiedText:
        """Return all forms."""
        if not self._plain:
            return CopiedText(plain="")
        plain = "\n\n".join(self._plain) if self._bare is None else self._bare
        html = html_document("".join(self._html))
        return CopiedText(plain=plain, html=html, markdown="\n\n".join(self._markdown))


def parsed(source: str) -> Generator[int, None, list[Segment]]:
    """Read Markdown in steps; give its segments."""
    stream = MarkdownStream()
    for start in range(0, len(source), PARSED_AT_ONCE):
        piece = source[start : start + PARSED_AT_ONCE]
        stream.feed(piece)
        yield len(piece)
    stream.finish()
    return stream.segments


def rendered_source(source: str) -> Steps:
    """Render the Markdown of an answer in steps, also when no transcript shows it."""
    segments = yield from parsed(source)
    rendering = Rendering()
    yield from rendering.add(whole(segments))
    text = rendering.result()
    return CopiedText(plain=text.plain, html=text.html, markdown=source)


def copy_slices(*messages: Sequence[Slice]) -> CopiedText:
    """Return what is marked in one or more messages, in the order of reading."""
    rendering = Rendering()
    for slices in messages:
        for _ in rendering.add(slices):
            pass
    return rendering.result()


def copy_message(segments: Iterable[Segment], source: str) -> CopiedText:
    """Return a whole message. Its Markdown is its source, to the letter."""
    text = copy_slices(whole(segments))
    return CopiedText(plain=text.plain, html=text.html, markdown=source)
