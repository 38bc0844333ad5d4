"""The text field that a prompt is written in."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QSize, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFont, QInputMethodEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from gui.attachments.offered import holds_files
from gui.metrics import metrics
from gui.properties import set_by_name

_MANY_BLOCKS = 100
"""From here on the field is at its limit anyway, and is not measured."""


class PromptEditor(QPlainTextEdit):
    """A plain text field that is as high as its text, up to a limit.

    Signals:
        submit_pressed: Enter was pressed; look at `is_composing` before anything is sent.
        pasted: this text was pasted or dropped.
        files_pasted: these `QMimeData` are files, or a picture; see `gui.attachments.offered`.
        focus_changed: the field got the focus, or lost it.
    """

    submit_pressed = Signal()
    pasted = Signal(str)
    files_pasted = Signal(object)
    focus_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_composing = False
        self._sends_with_ctrl = False
        self._height_limit = 0

        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * metrics().text_scale)
        self.setFont(font)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        set_by_name(self, horizontalScrollBarPolicy="ScrollBarAlwaysOff")
        set_by_name(self, verticalScrollBarPolicy="ScrollBarAlwaysOff")
        self.document().setDocumentMargin(metrics().space_small)
        self._fit()

        self.document().contentsChanged.connect(self._fit)

    @property
    def is_composing(self) -> bool:
        """Whether an input method is in the middle of a composition."""
        return self._is_composing

    def set_sends_with_ctrl(self, sends_with_ctrl: bool) -> None:  # noqa: FBT001 - a state
        """Submit with Ctrl+Enter, and let Enter begin a new line; or the other way round."""
        self._sends_with_ctrl = sends_with_ctrl

    def set_height_limit(self, limit: int) -> None:
        """Grow no higher than `limit` pixels; from there on the text scrolls."""
        self._height_limit = limit
        self._fit()

    def text(self) -> str:
        """Return what is written."""
        return self.toPlainText()

    def sizeHint(self) -> QSize:
        """Return the size at which all of the text is seen, if the limit allows it."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Note whether a composition is open."""
        super().inputMethodEvent(event)
        self._is_composing = bool(event.preeditString())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Submit with Enter; a new line with Shift+Enter. Ctrl+Enter always submits."""
        from PySide6.QtCore import Qt  # noqa: PLC0415 - costs 0.02 s, not before the first frame

        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
            return
        has_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        has_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if has_shift or (self._sends_with_ctrl and not has_ctrl):
            self.insertPlainText("\n")
            self.ensureCursorVisible()
        elif not event.isAutoRepeat():
            self.submit_pressed.emit()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take text, files and pictures."""
        return source.hasText() or holds_files(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Give what is pasted or dropped to whoever listens: files, a picture, or plain text."""
        if holds_files(source):
            self.files_pasted.emit(source)
        elif source.hasText():
            self.pasted.emit(source.text())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the field has the focus."""
        super().focusInEvent(event)
        self.focus_changed.emit(True)  # noqa: FBT003 - a signal's argument has no name

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the field has lost the focus."""
        super().focusOutEvent(event)
        self._is_composing = False
        self.focus_changed.emit(False)  # noqa: FBT003 - a signal's argument has no name

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the height to lines that break elsewhere now."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    @Slot()
    def _fit(self) -> None:
        wanted = self._text_height()
        height = min(wanted, max(self._height_limit, self._line_height()))
        is_higher = wanted > height
        policy = "ScrollBarAsNeeded" if is_higher else "ScrollBarAlwaysOff"
        set_by_name(self, verticalScrollBarPolicy=policy)
        if height != self.minimumHeight():
            self.setFixedHeight(height)
        if not is_higher:
            # While it grew, the field scrolled to its caret; now everything has room.
            self.verticalScrollBar().setValue(0)

    def _line_height(self) -> int:
        margin = round(self.document().documentMargin())
        return self.fontMetrics().lineSpacing() + 2 * margin

    def _text_height(self) -> int:
        document = self.document()
        if document.blockCount() > _MANY_BLOCKS:
            return self._line_height() * _MANY_BLOCKS
        layout = document.documentLayout()
        height, block = 0.0, document.begin()
        while block.isValid():
            height += layout.blockBoundingRect(block).height()
            block = block.next()
        # Lines of another script may be lower than the font's own: never clip the first.
        return max(self._line_height(), round(height) + 2 * round(document.documentMargin()))
