"""Segments of running text into small documents, and their growth while an answer streams."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument

from gui.transcript.formats import FORMULA_OBJECT, PICTURE_OBJECT, Formats
from gui.transcript.segments import OBJECT, Block, Run, RunKind, TextSegment

if TYPE_CHECKING:
    from gui.transcript.objects import TextObjects

_LINE_BREAK = "\u2028"
"""Qt's name for a line break inside a text block."""


class DocumentBuilder:
    """Makes the documents of one view: all of one style, with one set of drawn objects."""

    def __init__(self, formats: Formats, objects: TextObjects) -> None:
        self.formats = formats
        self.objects = objects

    def empty(self) -> QTextDocument:
        """Return a document without a margin, ready for text in the view's font."""
        document = QTextDocument()
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(0)
        document.setIndentWidth(1)  # so that indents are pixels, and change sides with the text
        document.setDefaultFont(self.formats.font)
        layout = document.documentLayout()
        layout.registerHandler(FORMULA_OBJECT, self.objects)
        layout.registerHandler(PICTURE_OBJECT, self.objects)
        return document

    def text(self, segment: TextSegment) -> QTextDocument:
        """Build the document of a paragraph, heading, list, quote or footnote."""
        document = self.empty()
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        self._insert_blocks(cursor, segment.blocks, fresh=True)
        cursor.endEditBlock()
        return document

    def grow_text(
        self, document: QTextDocument, segment: TextSegment, *, block: int, chars: int
    ) -> None:
        """Append what `segment` has after `chars` characters of its block number `block`."""
        cursor = QTextCursor(document)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.beginEditBlock()
        grown = segment.blocks[block]
        if cursor.blockNumber() < block:
            self._insert_blocks(cursor, segment.blocks[block:], fresh=False)
        else:
            self.insert_runs(cursor, runs_after(grown.runs, chars), level=grown.level)
            self._insert_blocks(cursor, segment.blocks[block + 1 :], fresh=False)
        cursor.endEditBlock()

    def insert_runs(self, cursor: QTextCursor, runs: list[Run], *, level: int = 0) -> None:
        """Insert runs in their formats."""
        for run in runs:
            cursor.insertText(shown_text(run), self._format(run, level))

    def _format(self, run: Run, level: int) -> QTextCharFormat:
        result = self.formats.char(run, level)
        if run.text == OBJECT:
            self.objects.align(result)
        return result

    def _insert_blocks(self, cursor: QTextCursor, blocks: list[Block], *, fresh: bool) -> None:
        plain = QTextCharFormat()
        for block in blocks:
            top = 0.0 if fresh else self._gap(block)
            form = self.formats.block(self.formats.indent(block.path), top, block.level)
            if fresh:
                cursor.setBlockFormat(form)
                fresh = False
            else:
                cursor.insertBlock(form, plain)
            self.insert_runs(cursor, block.runs, level=block.level)

    def _gap(self, block: Block) -> float:
        metrics = self.formats.metrics
        if block.level:
            return metrics.heading_gap_above
        if block.gap:
            return metrics.paragraph_gap
        return metrics.item_gap if block.path else 0.0


def shown_text(run: Run) -> str:
    """Return a run's characters as a document holds them."""
    return _LINE_BREAK if run.kind is RunKind.BREAK else run.text


def runs_after(runs: list[Run], chars: int) -> list[Run]:
    """Return the runs without the first `chars` characters."""
    index = 0
    while index < len(runs) and chars >= len(runs[index].text):
        chars -= len(runs[index].text)
        index += 1
    result = runs[index:]
    if result and chars:
        result[0] = result[0]._replace(text=result[0].text[chars:])
    return result
