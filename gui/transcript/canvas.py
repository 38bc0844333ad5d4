"""Painting of what is in the view: headers, bubbles, segments, marks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, QRect, QRectF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QTextCharFormat,
)

from core.models import Attachment, MessageState, Role
from gui.transcript.attachment_rows import paint_tile
from gui.transcript.icons import pixmap
from gui.transcript.segment_layout import LayoutKit, Mark
from gui.transcript.selection import Selection
from gui.transcript.version_switch import version_label

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from gui.transcript.conversation_layout import ConversationLayout
    from gui.transcript.formats import Formats
    from gui.transcript.message_layout import MessageLayout, Place
    from gui.transcript.model import TranscriptMessage

FoundKey = tuple[int, int, int]
"""Message, part and segment."""


@dataclass(slots=True)
class Shown:
    """What is drawn besides the text itself."""

    selection: Selection = field(default_factory=Selection)
    found: Callable[[FoundKey], list[tuple[int, int, bool]]] | None = None
    """Gives the matches in a segment, and whether each is the one that is visited."""
    hovered: int | None = None
    """Message under the pointer."""
    current: int | None = None
    """Message that the keyboard has gone to."""
    is_focused: bool = False
    """Whether the keyboard writes here."""
    thumbnail: Callable[[int, int, Attachment, int], QImage | None] | None = None
    """Gives a picture of a message, by its uid and place, as a square of so many pixels."""


class Canvas:
    """Paints the messages that are between two heights of the column."""

    def __init__(self, kit: LayoutKit, shown: Shown) -> None:
        self.shown = shown
        self.set_kit(kit)

    def set_kit(self, kit: LayoutKit) -> None:
        """Take other fonts and colours."""
        self.kit = kit
        colours = kit.formats.style.colours
        self._selected = _background(colours.selection)
        self._found = _background(colours.find)
        self._found_now = _background(colours.find_current)
        self._bold = author_font(kit.formats)
        self._context = QAbstractTextDocumentLayout.PaintContext()

    def paint(
        self, painter: QPainter, rect: QRect, layout: ConversationLayout, x: int, y: int
    ) -> None:
        """Paint `rect` of a view that begins at `y` of the column; the column begins at `x`."""
        painter.fillRect(rect, self.kit.formats.style.colours.background)
        if not layout.messages:
            return
        top, bottom = y + rect.top(), y + rect.bottom() + 1
        index = layout.heights.index_at(max(0, top))
        while index < len(layout.messages) and layout.heights.top(index) < bottom:
            start = layout.heights.top(index)
            painter.save()
            painter.translate(x, start - y)
            area = QRectF(rect.left() - x, top - start, rect.width(), rect.height())
            self._paint_message(painter, area, index, layout.layout(index))
            painter.restore()
            index += 1

    def _paint_message(
        self, painter: QPainter, area: QRectF, index: int, layout: MessageLayout
    ) -> None:
        if area.top() < layout.header:
            self._paint_header(painter, index, layout)
        if area.bottom() > layout.height - layout.footer:
            self._paint_note(painter, layout)
        if self.shown.current == index and self.shown.is_focused:
            self._paint_focus(painter, layout)
        if layout.reasoning_header:
            self._paint_reasoning(painter, layout)
        if layout.is_question:
            self._paint_bubble(painter, layout)
            self._paint_attachments(painter, area, layout)
        for place in layout.places(area.top(), area.bottom()):
            self._paint_segment(painter, area, index, place)

    def _paint_segment(self, painter: QPainter, area: QRectF, index: int, place: Place) -> None:
        painter.translate(place.x, place.y)
        clip = area.translated(-place.x, -place.y)
        place.layout.paint(painter, clip, self._marks(index, place), self._context)
        painter.translate(-place.x, -place.y)

    def _marks(self, index: int, place: Place) -> list[Mark]:
        key = (index, place.part, place.segment)
        marks = []
        for start, end, is_visited in self.shown.found(key) if self.shown.found else ():
            marks.append(Mark(start, end, self._found_now if is_visited else self._found))
        if not self.shown.selection.is_empty:
            part = self.shown.selection.within(*key, place.layout.length)
            if part is not None:
                marks.append(Mark(*part, self._selected))
        return marks

    def _paint_header(self, painter: QPainter, index: int, layout: MessageLayout) -> None:
        formats = self.kit.formats
        colours = formats.style.colours
        message = layout.message
        line = QRectF(0, 0, layout.width, layout.header - formats.metrics.header_foot)
        right = layout.is_question
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        author = message.author or author_of(message.role)
        painter.setFont(self._bold)
        painter.setPen(colours.muted if right else colours.text)
        inset = header_inset(formats, message)
        painter.drawText(
            line.adjusted(0, 0, -inset, 0), side | Qt.AlignmentFlag.AlignBottom, author
        )
        painter.setFont(formats.small_font)
        painter.setPen(colours.faint)
        self._paint_versions(painter, index, layout)
        details = self._details(index, message)
        if details:
            used = author_width(formats, message) + formats.metrics.header_gap
            versions = version_width(formats, message)
            room = line.adjusted(used, 0, -versions, 0)
            if right:
                room = line.adjusted(0, 0, -used - versions, 0)
            text = QFontMetricsF(formats.small_font).elidedText(
                details, Qt.TextElideMode.ElideRight, room.width()
            )
            painter.drawText(room, side | Qt.AlignmentFlag.AlignBottom, text)

    def _paint_versions(self, painter: QPainter, index: int, layout: MessageLayout) -> None:
        """Draw ‹ 2/3 ›, where the buttons for it are while the message is looked at."""
        message = layout.message
        if message.versions < 2 or index in {self.shown.hovered, self.shown.current}:
            return
        rect = version_rect(self.kit.formats, layout)
        side = round(self.kit.formats.metrics.icon_size)
        y = round(rect.center().y() - side / 2)
        ratio, colour = self.kit.objects.ratio, self.kit.formats.style.colours.faint.name()
        painter.drawPixmap(round(rect.left()), y, pixmap("left", colour, side, ratio))
        right = round(rect.right()) - side
        painter.drawPixmap(right, y, pixmap("right", colour, side, ratio))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, version_label(message))

    def _details(self, index: int, message: TranscriptMessage) -> str:
        details = [message.model] if message.model else []
        is_near = index in {self.shown.hovered, self.shown.current}
        if message.time is not None and is_near:
            details.append(
                QLocale().toString(_moment(message.time), QLocale.FormatType.ShortFormat)
            )
        return " · ".join(details)

    def _paint_note(self, painter: QPainter, layout: MessageLayout) -> None:
        """Say in the footer that the message is not whole."""
        text = note_of(layout.message.state)
        if not text:
            return
        formats = self.kit.formats
        top = layout.height - layout.footer
        line = QRectF(0, top, layout.width, formats.metrics.footer_height)
        failed = layout.message.state is MessageState.FAILED
        painter.setFont(formats.small_font)
        painter.setPen(formats.style.colours.error if failed else formats.style.colours.muted)
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_focus(self, painter: QPainter, layout: MessageLayout) -> None:
        colours = self.kit.formats.style.colours
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.focus)
        height = layout.height - layout.footer
        metrics = self.kit.formats.metrics
        wide, top = metrics.focus_width, metrics.header_foot
        bar = QRectF(-metrics.focus_gap, top, wide, max(wide, height - top))
        painter.drawRoundedRect(bar, wide / 2, wide / 2)
        painter.restore()

    def _paint_bubble(self, painter: QPainter, layout: MessageLayout) -> None:
        radius = self.kit.formats.metrics.bubble_radius
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.kit.formats.style.colours.bubble)
        painter.drawRoundedRect(layout.bubble_rect(), radius, radius)
        painter.restore()

    def _paint_attachments(self, painter: QPainter, area: QRectF, layout: MessageLayout) -> None:
        ratio = self.kit.objects.ratio
        tops = area.top() - layout.header, area.bottom() - layout.header
        for tile in layout.attachments.between(*tops):
            image = None
            if self.shown.thumbnail is not None and tile.attachment.is_image:
                side = round(tile.rect.width() * ratio)
                uid = layout.message.uid
                image = self.shown.thumbnail(uid, tile.number, tile.attachment, side)
            rect = tile.rect.translated(0, layout.header)
            paint_tile(painter, rect, tile.attachment, image, formats=self.kit.formats, ratio=ratio)

    def _paint_reasoning(self, painter: QPainter, layout: MessageLayout) -> None:
        formats = self.kit.formats
        colours = formats.style.colours
        line = QRectF(0, layout.header, layout.width, layout.reasoning_header)
        size = round(formats.metrics.reasoning_icon)
        name = "expanded" if layout.reasoning is not None else "collapsed"
        middle = round(line.center().y() - size / 2)
        ratio = self.kit.objects.ratio
        painter.drawPixmap(0, middle, pixmap(name, colours.muted.name(), size, ratio))
        painter.setFont(formats.small_font)
        painter.setPen(colours.muted)
        text = line.adjusted(size + formats.metrics.reasoning_gap, 0, 0, 0)
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, reasoning_label(layout.message))
        if layout.reasoning is not None:
            top = layout.part_top(0)
            wide = formats.metrics.reasoning_bar
            bar = QRectF((size - wide) / 2, top, wide, layout.reasoning.height)
            painter.fillRect(bar, colours.border)


def author_font(formats: Formats) -> QFont:
    """Return the font of the name above a message."""
    result = QFont(formats.small_font)
    result.setWeight(QFont.Weight.DemiBold)
    return result


def header_inset(formats: Formats, message: TranscriptMessage) -> float:
    """Return how far the header's text stands from the column's edge."""
    return formats.metrics.cell_padding if message.role is Role.USER else 0.0


def author_width(formats: Formats, message: TranscriptMessage) -> float:
    """Return how much of a header the name takes, from the column's edge."""
    author = message.author or author_of(message.role)
    width = QFontMetricsF(author_font(formats)).horizontalAdvance(author)
    return width + header_inset(formats, message)


