"""A table: columns that fit their text, shared by all its pieces; scrolled sideways if too wide."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)

from gui.transcript.framed_layout import FramedLayout
from gui.transcript.segments import BOLD, OBJECT, Change, Row, Segment, TableSegment

if TYPE_CHECKING:
    from gui.transcript.segment_layout import Group, LayoutKit

_ALIGNMENT = {
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
    "left": Qt.AlignmentFlag.AlignLeft,
}
_FORMULA_CHARACTERS = 12
"""Room that is kept for a formula in a cell."""


class TableLayout(FramedLayout):
    """A table, or some rows of a long one. No table is inside a table."""

    __slots__ = ("_laid_out", "_lines", "_measured", "_table")

    def __init__(self, segment: Segment, kit: LayoutKit, group: Group) -> None:
        super().__init__(segment, kit, group)
        self._table: QTextTable | None = None
        self._lines: list[float] = []
        """Where the lines between rows are, in the document."""
        self._measured = 0
        """So many rows have had their say about the columns' widths."""
        self._laid_out = -1
        """The version of the columns that the document is laid out for."""

    @property
    def table(self) -> TableSegment:
        """The segment, as what it is."""
        return cast("TableSegment", self.segment)

    @property
    def frame_width(self) -> int:
        """As wide as the columns, but never wider than the column of text."""
        return min(self.room, sum(self.group.columns) + 1)

    @property
    def fill(self) -> QColor:
        """A table stands on the page."""
        return self.kit.formats.style.colours.background

    # -- columns

    def measure(self) -> bool:
        """Let new rows say how wide they are; return whether the columns' widths changed."""
        formats = self.kit.formats
        padding = 2 * round(formats.metrics.cell_padding + formats.metrics.cell_spare)
        natural = self.group.natural
        rows = self.table.rows
        if not natural:
            bold = QFont(formats.font)
            bold.setWeight(QFont.Weight.DemiBold)
            natural.extend(self._row_widths(self.table.header, bold, padding))
        for row in rows[self._measured :]:
            for column, width in enumerate(self._row_widths(row, formats.font, padding)):
                natural[column] = max(natural[column], width)
        self._measured = len(rows)
        columns = fitted(natural, self.room - 1, round(9 * formats.character_width) + padding)
        if columns == self.group.columns:
            return False
        self.group.columns[:] = columns
        self.group.content = sum(columns) + 1
        self.group.version += 1
        return True

    def _row_widths(self, row: Row, font: QFont, padding: int) -> list[int]:
        metrics = QFontMetricsF(font)
        result = []
        for cell in row:
            text = "".join([run.text for run in cell])
            width = metrics.horizontalAdvance(text)
            if any(run.marks for run in cell):
                width *= 1.08  # bold and code are a little wider
            width += text.count(OBJECT) * _FORMULA_CHARACTERS * self.kit.formats.character_width
            result.append(math.ceil(width) + padding)
        return result

    def set_width(self, width: int) -> None:
        """Fit the columns into another width."""
        self.width = width
        self.measure()
        super().set_width(width)

    def grow(self, change: Change) -> int:
        """Measure the new rows before they are laid out."""
        self.measure()
        return super().grow(change)

    def ensure(self) -> bool:
        """Lay out again if another piece has changed the columns."""
        if self._laid_out != self.group.version:
            self.exact = False
            self._laid_out = self.group.version
        return super().ensure()

    # -- document

    def estimate(self) -> int:
        """Count the lines of every row's fullest cell."""
        formats = self.kit.formats
        padding = 2 * round(formats.metrics.cell_padding)
        rows = len(self.table.rows) + self.is_first
        lines = float(rows)
        for row in self.table.rows:
            lines += max(
                (
                    sum([len(run.text) for run in cell]) * formats.character_width // max(20, width)
                    for cell, width in zip(row, self.group.columns, strict=False)
                ),
                default=0.0,
            )
        return round(lines * formats.line_height + rows * padding)

    def build(self) -> QTextDocument:
        """Make a document that holds one table."""
        document = self.kit.builder.empty()
        shown = self.table.rows if not self.is_first else [self.table.header, *self.table.rows]
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        self._table = cursor.insertTable(
            max(1, len(shown)), max(1, len(self.table.header)), self._format()
        )
        for index, row in enumerate(shown):
            self._fill(index, row, header=self.is_first and index == 0)
        self._shrink_rest(document)
        cursor.endEditBlock()
        return document

    def _format(self) -> QTextTableFormat:
        result = QTextTableFormat()
        result.setBorder(0)
        result.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
        result.setCellSpacing(0)
        result.setCellPadding(round(self.kit.formats.metrics.cell_padding))
        result.setColumnWidthConstraints(self._constraints())
        return result

    def _constraints(self) -> list[QTextLength]:
        fixed = QTextLength.Type.FixedLength
        return [QTextLength(fixed, max(1, width)) for width in self.group.columns]

    def _shrink_rest(self, document: QTextDocument) -> None:
        """Make the empty block that Qt keeps behind every table as low as can be."""
        cursor = QTextCursor(document)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        form = QTextBlockFormat()
        form.setLineHeight(0, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor.setBlockFormat(form)
        before = QTextCursor(document)
        before.setBlockFormat(form)

    def _fill(self, index: int, row: Row, *, header: bool) -> None:
        if self._table is None:
            return
        for column, cell in enumerate(row):
            cursor = self._table.cellAt(index, column).firstCursorPosition()
            form = QTextBlockFormat()
            name = self.table.aligns[column] if column < len(self.table.aligns) else ""
            if name in _ALIGNMENT:
                form.setAlignment(_ALIGNMENT[name])
            cursor.setBlockFormat(form)
            runs = [run._replace(marks=run.marks | BOLD) for run in cell] if header else cell
            cursor.setBlockCharFormat(QTextCharFormat())
            self.kit.builder.insert_runs(cursor, runs)

    def append(self, document: QTextDocument, change: Change) -> None:
        """Append the new rows to the table that is there."""
        if self._table is None:
            return
        rows = self.table.rows[change.rows :]
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        first = self._table.rows()
        self._table.appendRows(len(rows))
        for index, row in enumerate(rows):
            self._fill(first + index, row, header=False)
        cursor.endEditBlock()

    def release(self) -> None:
        """Give the table back with its document."""
        super().release()
        self._table = None

    def lay_out(self, document: QTextDocument) -> int:
        """Lay out in the columns' widths, and note where the rows end."""
        if self._table is None:
            return 0
        form = self._table.format()
        constraints = self._constraints()
        if form.columnWidthConstraints() != constraints:
            form.setColumnWidthConstraints(constraints)
            self._table.setFormat(form)
        width = sum(self.group.columns)
        if document.textWidth() != width:
            document.setTextWidth(width)
        self._lines = self._row_tops(document)
        return math.ceil(self._bottom(document))

    def _bottom(self, document: QTextDocument) -> float:
        """Return where the fullest cell of the last row ends."""
        table = self._table
        if table is None or not document.size().height():
            return 0.0
        layout = document.documentLayout()
        last = table.rows() - 1
        ends = [
            layout.blockBoundingRect(
                table.cellAt(last, column).lastCursorPosition().block()
            ).bottom()
            for column in range(table.columns())
        ]
        return max(ends) + round(self.kit.formats.metrics.cell_padding)

    def _row_tops(self, document: QTextDocument) -> list[float]:
        table = self._table
        if table is None:
            return []
        layout = document.documentLayout()
        padding = round(self.kit.formats.metrics.cell_padding)
        return [
            layout.blockBoundingRect(table.cellAt(row, 0).firstCursorPosition().block()).top()
            - padding
            for row in range(table.rows())
        ]

    def last_line(self) -> int:
        """The lines below every row may move by one."""
        return super().last_line() + 2 * round(self.kit.formats.metrics.cell_padding)

    def paint_inside(self, painter: QPainter, rect: QRectF, whole: QRectF) -> None:
        """Paint the header's background and the lines between the rows."""
        colours = self.kit.formats.style.colours
        painter.save()
        if self.is_first:
            high = self._lines[1] if len(self._lines) > 1 else rect.height()
            header = QRectF(rect.left(), rect.top(), rect.width(), high)
            painter.setClipRect(header, Qt.ClipOperation.IntersectClip)
            painter.setBrush(colours.code_background)
            radius = self.kit.formats.metrics.code_radius
            painter.drawRoundedRect(whole, radius, radius)
        painter.restore()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        for index, y in enumerate(self._lines):
            if index or not self.is_first:
                thick = self.kit.formats.metrics.hairline
                line = QRectF(rect.left(), rect.top() + round(y), rect.width(), thick)
                painter.fillRect(line, colours.border)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    # -- offsets: Qt puts an empty block before the table, and one character before every cell

    def position(self, offset: int) -> int:
        """Return an offset's place behind the block before the table."""
        return super().position(offset) + 1

    def offset(self, position: int) -> int:
        """Return the offset of a place, which may be before or behind the table."""
        return super().offset(max(0, position - 1))


def fitted(natural: list[int], room: int, least: int) -> list[int]:
    """Share `room` among columns: the narrow ones have what they want, the others the rest.

    No column is made narrower than `least`, so that the sum may be more than `room`.
    """
    if sum(natural) <= room:
        return list(natural)
    result = [0] * len(natural)
    open_columns = sorted(range(len(natural)), key=natural.__getitem__)
    rest = room
    while open_columns:
        share = rest // len(open_columns)
        column = open_columns.pop(0)
        result[column] = min(natural[column], max(share, min(least, natural[column])))
        rest -= result[column]
    return result
