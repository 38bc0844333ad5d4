"""Fonts and text formats of one style at one zoom, made once and shared by all documents."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QPalette,
    QTextBlockFormat,
    QTextCharFormat,
    QTextFormat,
)

from gui.transcript.segments import (
    BOLD,
    CODE,
    ITALIC,
    STRIKE,
    Container,
    Item,
    Path,
    Quote,
    Run,
    RunKind,
)

if TYPE_CHECKING:
    from gui.transcript.style import Metrics, TranscriptStyle

_LONG_LABEL = 40
"""Characters of a footnote's label that are measured."""
_WIDEST_NOTE = 4
"""So many times as far as an item a footnote may be indented for its label's sake."""

FORMULA_OBJECT = QTextFormat.ObjectTypes.UserObject + 1
PICTURE_OBJECT = QTextFormat.ObjectTypes.UserObject + 2
"""Types of the objects that stand for a formula and an image in a document."""

SOURCE_PROPERTY = QTextFormat.Property.UserProperty + 1
"""On an object's format: bare TeX, or the address of an image."""
TITLE_PROPERTY = QTextFormat.Property.UserProperty + 2
"""On an object's format: its Markdown source, or the alternative text."""
LARGE_PROPERTY = QTextFormat.Property.UserProperty + 3
"""On a formula's format: whether it is drawn in display style."""

NOTE_SCHEME = "note:"
"""Begins the anchor of a reference to a footnote."""

_SAMPLE = "the quick brown fox jumps over the lazy dog, and then it rests a while "


