"""A code block: a frame with the language, a Copy button and a switch between wrap and scroll."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication, QPoint, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QPainter,
    QTextCursor,
    QTextDocument,
    QTextOption,
)

from gui.transcript.framed_layout import FramedLayout
from gui.transcript.icons import pixmap

if TYPE_CHECKING:
    from gui.transcript.segment_layout import Group, LayoutKit
    from gui.transcript.segments import Change, CodeSegment, Segment


class CodeLayout(FramedLayout):
    """A code block, or a piece of a long one. Its colours are put on by the highlighter."""

    __slots__ = ("coloured", "hover", "is_copied")

    def __init__(self, segment: Segment, kit: LayoutKit, group: Group) -> None:
        super().__init__(segment, kit, group)
        self.coloured = 0
        """So many lines of the document have their colours."""
        self.hover = ""
        """Name of the button under the pointer."""
        self.is_copied = False
        """Whether the button says that the code was copied."""

    @property
    def code(self) -> CodeSegment:
        """The segment, as what it is."""
        return cast("CodeSegment", self.segment)

    @property
    def head(self) -> int:
        """The header is above the first piece only."""
        metrics = self.kit.formats.metrics
        if not self.is_first:
            return 0
        return round(metrics.code_header_height + metrics.code_head_gap)

    @property
    def foot(self) -> int:
        """Leave room for the scroll bar whether it is there or not: nothing jumps."""
        metrics = self.kit.formats.metrics
        return round(metrics.code_padding) if self.is_last else 0

    @property
    def padding(self) -> int:
        """Space beside the lines."""
        return round(self.kit.formats.metrics.code_padding)

    @property
    def fill(self) -> QColor:
        """Code has a background of its own."""
        return self.kit.formats.style.colours.code_background

    def estimate(self) -> int:
        """Count lines; exact when they are not wrapped."""
        lines = float(self.line_count)
        if self.group.wrap:
            columns = max(10.0, self.view_width / self._character())
            lines += len(self.segment.text) / columns / 3
        return math.ceil(lines * self.kit.formats.code_line_height) + self.head + self.foot

    @property
    def line_count(self) -> int:
        """Lines of the piece, the unfinished one included."""
        return self.segment.text.count("\n") + 1

    def _character(self) -> float:
        return QFontMetricsF(self.kit.formats.code_font).horizontalAdvance("m")

    def build(self) -> QTextDocument:
        """Make the document."""
        document = self.kit.builder.empty()
        document.setDefaultFont(self.kit.formats.code_font)
        self._set_wrap(document)
        cursor = QTextCursor(document)
        cursor.setBlockFormat(self.kit.formats.code_line)
        cursor.insertText(self.segment.text)
        self.coloured = 0
        return document

    def _set_wrap(self, document: QTextDocument) -> None:
        option = QTextOption()
        wrap = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
        option.setWrapMode(wrap if self.group.wrap else QTextOption.WrapMode.NoWrap)
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        option.setTabStopDistance(4 * self._character())
        document.setDefaultTextOption(option)

    def append(self, document: QTextDocument, change: Change) -> None:
        """Insert the new characters; the last line loses its colours."""
        self.coloured = min(self.coloured, document.blockCount() - 1)
        cursor = QTextCursor(document)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(change.text)

    def lay_out(self, document: QTextDocument) -> int:
        """Lay out; only wrapped code has a width."""
        wraps = document.defaultTextOption().wrapMode() != QTextOption.WrapMode.NoWrap
        if wraps != self.group.wrap:
            self._set_wrap(document)
        width = self.view_width if self.group.wrap else -1
        if document.textWidth() != width:
            document.setTextWidth(width)
        size = document.size()
        if self.group.wrap:
            self.group.content = 0
        else:
            self.group.content = max(self.group.content, math.ceil(size.width()))
        return math.ceil(size.height()) + self.head + self.foot

    def last_line(self) -> int:
        """The last lines and the frame's foot."""
        return math.ceil(2 * self.kit.formats.code_line_height) + self.foot

    # -- header

    def first_middle(self) -> float:
        """Return the middle of the header."""
        return self.gap + self.kit.formats.metrics.code_header_height / 2

    def button_at(self, x: float, y: float) -> str:
        """Return ``copy`` or ``wrap`` if there is that button, or nothing."""
        if not self.is_first:
            return ""
        if self.copy_rect().contains(x, y):
            return "copy"
        return "wrap" if self.wrap_rect().contains(x, y) else ""

    def copy_rect(self) -> QRectF:
        """Return the Copy button's rectangle."""
        metrics = self.kit.formats.metrics
        text = max(
            QFontMetricsF(self.kit.formats.small_font).horizontalAdvance(label)
            for label in (_copy_label(), _copied_label())
        )
        gap, padding = metrics.code_button_gap, metrics.code_button_padding
        high = metrics.code_header_height - 2 * gap
        wide = text + self._drawing_size(high) + 3 * padding
        rect = self.frame_rect()
        if rect.width() - wide - high - 3 * gap < metrics.code_label_least:
            wide = high  # the drawing alone
        return QRectF(rect.right() - wide - gap, rect.top() + gap, wide, high)

    def wrap_rect(self) -> QRectF:
        """Return the rectangle of the switch between wrapping and scrolling."""
        rect = self.copy_rect()
        gap = self.kit.formats.metrics.code_button_gap
        return QRectF(rect.left() - rect.height() - gap, rect.top(), rect.height(), rect.height())

    def _drawing_size(self, height: float) -> int:
        """Return how large a button's drawing is."""
        metrics = self.kit.formats.metrics
        return round(min(metrics.icon_size, height - metrics.code_button_padding))

    def paint_inside(self, painter: QPainter, rect: QRectF, whole: QRectF) -> None:
        """Paint the header's background, the language and the buttons."""
        if not self.is_first:
            return
        formats = self.kit.formats
        colours = formats.style.colours
        high = formats.metrics.code_header_height
        header = QRectF(rect.left(), rect.top(), rect.width(), high)
        painter.save()
        painter.setClipRect(header, Qt.ClipOperation.IntersectClip)
        painter.setBrush(colours.code_header)
        radius = formats.metrics.code_radius
        painter.drawRoundedRect(whole, radius, radius)
        painter.restore()
        painter.setFont(formats.small_font)
        painter.setPen(colours.muted)
        inner = header.adjusted(self.padding, 0, -self.padding, 0)
        inner.setRight(self.wrap_rect().left())
        label = self.code.language or QCoreApplication.translate("Transcript", "text")
        small = QFontMetricsF(formats.small_font)
        label = small.elidedText(label, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, label)
        self._paint_button(painter, self.wrap_rect(), "wrap")
        self._paint_button(painter, self.copy_rect(), "copy")

    def _paint_button(self, painter: QPainter, rect: QRectF, name: str) -> None:
        formats = self.kit.formats
        colours = formats.style.colours
        hovered = self.hover == name
        if hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.hover)
            radius = formats.metrics.code_button_radius
            painter.drawRoundedRect(rect, radius, radius)
        colour = colours.text if hovered else colours.muted
        size, padding = self._drawing_size(rect.height()), formats.metrics.code_button_padding
        copied = name == "copy" and self.is_copied
        drawing = "done" if copied else name
        if name == "wrap" and self.group.wrap:
            drawing = "scroll"
        middle = round(rect.top() + (rect.height() - size) / 2)
        has_words = rect.width() > rect.height()
        left = round(rect.left() + (padding if has_words else (rect.width() - size) / 2))
        ratio = self.kit.objects.ratio
        painter.drawPixmap(QPoint(left, middle), pixmap(drawing, colour.name(), size, ratio))
        if has_words:
            painter.setPen(colour)
            label = _copied_label() if copied else _copy_label()
            text = rect.adjusted(size + 2 * padding, 0, 0, 0)
            painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, label)


def _copy_label() -> str:
    return QCoreApplication.translate("Transcript", "Copy")


def _copied_label() -> str:
    return QCoreApplication.translate("Transcript", "Copied")
