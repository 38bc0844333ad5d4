"""A transcript of plain text in one read-only text field."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Slot
from PySide6.QtGui import (
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from core.models import Role
from gui.metrics import metrics
from gui.transcript.interface import MessageState, ShownMessage
from gui.transcript.lines import LONGEST_LINE, LONGEST_QUESTION, folded
from gui.widgets.column import column_width

# What a block is, kept as its user state; a question's blocks lie on a card.
_HEADER, _NOTE, _TEXT, _GAP, _EDGE = 1, 2, 3, 4, 5
_ON_CARD = 8


class _Message:
    """A message, and where it begins in the document."""

    def __init__(self, role: Role, author: str, start: int) -> None:
        self.role = role
        self.author = author
        self.start = start
        self.state = MessageState.OPEN
        self._parts: list[str] = []

    def append(self, text: str) -> None:
        self._parts.append(text)

    def shown(self) -> ShownMessage:
        self._parts = ["".join(self._parts)]
        return ShownMessage(self.role, self.author, self._parts[0], self.state)


class PlainTranscript(QPlainTextEdit):
    """Messages one below the other, as plain text; see `gui.transcript.interface`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._messages: list[_Message] = []
        self._is_following = True

        self.setObjectName("transcript")
        self.setAccessibleName(self.tr("Conversation"))
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # One that comes and goes would move the text; the style hides it while it has no use.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFont(_scaled(self.font(), metrics().text_scale))
        self.document().setDocumentMargin(metrics().message_padding)

        bar = self.verticalScrollBar()
        bar.setProperty("idle", True)  # noqa: FBT003 - Qt's signature
        bar.actionTriggered.connect(self._on_scroll_bar_action)
        bar.rangeChanged.connect(self._on_scroll_bar_range_changed)

    def widget(self) -> QWidget:
        """Return what is put into the window."""
        return self

    @property
    def is_following(self) -> bool:
        """Whether the view stays at the end."""
        return self._is_following

    def add_message(self, role: Role, text: str, *, author: str) -> None:
        """Begin a message; it stays open until `end_message`."""
        cursor = self._end_cursor()
        message = _Message(role, author, cursor.position())
        self._messages.append(message)
        message.append(text)
        cursor.beginEditBlock()
        if message.start:
            self._begin_block(cursor, _GAP)
        card = _ON_CARD if role is Role.USER else 0
        if card:
            self._begin_block(cursor, _EDGE | card)
        self._begin_block(cursor, _HEADER | card)
        cursor.insertText(author)
        self._begin_block(cursor, _TEXT | card)
        if text:
            self._insert(cursor, self._shortened(text) if card else text)
        if card:
            self._begin_block(cursor, _EDGE | card)
        cursor.endEditBlock()
        if card:
            self.follow()
        self._keep_to_end()

    def append_text(self, text: str) -> None:
        """Add to the open message."""
        self._messages[-1].append(text)
        self._insert(self._end_cursor(), text)
        self._keep_to_end()

    def end_message(self, state: MessageState) -> None:
        """Close the open message, with a word about it unless it is complete."""
        if not self._messages or self._messages[-1].state is not MessageState.OPEN:
            return
        self._messages[-1].state = state
        note = self._note(state)
        if note:
            cursor = self._end_cursor()
            self._begin_block(cursor, _NOTE)
            cursor.insertText(note)
            self._keep_to_end()

    def remove_last_message(self) -> None:
        """Take the last message away."""
        message = self._messages.pop()
        if message.start == 0:
            super().clear()
            return
        cursor = self._end_cursor()
        cursor.setPosition(message.start, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        self._keep_to_end()

    def clear(self) -> None:
        """Take all messages away."""
        self._messages.clear()
        super().clear()
        self._is_following = True

    def message_count(self) -> int:
        """Return how many messages there are."""
        return len(self._messages)

    def message(self, index: int) -> ShownMessage:
        """Return a message; negative indexes count from the end.

        Raises:
            IndexError: there is none.
        """
        return self._messages[index].shown()

    @Slot()
    def follow(self) -> None:
        """Go to the end, and stay there while text arrives."""
        self._is_following = True
        self._keep_to_end()

    # What the user does decides whether the view follows; what arrives never does.

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let go of the end, or take hold of it."""
        super().wheelEvent(event)
        self._take_or_let_go()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let go of the end, or take hold of it."""
        super().keyPressEvent(event)
        self._take_or_let_go()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Let go of the end, or take hold of it, where dragging scrolled."""
        super().mouseMoveEvent(event)
        if event.buttons() != Qt.MouseButton.NoButton:
            self._take_or_let_go()

    def event(self, event: QEvent) -> bool:
        """Set the margins before Qt lays out the text, which it does but once."""
        if event.type() == QEvent.Type.Resize:
            left = max(metrics().column_gutter, (self.width() - column_width()) // 2)
            right = max(0, left - self.verticalScrollBar().sizeHint().width())
            self.setViewportMargins(left, 0, right, 0)
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the end in sight."""
        super().resizeEvent(event)
        self._keep_to_end()

    def changeEvent(self, event: QEvent) -> None:
        """Colour the headers anew with the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour_headers()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cards of the questions, and the text on them."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.AlternateBase))
        for card in self._visible_cards():
            painter.drawRoundedRect(card, metrics().message_radius, metrics().message_radius)
        painter.end()
        super().paintEvent(event)

    @Slot(int)
    def _on_scroll_bar_action(self, _action: int) -> None:
        # The bar has its new value only after this signal.
        bar = self.verticalScrollBar()
        self._is_following = bar.sliderPosition() >= bar.maximum()

    @Slot(int, int)
    def _on_scroll_bar_range_changed(self, _least: int, most: int) -> None:
        bar = self.verticalScrollBar()
        if bar.property("idle") != (most == 0):
            bar.setProperty("idle", most == 0)
            bar.style().polish(bar)

    def _take_or_let_go(self) -> None:
        bar = self.verticalScrollBar()
        self._is_following = bar.value() >= bar.maximum()

    def _keep_to_end(self) -> None:
        if self._is_following:
            bar = self.verticalScrollBar()
            bar.setValue(bar.maximum())

    def _visible_cards(self) -> list[QRectF]:
        cards: list[QRectF] = []
        radius = metrics().message_radius
        width = self.viewport().width()
        block, offset = self.firstVisibleBlock(), self.contentOffset()
        was_on_card = block.previous().userState() > _ON_CARD
        while block.isValid():
            area = self.blockBoundingGeometry(block).translated(offset)
            if not block.next().isValid():
                # Qt counts the document's margin as a part of the last block.
                area.setBottom(area.bottom() - self.document().documentMargin())
            if area.top() > self.viewport().height():
                break
            is_on_card = block.userState() > _ON_CARD
            if is_on_card and cards and was_on_card:
                cards[-1].setBottom(area.bottom())
            elif is_on_card:
                # One that began above the view has its round corners up there.
                above = radius if was_on_card else 0
                cards.append(QRectF(0, area.top() - above, width, area.height() + above))
            was_on_card = is_on_card
            block = block.next()
        if cards and was_on_card and block.isValid() and block.userState() > _ON_CARD:
            cards[-1].setBottom(cards[-1].bottom() + radius)
        return cards

    def _end_cursor(self) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        return cursor

    def _begin_block(self, cursor: QTextCursor, kind: int) -> None:
        form = self._format(kind & ~_ON_CARD)
        if cursor.position() > 0 or cursor.block().userState() > 0:
            cursor.insertBlock(QTextBlockFormat(), form)
        else:
            # An empty document has its first block already.
            cursor.setBlockCharFormat(form)
        cursor.block().setUserState(kind)
        cursor.setCharFormat(form)

    def _format(self, kind: int) -> QTextCharFormat:
        form = QTextCharFormat()
        if kind in {_HEADER, _NOTE}:
            form.setFont(_scaled(self.font(), metrics().small_scale / metrics().text_scale))
            if kind == _HEADER:
                form.setFontWeight(QFont.Weight.DemiBold)
            form.setForeground(self.palette().color(QPalette.ColorRole.PlaceholderText))
        elif kind in {_GAP, _EDGE}:
            scale = metrics().gap_scale if kind == _GAP else metrics().edge_scale
            form.setFont(_scaled(self.font(), scale / metrics().text_scale))
        return form

    def _insert(self, cursor: QTextCursor, text: str) -> None:
        cursor.insertText(folded(text, room=LONGEST_LINE - cursor.block().length()))

    def _shortened(self, text: str) -> str:
        rest = len(text) - LONGEST_QUESTION
        if rest <= 0:
            return text
        more = self.tr("… and %Ln more characters", "", rest)
        return f"{text[:LONGEST_QUESTION]}\n{more}"

    def _note(self, state: MessageState) -> str:
        if state is MessageState.STOPPED:
            return self.tr("Stopped here")
        if state is MessageState.CUT:
            return self.tr("Broken off here: the service did not finish")
        return self.tr("Broken off here") if state is MessageState.FAILED else ""

    def _colour_headers(self) -> None:
        form = QTextCharFormat()
        form.setForeground(self.palette().color(QPalette.ColorRole.PlaceholderText))
        block = self.document().begin()
        while block.isValid():
            if block.userState() & ~_ON_CARD in {_HEADER, _NOTE}:
                cursor = QTextCursor(block)
                cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
                cursor.mergeCharFormat(form)
            block = block.next()


def _scaled(font: QFont, factor: float) -> QFont:
    scaled = QFont(font)
    scaled.setPointSizeF(font.pointSizeF() * factor)
    return scaled
