"""Putting colours on code blocks: a few lines in one step, only where they are seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextDocument, QTextLayout

from gui.transcript.block_colours import BlockColours
from gui.transcript.code_block import CodeLayout
from gui.transcript.lexers import prepare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gui.transcript.highlight_lexer import LineColours
    from gui.transcript.segment_layout import SegmentLayout
    from gui.transcript.style import TranscriptStyle

_APPLIED_AT_ONCE = 12


class Highlighter:
    """Colours the lines of built documents. The text itself, and its formats, stay untouched."""

    def __init__(self, style: TranscriptStyle) -> None:
        self.style = style
        self._formats: dict[str, QTextCharFormat] = {}
        for name, colour in style.tokens.items():
            form = QTextCharFormat()
            form.setForeground(colour)
            self._formats[name] = form

    def colour(self, pieces: Sequence[SegmentLayout], layout: CodeLayout) -> bool:
        """Take one step for a piece of a block; return whether it may take another."""
        group = layout.group
        if group.colours is None:
            if prepare(layout.code.language):
                return True
            group.colours = BlockColours(layout.code.language)
        block = group.colours
        if not block.is_known:
            return False
        code = [piece for piece in pieces if isinstance(piece, CodeLayout)]
        first = sum(piece.line_count for piece in code[: code.index(layout)])
        if self._apply_known(layout, block, first):
            return True
        if block.is_final:
            return False
        changed = self._learn(block, code)
        if not changed:
            return False
        self._spoil(code, changed)
        return True

    def _learn(self, block: BlockColours, code: list[CodeLayout]) -> range:
        lines = [line for piece in code for line in piece.segment.text.split("\n")]
        if code[-1].code.complete or code[-1].segment.closed:
            return block.finish(lines)
        return block.feed(lines[:-1])

    def _spoil(self, code: list[CodeLayout], changed: range) -> None:
        """Have the changed lines coloured again."""
        first = 0
        for piece in code:
            piece.coloured = min(piece.coloured, max(0, changed.start - first))
            first += piece.line_count

    def _apply_known(self, layout: CodeLayout, block: BlockColours, first: int) -> bool:
        """Put known colours on some lines of a document; return whether there were any."""
        document = layout.document
        if document is None:
            return False
        start = layout.coloured
        end = min(start + _APPLIED_AT_ONCE, layout.line_count, len(block.lines) - first)
        if start >= end:
            return False
        self._apply(document, start, block.lines[first + start : first + end])
        layout.coloured = end
        return True

    def _apply(self, document: QTextDocument, start: int, lines: list[LineColours]) -> None:
        text_block = document.findBlockByNumber(start)
        begin = text_block.position()
        for colours in lines:
            if not text_block.isValid():
                return
            text_block.layout().setFormats(self._ranges(text_block, colours))
            text_block = text_block.next()
        end = text_block.position() if text_block.isValid() else document.characterCount()
        document.markContentsDirty(begin, max(1, end - begin))

    def _ranges(
        self, text_block: QTextBlock, colours: LineColours
    ) -> list[QTextLayout.FormatRange]:
        text = text_block.text() if colours else ""
        astral = not text.isascii() and max(text) > "\uffff"
        result = []
        for colour in colours:
            form = self._formats.get(colour.name)
            if form is None:
                continue
            item = QTextLayout.FormatRange()
            item.start, item.length = colour.start, colour.length
            if astral:
                item.start += _pairs(text[: colour.start])
                item.length += _pairs(text[colour.start : colour.start + colour.length])
            item.format = form
            result.append(item)
        return result


def _pairs(text: str) -> int:
    return sum(character > "\uffff" for character in text)
