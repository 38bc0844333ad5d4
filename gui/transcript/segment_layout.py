"""One segment as it stands in the view: its document, its height, its painting.

The base class holds what all kinds share; a subclass a kind adds its frame. A segment far from the
screen has no document, and its height is an estimate.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QPainter,
    QPalette,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from gui.transcript.beside import paint_beside
from gui.transcript.formats import FORMULA_OBJECT
from gui.transcript.object_formats import Undrawn, object_formats
from gui.transcript.segments import OBJECT, Change, Segment

if TYPE_CHECKING:
    from gui.transcript.build import DocumentBuilder
    from gui.transcript.formats import Formats
    from gui.transcript.objects import TextObjects

if TYPE_CHECKING:
    from gui.transcript.block_colours import BlockColours


class Mark(NamedTuple):
    """Characters of a segment that are drawn with another background."""

    start: int
    end: int
    form: QTextCharFormat


@dataclass(slots=True)
class Group:
    """What the pieces of one code block or table share."""

    wrap: bool = False
    scroll: int = 0
    """How far the content is scrolled to the left, in pixels."""
    content: int = 0
    """Width of the widest line that is known."""
    natural: list[int] = field(default_factory=list)
    """Widths that a table's columns would like to have."""
    columns: list[int] = field(default_factory=list)
    """Widths that they have."""
    version: int = 0
    """Grows when the columns' widths change."""
    colours: BlockColours | None = None
    """The colours of a code block, as far as they are known."""


@dataclass(slots=True)
class LayoutKit:
    """What layouts are made with: replaced as a whole when theme, font or zoom change."""

    formats: Formats
    builder: DocumentBuilder
    objects: TextObjects
    palette: QPalette
    dim_palette: QPalette


