"""A displayed formula: its source while it is written, then a drawing in the middle."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QRectF

from gui.transcript.source_layout import SourceLayout

if TYPE_CHECKING:
    from PySide6.QtGui import QAbstractTextDocumentLayout, QPainter, QTextCharFormat

    from gui.transcript.formulas import FormulaKey
    from gui.transcript.segment_layout import Mark
    from gui.transcript.segments import SourceSegment


class FormulaLayout(SourceLayout):
    """A formula on lines of its own. A wide one is scrolled sideways; selected, it is so whole."""

    __slots__ = ()

    @property
    def key(self) -> FormulaKey:
        """What its drawing is kept under."""
        return self.kit.objects.key(self.segment.text.strip(), large=True)

    @property
    def is_drawn(self) -> bool:
        """Whether there is a drawing. Asking for it has it made."""
        complete = cast("SourceSegment", self.segment).complete
        return complete and self.kit.objects.formulas.get(self.key) is not None

    def objects_changed(self, *, formulas_only: bool = False) -> bool:
        """Take the drawing's height, if it has come."""
        if formulas_only and (self.document is None or not self.is_drawn):
            return False
        self.exact = False
        return True

    @property
    def is_ready(self) -> bool:
        """Whether it could be painted at once."""
        return self.exact

    def ensure(self) -> bool:
        """Take the drawing's height as soon as there is one."""
        if not self.is_drawn:
            return super().ensure()
        formula = self.kit.objects.formulas.get(self.key)
        before = self.height
        if formula is not None:
            self.document = None
            margin = 2 * round(self.kit.formats.metrics.item_gap)
            self.height = self.gap + math.ceil(formula.height) + margin
            self.group.content = math.ceil(formula.width)
            self.exact = True
        return self.height != before

    def paint(
        self,
        painter: QPainter,
        clip: QRectF,
        marks: list[Mark],
        context: QAbstractTextDocumentLayout.PaintContext,
    ) -> None:
        """Paint the drawing, or the source."""
        self.ensure()
        formula = self.kit.objects.formulas.get(self.key) if self.is_drawn else None
        if formula is None:
            super().paint(painter, clip, marks, context)
            return
        self.paint_frame(painter, clip)
        rect = self._place(formula.width, formula.height)
        painter.save()
        painter.setClipRect(QRectF(self.left, 0, self.room, self.height))
        for mark in marks:
            painter.fillRect(rect, mark.form.background())
        self.kit.objects.paint_formula(painter, rect, self.key)
        painter.restore()

    @property
    def overflow(self) -> int:
        """How far the drawing can be scrolled sideways."""
        return max(0, self.group.content - self.room) if self.is_drawn else 0

    def scroll_to(self, x: int) -> bool:
        """Scroll sideways; return whether it moved."""
        x = max(0, min(self.overflow, x))
        moved = x != self.group.scroll
        self.group.scroll = x
        return moved

    def _place(self, width: float, height: float) -> QRectF:
        margin = round(self.kit.formats.metrics.item_gap)
        if width > self.room:
            return QRectF(self.left - self.group.scroll, self.gap + margin, width, height)
        left = self.left + (self.room - width) / 2
        return QRectF(round(left), self.gap + margin, width, height)

    def hit(self, x: float, y: float) -> int:
        """Return the formula's beginning or end."""
        if not self.is_drawn:
            return super().hit(x, y)
        return 0 if x < self.left + self.room / 2 else self.length

    def format_at(self, x: float, y: float) -> QTextCharFormat | None:
        """Know no formats inside a drawing."""
        return None if self.is_drawn else super().format_at(x, y)
