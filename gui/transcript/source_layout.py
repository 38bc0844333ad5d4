"""Text shown as it stands in a fixed font: raw HTML, and a formula before it is complete."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument, QTextOption

from gui.transcript.segment_layout import SegmentLayout

if TYPE_CHECKING:
    from gui.transcript.segments import Change


class SourceLayout(SegmentLayout):
    """Lines of source, wrapped anywhere."""

    __slots__ = ()

    def estimate(self) -> int:
        """Count lines, and what wraps."""
        formats = self.kit.formats
        text = self.segment.text
        columns = max(10, self.room / formats.character_width)
        return round((text.count("\n") + 1 + len(text) / columns / 4) * formats.line_height)

    def build(self) -> QTextDocument:
        """Make the document."""
        document = self.kit.builder.empty()
        document.setDefaultFont(self.kit.formats.code_font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        document.setDefaultTextOption(option)
        cursor = QTextCursor(document)
        cursor.setBlockFormat(self.kit.formats.block(0, 0))
        cursor.insertText(self.segment.text, self._char())
        return document

    def append(self, document: QTextDocument, change: Change) -> None:
        """Insert the new characters."""
        cursor = QTextCursor(document)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(change.text, self._char())

    def lay_out(self, document: QTextDocument) -> int:
        """Lay out inside the containers."""
        if document.textWidth() != self.room:
            document.setTextWidth(self.room)
        return math.ceil(document.size().height())

    def _char(self) -> QTextCharFormat:
        result = QTextCharFormat()
        result.setForeground(self.kit.formats.style.colours.muted)
        return result