class Formats:
    """What documents are built with, for one theme, base font and zoom."""

    def __init__(self, style: TranscriptStyle, base: QFont, zoom: float) -> None:
        self.style = style
        self.zoom = zoom
        self.metrics: Metrics = style.metrics.zoomed(zoom)
        self.font = _scaled(base, style.metrics.text_scale * zoom)
        self.small_font = _scaled(self.font, style.metrics.small_scale)
        self.code_font = _scaled(self.font, style.metrics.code_scale)
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
        self.code_font.setFamilies([fixed])
        self.code_font.setFixedPitch(True)
        self._chars: dict[tuple[object, ...], QTextCharFormat] = {}
        self._blocks: dict[tuple[int, int, int], QTextBlockFormat] = {}

    @cached_property
    def line_height(self) -> float:
        """Height of one line of running text, spacing included."""
        return QFontMetricsF(self.font).height() + self.metrics.line_spacing

    @cached_property
    def code_line_height(self) -> float:
        """Height of one line of code, spacing included."""
        return QFontMetricsF(self.code_font).height() + self.metrics.code_line_spacing

    @cached_property
    def character_width(self) -> float:
        """Width of an average character of running text."""
        return QFontMetricsF(self.font).horizontalAdvance(_SAMPLE) / len(_SAMPLE)

    @cached_property
    def column_width(self) -> int:
        """The greatest width of the text column."""
        return round(self.character_width * self.metrics.measure)

    def palette(self, *, dim: bool = False) -> QPalette:
        """Return the palette that documents are drawn with."""
        colours = self.style.colours
        result = QPalette()
        result.setColor(QPalette.ColorRole.Text, colours.reasoning if dim else colours.text)
        return result

    def indent(self, path: Path) -> int:
        """How far a block inside these containers stands from the column's edge."""
        return round(sum([self._indent_of(container) for container in path]))

    def _indent_of(self, container: Container) -> float:
        metrics = self.metrics
        if isinstance(container, Quote):
            return metrics.quote_indent
        if isinstance(container, Item):
            return metrics.list_indent
        # A note's label is as long as its author likes.
        wide = QFontMetricsF(self.font).horizontalAdvance(f"{container.label[:_LONG_LABEL]}.")
        wide += 2 * metrics.marker_distance * self.character_width
        return max(metrics.list_indent, min(wide, _WIDEST_NOTE * metrics.list_indent))

    def block(self, indent: int, top: float, level: int = 0) -> QTextBlockFormat:
        """Return the format of a paragraph (level 0) or a heading."""
        key = (indent, round(top), level)
        result = self._blocks.get(key)
        if result is None:
            result = QTextBlockFormat()
            # An indent, unlike a margin, changes sides in a right-to-left paragraph.
            result.setIndent(indent)
            result.setTopMargin(top)
            result.setLineHeight(
                self.metrics.line_spacing,
                QTextBlockFormat.LineHeightTypes.LineDistanceHeight.value,
            )
            if level:
                result.setHeadingLevel(level)
            self._blocks[key] = result
        return result

    @cached_property
    def code_line(self) -> QTextBlockFormat:
        """Return the format of a line of code."""
        result = QTextBlockFormat()
        result.setLineHeight(
            self.metrics.code_line_spacing,
            QTextBlockFormat.LineHeightTypes.LineDistanceHeight.value,
        )
        return result

    def char(self, run: Run, level: int = 0) -> QTextCharFormat:
        """Return the format of a run inside a paragraph or a heading of `level`."""
        key = (run.marks, run.href, run.kind, level)
        if run.kind in {RunKind.MATH, RunKind.DISPLAY_MATH, RunKind.IMAGE}:
            return self._object(run, level)
        result = self._chars.get(key)
        if result is None:
            result = self._make_char(run, level)
            if len(self._chars) < 4096:
                self._chars[key] = result
        return result

    def _make_char(self, run: Run, level: int) -> QTextCharFormat:
        colours = self.style.colours
        result = QTextCharFormat()
        marks = run.marks
        if level:
            font = self.heading_font(level)
            result.setFontPointSize(font.pointSizeF())
            result.setFontWeight(font.weight())
        if marks & BOLD:
            result.setFontWeight(QFont.Weight.Bold)
        if marks & ITALIC:
            result.setFontItalic(True)
        if marks & STRIKE:
            result.setFontStrikeOut(True)
        if marks & CODE or run.kind is RunKind.HTML:
            self._make_code(result, level)
        if run.kind is RunKind.NOTE:
            result.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
            _make_anchor(result, NOTE_SCHEME + run.href, colours.link)
        elif run.href:
            _make_anchor(result, run.href, colours.link)
        return result

    def _make_code(self, result: QTextCharFormat, level: int) -> None:
        result.setFontFamilies(self.code_font.families())
        result.setFontFixedPitch(True)
        result.setBackground(self.style.colours.inline_code)
        if not level:
            result.setFontPointSize(self.code_font.pointSizeF())

    def _object(self, run: Run, level: int) -> QTextCharFormat:
        result = QTextCharFormat()
        picture = run.kind is RunKind.IMAGE
        result.setObjectType(PICTURE_OBJECT if picture else FORMULA_OBJECT)
        result.setProperty(SOURCE_PROPERTY, run.href)
        result.setProperty(TITLE_PROPERTY, run.title)
        result.setProperty(LARGE_PROPERTY, run.kind is RunKind.DISPLAY_MATH)
        if level:
            result.setFontPointSize(self.heading_font(level).pointSizeF())
        return result

    def heading_font(self, level: int) -> QFont:
        """Return the font of a heading."""
        scales = self.metrics.heading_scales
        result = _scaled(self.font, scales[min(level, len(scales)) - 1])
        result.setWeight(QFont.Weight.DemiBold)
        return result


def _scaled(font: QFont, factor: float) -> QFont:
    result = QFont(font)
    size = font.pointSizeF()
    if size <= 0:  # a font that is given in pixels
        size = font.pixelSize() * 72 / 96
    result.setPointSizeF(max(1.0, size * factor))
    return result


def _make_anchor(result: QTextCharFormat, target: str, colour: QColor) -> None:
    result.setAnchor(True)
    result.setAnchorHref(target)
    result.setForeground(colour)