def version_width(formats: Formats, message: TranscriptMessage) -> float:
    """Return how much of a header the versions take."""
    label = version_label(message)
    if not label:
        return 0.0
    metrics = formats.metrics
    text = QFontMetricsF(formats.small_font).horizontalAdvance(label)
    return text + 2 * (metrics.icon_size + metrics.button_padding) + metrics.header_gap


def version_rect(formats: Formats, layout: MessageLayout) -> QRectF:
    """Return where the versions stand: in the header, at its end or before a question's author.

    That does not move when another version comes, however long it is.
    """
    metrics = formats.metrics
    wide = version_width(formats, layout.message) - metrics.header_gap
    text = QFontMetricsF(formats.small_font).height()
    high = max(text, metrics.icon_size + metrics.button_padding)
    middle = layout.header - metrics.header_foot - text / 2
    left = layout.width - wide
    if layout.is_question:
        left -= author_width(formats, layout.message) + metrics.header_gap
    return QRectF(left, middle - high / 2, wide, high)


def _background(colour: QColor) -> QTextCharFormat:
    result = QTextCharFormat()
    result.setBackground(colour)
    return result


def _moment(time: datetime) -> QDateTime:
    return QDateTime.fromSecsSinceEpoch(int(time.timestamp()))


def author_of(role: Role) -> str:
    """Return what stands above a message that names no author."""
    if role is Role.USER:
        return QCoreApplication.translate("Transcript", "You")
    if role is Role.SYSTEM:
        return QCoreApplication.translate("Transcript", "System")
    return QCoreApplication.translate("Transcript", "Assistant")


def reasoning_label(message: TranscriptMessage) -> str:
    """Return the line that unfolds the reasoning."""
    if message.is_open and not message.text:
        return QCoreApplication.translate("Transcript", "Thinking…")
    return QCoreApplication.translate("Transcript", "Reasoning")


def note_of(state: MessageState) -> str:
    """Return what is said of a message that is not whole."""
    if state is MessageState.STOPPED:
        return QCoreApplication.translate("Transcript", "Stopped here")
    if state is MessageState.CUT:
        return QCoreApplication.translate(
            "Transcript", "Broken off here: the service did not finish"
        )
    if state is MessageState.FAILED:
        return QCoreApplication.translate("Transcript", "Broken off here")
    if state is MessageState.INTERRUPTED:
        return QCoreApplication.translate("Transcript", "Interrupted here: the program was closed")
    return ""