class SegmentLayout:
    """A segment in a column of some width; `top` is its place in its message.

    Offsets count the characters of the segment's text, as `segments` does.
    """

    __slots__ = (
        "dim",
        "document",
        "exact",
        "gap",
        "group",
        "height",
        "is_last",
        "kit",
        "left",
        "segment",
        "shared",
        "top",
        "undrawn",
        "width",
    )

    def __init__(self, segment: Segment, kit: LayoutKit, group: Group) -> None:
        self.segment = segment
        self.kit = kit
        self.group = group
        self.top = 0
        self.height = 0
        self.gap = 0
        """Space above, part of the height."""
        self.shared = 0
        """How many containers it has in common with the segment before."""
        self.is_last = True
        """Whether the block ends with this piece."""
        self.dim = False
        self.width = 0
        self.left = 0
        self.exact = False
        self.document: QTextDocument | None = None
        self.undrawn = Undrawn()

    # -- size

    @property
    def room(self) -> int:
        """Width inside the containers."""
        return max(40, self.width - self.left)

    def set_width(self, width: int) -> None:
        """Take another column width; the height is an estimate until `ensure`."""
        self.width = width
        self.exact = False
        self.height = self.gap + self.estimate()

    def set_gap(self, gap: int) -> None:
        """Set the space above."""
        self.height += gap - self.gap
        self.gap = gap

    def ensure(self) -> bool:
        """Build and lay out; return whether the height changed."""
        if self.document is None:
            self.document = self.build()
            self.exact = False
        if self.exact:
            return False
        before = self.height
        self.height = self.gap + self.lay_out(self.document)
        self.exact = True
        return self.height != before

    @property
    def is_ready(self) -> bool:
        """Whether it could be painted at once."""
        return self.exact and self.document is not None

    def objects_changed(self, *, formulas_only: bool = False) -> bool:
        """Lay out again if there are formulas or pictures, which may have other sizes now.

        With `formulas_only`, nothing is done unless a formula has been drawn since the last time.
        Returns whether anything was.
        """
        document = self.document
        if document is None or OBJECT not in self.segment.text:
            return False
        if formulas_only and self.undrawn == Undrawn(document, document.revision()):
            return False
        forms = object_formats(document)
        undrawn = sum(
            form.objectType() == FORMULA_OBJECT and self.kit.objects.formula(form) is None
            for _cursor, form in forms
        )
        if formulas_only and self.undrawn == Undrawn(document, document.revision(), undrawn):
            return False
        for cursor, form in forms:
            self.kit.objects.align(form)
            cursor.setCharFormat(form)
        document.markContentsDirty(0, document.characterCount())
        self.undrawn = Undrawn(document, document.revision(), undrawn)
        self.exact = False
        return True

    def release(self) -> None:
        """Give the document back; the height stays known."""
        self.document = None

    def grow(self, change: Change) -> int:
        """Follow a segment that was added to at its end; return where repainting must begin."""
        before = self.height
        if self.document is None:
            self.exact = False
            self.height = self.gap + self.estimate()
            return 0
        self.append(self.document, change)
        self.exact = False
        self.ensure()
        return max(0, before - self.last_line())

    def last_line(self) -> int:
        """Height of what may change at the end when text is added."""
        return math.ceil(2 * self.kit.formats.line_height)

    # -- what a kind decides

    def estimate(self) -> int:
        """Guess the height without the gap, at `width`."""
        return 0

    def build(self) -> QTextDocument:
        """Make the document."""
        return self.kit.builder.empty()

    def append(self, _document: QTextDocument, _change: Change) -> None:
        """Bring a document up to date with a segment that grew."""

    def lay_out(self, document: QTextDocument) -> int:
        """Lay the document out at `width`; return the height without the gap."""
        document.setTextWidth(self.room)
        return math.ceil(document.size().height())

    def origin(self) -> tuple[int, int]:
        """Where the document begins inside the segment's rectangle."""
        return (self.left, self.gap)

    def paint_frame(self, painter: QPainter, _clip: QRectF) -> None:
        """Paint what lies behind and beside the text, from the segment's top left."""
        paint_beside(painter, self)

    def first_middle(self) -> float:
        """Return the middle of the first line, where a list's marker stands."""
        return self.caret(0).center().y()

    # -- painting

    def paint(
        self,
        painter: QPainter,
        clip: QRectF,
        marks: list[Mark],
        context: QAbstractTextDocumentLayout.PaintContext,
    ) -> None:
        """Paint what of the segment is inside `clip`; both in the segment's coordinates."""
        self.ensure()
        self.paint_frame(painter, clip)
        self.paint_document(painter, clip, marks, context)

    def paint_document(
        self,
        painter: QPainter,
        clip: QRectF,
        marks: list[Mark],
        context: QAbstractTextDocumentLayout.PaintContext,
    ) -> None:
        """Paint the text with its marks."""
        document = self.document
        if document is None:
            return
        x, y = self.origin()
        context.palette = self.kit.dim_palette if self.dim else self.kit.palette
        context.clip = clip.translated(-x, -y)
        context.selections = [self._selection(mark) for mark in marks]
        painter.translate(x, y)
        document.documentLayout().draw(painter, context)
        painter.translate(-x, -y)

    def _selection(self, mark: Mark) -> QAbstractTextDocumentLayout.Selection:
        result = QAbstractTextDocumentLayout.Selection()
        result.cursor = self.cursor(mark.start, mark.end)
        result.format = mark.form
        return result

    # -- places in the text

    def cursor(self, start: int, end: int) -> QTextCursor:
        """Return a cursor over these characters of a built document."""
        result = QTextCursor(self.document) if self.document else QTextCursor()
        last = self.document.characterCount() - 1 if self.document else 0
        result.setPosition(min(last, self.position(start)))
        result.setPosition(min(last, self.position(end)), QTextCursor.MoveMode.KeepAnchor)
        return result

    def position(self, offset: int) -> int:
        """Return an offset's place in the document, which counts UTF-16 units."""
        text = self._astral_text()
        return offset if text is None else offset + _pairs(text[:offset])

    def offset(self, position: int) -> int:
        """Return the offset of a place in the document."""
        text = self._astral_text()
        if text is None:
            return position
        units = text.encode("utf-16-le", "surrogatepass")[: 2 * position]
        return len(units.decode("utf-16-le", "ignore"))

    def _astral_text(self) -> str | None:
        text = self.segment.text
        return None if text.isascii() or max(text) <= "\uffff" else text

    @property
    def length(self) -> int:
        """Characters of the segment."""
        return len(self.segment.text)

    def hit(self, x: float, y: float) -> int:
        """Return the offset nearest to a point in the segment's coordinates."""
        self.ensure()
        if self.document is None:
            return 0
        left, top = self.origin()
        position = self.document.documentLayout().hitTest(
            QPointF(x - left, y - top), Qt.HitTestAccuracy.FuzzyHit
        )
        return min(self.length, self.offset(max(0, position)))

    def format_at(self, x: float, y: float) -> QTextCharFormat | None:
        """Return the format of the character exactly at a point, if there is one."""
        self.ensure()
        if self.document is None:
            return None
        left, top = self.origin()
        layout = self.document.documentLayout()
        position = layout.hitTest(QPointF(x - left, y - top), Qt.HitTestAccuracy.ExactHit)
        if position < 0:
            return None
        cursor = QTextCursor(self.document)
        cursor.setPosition(min(position + 1, self.document.characterCount() - 1))
        return cursor.charFormat()

    def words_at(self, x: float, y: float) -> str:
        """Return the characters around a point that have one format, such as a link's words."""
        self.ensure()
        if self.document is None:
            return ""
        left, top = self.origin()
        position = self.document.documentLayout().hitTest(
            QPointF(x - left, y - top), Qt.HitTestAccuracy.ExactHit
        )
        block = self.document.findBlock(max(0, position))
        target = self.format_at(x, y)
        words = ""
        for line in block.textFormats():
            here = block.text()[line.start : line.start + line.length]
            if target is not None and line.format.anchorHref() == target.anchorHref():
                words += here
            elif words and line.start > position - block.position():
                break
            else:
                words = ""
        return words

    def unit(self, offset: int, kind: QTextCursor.SelectionType) -> tuple[int, int]:
        """Return the word, line or block around an offset."""
        self.ensure()
        if self.document is None:
            return (0, self.length)
        cursor = self.cursor(offset, offset)
        cursor.select(kind)
        return (
            self.offset(cursor.selectionStart()),
            min(self.length, self.offset(cursor.selectionEnd())),
        )

    def moved(self, offset: int, operation: QTextCursor.MoveOperation) -> int:
        """Return the offset after moving a caret inside the segment; the same at its ends."""
        self.ensure()
        if self.document is None:
            forward = operation in {
                QTextCursor.MoveOperation.NextCharacter,
                QTextCursor.MoveOperation.NextWord,
            }
            return self.length if forward else 0
        cursor = self.cursor(offset, offset)
        cursor.movePosition(operation)
        return max(0, min(self.length, self.offset(cursor.position())))

    def caret(self, offset: int) -> QRectF:
        """Return where the caret before a character stands, in the segment's coordinates."""
        self.ensure()
        if self.document is None:
            return QRectF(0, self.gap, 1, self.height - self.gap)
        position = min(self.position(offset), self.document.characterCount() - 1)
        block = self.document.findBlock(position)
        line = block.layout().lineForTextPosition(position - block.position())
        base = self._base_of(block)
        if not line.isValid():
            return QRectF(base.x(), base.y(), 1, self.kit.formats.line_height)
        x: Any = line.cursorToX(position - block.position())
        across = x[0] if isinstance(x, tuple) else x  # PySide gives the position back, too
        return QRectF(base.x() + across, base.y() + line.y(), 1, line.height())

    def _base_of(self, block: QTextBlock) -> QPointF:
        """Return where the lines of a block begin, also inside a table's cell."""
        if self.document is None:
            return QPointF()
        layout = block.layout()
        bounds = self.document.documentLayout().blockBoundingRect(block).topLeft()
        left, top = self.origin()
        return bounds - layout.boundingRect().topLeft() + QPointF(left, top)


def _pairs(text: str) -> int:
    return sum(character > "\uffff" for character in text)
