"""Formulas and pictures inside a document: their size, their place on the line, their drawing."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QPixmap,
    QPyTextObject,
    QTextCharFormat,
    QTextDocument,
    QTextFormat,
    QTextOption,
)
from PySide6.QtSvg import QSvgRenderer

from gui.transcript.formats import (
    FORMULA_OBJECT,
    LARGE_PROPERTY,
    SOURCE_PROPERTY,
    TITLE_PROPERTY,
    Formats,
)
from gui.transcript.formulas import Formula, FormulaCache, FormulaKey
from gui.transcript.icons import pixmap
from gui.transcript.links import shown_address

if TYPE_CHECKING:
    from gui.transcript.images import ImageStore

_PICTURE_CACHE = 300


class TextObjects(QPyTextObject):
    """Sizes and draws every object character of the view's documents.

    A formula that is not drawn yet, or cannot be, shows its source; an image that nobody has
    asked for shows its address. Either is one character, so offsets never change.
    """

    def __init__(self, formats: Formats, formulas: FormulaCache, images: ImageStore) -> None:
        super().__init__()
        self.formats = formats
        self.formulas = formulas
        self.images = images
        self.width = 400.0
        """The room on a line, in pixels; nothing is wider."""
        self.ratio = 1.0
        """Device pixels a pixel of the screen that shows the documents."""
        self._drawings: dict[tuple[FormulaKey, float], QPixmap] = {}
        self._descent = _descent_per_pixel(formats.font)

    def align(self, form: QTextCharFormat) -> None:
        """Put an object on the line of its text: a formula by its depth, the rest by its text.

        The only thing that Qt takes an object's depth from is the font of its format.
        """
        small, code = self.formats.small_font, self.formats.code_font
        if form.objectType() != FORMULA_OBJECT:
            large = self.images.get(_source(form)) is not None
            padding = self.formats.metrics.placeholder_padding
            depth = 0.0 if large else QFontMetricsF(small).descent() + padding
        else:
            formula = self.formula(form)
            depth = formula.depth if formula else QFontMetricsF(code).descent()
        font = QFont(self.formats.font)
        font.setPixelSize(max(1, round(depth / self._descent)))
        form.setFont(font)
        form.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignBaseline)

    def formula(self, form: QTextFormat) -> Formula | None:
        """Return a formula's drawing, or None and have it drawn."""
        return self.formulas.get(self._key(form))

    def intrinsicSize(self, _document: QTextDocument, _position: int, form: QTextFormat) -> QSizeF:
        """Tell Qt how much room an object takes."""
        if form.objectType() == FORMULA_OBJECT:
            formula = self.formula(form)
            if formula is not None:
                return QSizeF(math.ceil(formula.width), math.ceil(formula.height))
            return self._text_size(_shown_source(form), self.formats.code_font)
        picture = self.images.get(_source(form))
        if picture is not None:
            return self._fitted(picture)
        return self._placeholder_size(form)

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        _document: QTextDocument,
        _position: int,
        form: QTextFormat,
    ) -> None:
        """Draw an object where Qt has put it."""
        rect = QRectF(rect)
        if form.objectType() == FORMULA_OBJECT:
            self._draw_formula(painter, rect, form)
            return
        picture = self.images.get(_source(form))
        if picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(rect, picture)
        else:
            self._draw_placeholder(painter, rect, form)

    def paint_formula(self, painter: QPainter, rect: QRectF, key: FormulaKey) -> None:
        """Draw a formula that `formulas` has, as sharp as the screen is."""
        formula = self.formulas.get(key)
        if formula is None:
            return
        drawing = self._drawings.get((key, self.ratio))
        if drawing is None:
            drawing = self._render(formula)
            if len(self._drawings) >= _PICTURE_CACHE:
                self._drawings.clear()
            self._drawings[key, self.ratio] = drawing
        painter.drawPixmap(rect.topLeft(), drawing)

    def _render(self, formula: Formula) -> QPixmap:
        width, height = math.ceil(formula.width), math.ceil(formula.height)
        ratio = min(self.ratio, 4_000 / max(width, height))
        result = QPixmap(max(1, math.ceil(width * ratio)), max(1, math.ceil(height * ratio)))
        result.fill(Qt.GlobalColor.transparent)
        painter = QPainter(result)
        painter.scale(ratio, ratio)
        QSvgRenderer(QByteArray(formula.svg)).render(
            painter, QRectF(0, height - formula.height, formula.width, formula.height)
        )
        painter.end()
        result.setDevicePixelRatio(ratio)
        return result

    def _draw_formula(self, painter: QPainter, rect: QRectF, form: QTextFormat) -> None:
        key = self._key(form)
        if self.formulas.get(key) is not None:
            self.paint_formula(painter, rect, key)
            return
        painter.setFont(self.formats.code_font)
        painter.setPen(self.formats.style.colours.muted)
        painter.drawText(rect, _shown_source(form), _wrapping())

    def _key(self, form: QTextFormat) -> FormulaKey:
        return self.key(_source(form), large=bool(form.property(LARGE_PROPERTY)))

    def key(self, tex: str, *, large: bool) -> FormulaKey:
        """Return what a drawing in this view's size and colour is kept under."""
        size = self.formats.font.pointSizeF() * 96 / 72
        colour = self.formats.style.colours.text.name()
        return FormulaKey(tex, large, round(size, 1), colour)

    def _text_size(self, text: str, font: QFont) -> QSizeF:
        metrics = QFontMetricsF(font)
        flags = Qt.TextFlag.TextWrapAnywhere.value
        box = metrics.boundingRect(QRectF(0, 0, self.width, 1e6), flags, text)
        return QSizeF(math.ceil(box.width()) + 1, math.ceil(box.height()))

    def _fitted(self, picture: QImage) -> QSizeF:
        size = QSizeF(picture.size()) * min(1.0, self.formats.zoom)
        if size.width() > self.width:
            size *= self.width / size.width()
        return size

    def _placeholder_size(self, form: QTextFormat) -> QSizeF:
        size = self._text_size(self._label(form), self.formats.small_font)
        line = QFontMetricsF(self.formats.small_font).height()
        padding = self.formats.metrics.placeholder_padding
        wide = size.width() + line + 3 * padding
        return QSizeF(min(self.width, wide), line + 2 * padding)

    def _draw_placeholder(self, painter: QPainter, rect: QRectF, form: QTextFormat) -> None:
        colours = self.formats.style.colours
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(colours.border)
        painter.setBrush(colours.code_background)
        metrics = self.formats.metrics
        line, padding = metrics.hairline / 2, round(metrics.placeholder_padding)
        radius = metrics.placeholder_radius
        painter.drawRoundedRect(rect.adjusted(line, line, -line, -line), radius, radius)
        size = max(1, round(rect.height() - 2 * padding))
        painter.drawPixmap(
            rect.topLeft().toPoint() + QPoint(padding, padding),
            pixmap("image", colours.muted.name(), size, self.ratio),
        )
        painter.setFont(self.formats.small_font)
        painter.setPen(colours.muted)
        inner = rect.adjusted(size + 2 * padding, 0, -padding, 0)
        text = QFontMetricsF(self.formats.small_font).elidedText(
            self._label(form), Qt.TextElideMode.ElideMiddle, inner.width()
        )
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()

    def _label(self, form: QTextFormat) -> str:
        address = _source(form)
        title = str(form.property(TITLE_PROPERTY) or "")
        shown = shown_address(address)
        text = f"{title} — {shown}" if title else shown
        if self.images.is_loading(address):
            return f"… {text}"
        return f"⚠ {text}" if self.images.has_failed(address) else text


def _source(form: QTextFormat) -> str:
    return str(form.property(SOURCE_PROPERTY) or "")


def _shown_source(form: QTextFormat) -> str:
    """Return a formula as it was written, with its delimiters."""
    return str(form.property(TITLE_PROPERTY) or "") or _source(form)


def _wrapping() -> QTextOption:
    result = QTextOption()
    result.setWrapMode(QTextOption.WrapMode.WrapAnywhere)
    return result


def _descent_per_pixel(font: QFont) -> float:
    large = QFont(font)
    large.setPixelSize(200)
    return QFontMetricsF(large).descent() / 200
