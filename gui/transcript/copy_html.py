"""Marked blocks as HTML that other programs read well: semantic tags, no theme colours.

What helps which program was measured: word processors tear code with margins apart, and lose tables
without borders in attributes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import takewhile

from gui.transcript.copy_pieces import Piece, loose_lists
from gui.transcript.segments import (
    BOLD,
    CODE,
    ITALIC,
    STRIKE,
    Container,
    Item,
    Kind,
    Quote,
    Row,
    Run,
    RunKind,
)

_TAGS = ((BOLD, "strong"), (ITALIC, "em"), (STRIKE, "s"), (CODE, "code"))
_CODE = "font-family:'Courier New',monospace;background:#f2f2f2"
_CELL = "border:1px solid #999;padding:4px"


def html_document(body: str) -> str:
    """Return a whole HTML document."""
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"></head><body>\n{body}\n</body></html>'
    )


def html_blocks(pieces: Sequence[Piece]) -> Iterator[str]:
    """Yield the HTML of one message, bit by bit."""
    return _Writer(loose_lists(pieces)).written(pieces)


class _Writer:
    """Opens and closes containers around blocks."""

    def __init__(self, loose: set[int]) -> None:
        self._loose = loose
        self._open: list[Container] = []
        self._parts: list[str] = []

    def written(self, pieces: Sequence[Piece]) -> Iterator[str]:
        """Yield the HTML of the blocks."""
        for piece in pieces:
            self._go_to(piece)
            yield from self._taken()
            if piece.kind is Kind.TABLE:
                yield from _table(piece)
            else:
                yield self._block(piece)
        self._leave(0, None)
        yield from self._taken()

    def _taken(self) -> list[str]:
        parts, self._parts = self._parts, []
        return parts

    def _go_to(self, piece: Piece) -> None:
        """Close and open containers until those of the block are open."""
        same = takewhile(lambda pair: pair[0] == pair[1], zip(self._open, piece.path, strict=False))
        depth = len(list(same))
        following = piece.path[depth] if depth < len(piece.path) else None
        self._leave(depth, following)
        for container in piece.path[depth:]:
            self._enter(container)
            self._open.append(container)
            following = None

    def _leave(self, depth: int, following: Container | None) -> None:
        """Close the inner containers; a list stays open for its next item."""
        self._continued = False
        while len(self._open) > depth:
            last = self._open.pop()
            if isinstance(last, Quote):
                self._parts.append("</blockquote>")
            elif isinstance(last, Item):
                goes_on = (
                    len(self._open) == depth
                    and isinstance(following, Item)
                    and following.list_start == last.list_start
                )
                end = "" if goes_on else "</ol>" if last.ordered else "</ul>"
                self._parts.append("</li>" + end)
                self._continued = goes_on

    def _enter(self, container: Container) -> None:
        if isinstance(container, Quote):
            self._parts.append("<blockquote>")
        elif isinstance(container, Item):
            if not self._continued:
                start = f' start="{container.number}"' if container.number != 1 else ""
                self._parts.append(f"<ol{start}>" if container.ordered else "<ul>")
            self._parts.append("<li>")
        else:
            self._parts.append(f"<p>[{escape(container.label)}]</p>")
        self._continued = False

    def _block(self, piece: Piece) -> str:  # noqa: PLR0911 - one a kind
        if piece.kind is Kind.RULE:
            return "<hr>\n"
        if piece.kind is Kind.CODE:
            return f'<pre style="{_CODE}"><code>{escape(piece.source, quote=False)}</code></pre>\n'
        if piece.kind is Kind.HTML:
            return f"<pre>{escape(piece.source, quote=False)}</pre>\n"
        if piece.kind is Kind.MATH:
            return f"<p>$${escape(piece.source, quote=False)}$$</p>\n"
        text = ("☑ " if piece.task else "☐ " if piece.task is False else "") + inline(piece.runs)
        if piece.level:
            return f"<h{piece.level}>{text}</h{piece.level}>\n"
        last = piece.path[-1] if piece.path else None
        if isinstance(last, Item) and last.list_start not in self._loose:
            return text
        return f"<p>{text}</p>\n"


def _table(piece: Piece) -> Iterator[str]:
    style = 'border="1" cellpadding="4" cellspacing="0" style="border-collapse:collapse"'
    yield f"<table {style}>\n"
    if piece.header is not None:
        yield f"<thead>{_row(piece.header, piece.aligns, 'th')}</thead>\n"
    yield "<tbody>"
    for row in piece.rows:
        yield _row(row, piece.aligns, "td")
    yield "</tbody>\n</table>\n"


def _row(row: Row, aligns: tuple[str, ...], tag: str) -> str:
    cells = []
    for cell, align in zip(row, aligns, strict=True):
        attribute = f' align="{align}"' if align else ""
        style = _CELL + (f";text-align:{align}" if align else "")
        cells.append(f'<{tag}{attribute} style="{style}">{inline(cell)}</{tag}>')
    return f"<tr>{''.join(cells)}</tr>"


def inline(runs: Sequence[Run]) -> str:
    """Return the HTML of running text."""
    return "".join([_run(run) for run in runs])


def _run(run: Run) -> str:
    if run.kind is RunKind.BREAK:
        return "<br>\n"
    if run.kind is RunKind.NOTE:
        return f"<sup>{escape(run.text)}</sup>"
    if run.kind in {RunKind.MATH, RunKind.DISPLAY_MATH}:
        text = escape(run.title, quote=False)
    elif run.kind is RunKind.IMAGE:
        text = escape(run.title or run.href, quote=False)
    else:
        text = escape(run.text, quote=False).replace("\n", "<br>\n")
    for mark, tag in _TAGS:
        if run.marks & mark:
            text = f"<{tag}>{text}</{tag}>"
    if run.kind not in {RunKind.MATH, RunKind.DISPLAY_MATH} and is_web_address(run.href):
        return f'<a href="{escape(run.href)}">{text}</a>'
    return text


def is_web_address(href: str) -> bool:
    """Whether a link leads where links may lead."""
    return href.lower().startswith(("http://", "https://", "mailto:"))
