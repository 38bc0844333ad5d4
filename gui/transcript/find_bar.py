"""The bar to search a conversation with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from gui.transcript.find import Query
from gui.transcript.icons import icon
from gui.transcript.keys import is_escape

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from gui.transcript.formats import Formats

_PATIENCE = 120
"""Milliseconds after the last key before the search begins."""
_MAX_NEEDLE = 1_000
_SHORTEST_FIELD = 5
"""Characters that can be seen of what is looked for, however narrow the window is."""


class FindBar(QFrame):
    """A field, the number of matches, and the ways from one to the next.

    Signals:
        query_changed: gives the Query; its text is empty when there is nothing to search.
        next_requested: the user wants the next match.
        previous_requested: the user wants the match before.
        closed: the user is done.
    """

    query_changed = Signal(object)
    next_requested = Signal()
    previous_requested = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._field_width = 0

        self.field = QLineEdit(self, placeholderText=self.tr("Find"), maxLength=_MAX_NEEDLE)
        self.field.setObjectName("findField")
        self.field.setAccessibleName(self.tr("Find in the conversation"))
        self.count = QLabel(self)
        self.count.setObjectName("findCount")
        self.count.setAccessibleName(self.tr("Matches"))
        self.match_case = self._button("matchCaseButton", self.tr("Match case"), "Aa")
        self.whole_words = self._button("wholeWordsButton", self.tr("Whole words"), "W")
        self.match_case.setCheckable(True)
        self.whole_words.setCheckable(True)
        self.previous = self._button("findPreviousButton", self.tr("Previous match"))
        self.next = self._button("findNextButton", self.tr("Next match"))
        self.close_button = self._button("closeFindButton", self.tr("Close"))

        self._layout = layout = QHBoxLayout(self)
        for widget in (
            self.field,
            self.count,
            self.match_case,
            self.whole_words,
            self.previous,
            self.next,
            self.close_button,
        ):
            layout.addWidget(widget)
        self.setObjectName("findBar")
        self.setAccessibleName(self.tr("Find"))
        self.hide()

        self._timer.timeout.connect(self._on_timeout)
        self.field.textChanged.connect(self._on_field_text_changed)
        self.match_case.toggled.connect(self._on_option_toggled)
        self.whole_words.toggled.connect(self._on_option_toggled)
        self.previous.clicked.connect(self.previous_requested)
        self.next.clicked.connect(self.next_requested)
        self.close_button.clicked.connect(self.dismiss)

    def _button(self, name: str, label: str, text: str = "") -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(label)
        button.setAccessibleName(label)
        button.setObjectName(name)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def set_style(self, formats: Formats, ratio: float) -> None:
        """Take other colours."""
        colours, metrics = formats.style.colours, formats.metrics
        wide, narrow = round(metrics.overlay_padding), round(metrics.button_padding)
        self._layout.setContentsMargins(wide, narrow, wide, narrow)
        self._layout.setSpacing(narrow)
        self._field_width = round(metrics.field_width)
        self.setStyleSheet(
            f"#findBar {{ background: {colours.background.name()};"
            f" border: {metrics.hairline:.0f}px solid {colours.border.name()};"
            f" border-radius: {metrics.overlay_radius:.0f}px; }}"
            f"#findBar QLabel {{ color: {colours.muted.name()}; padding: 0 {narrow}px; }}"
            f"#findBar QLineEdit {{ color: {colours.text.name()}; background: transparent;"
            " border: none; }"
            f"#findBar QToolButton {{ color: {colours.muted.name()}; border: none;"
            f" border-radius: {metrics.button_radius:.0f}px; padding: {narrow}px; }}"
            f"#findBar QToolButton:hover, #findBar QToolButton:focus,"
            f" #findBar QToolButton:checked {{ background: {colours.hover.name()};"
            f" color: {colours.text.name()}; }}"
        )
        drawings = ((self.previous, "previous"), (self.next, "next"), (self.close_button, "close"))
        for button, name in drawings:
            side = round(metrics.icon_size)
            button.setIcon(icon(name, colours.muted, side, ratio))
            button.setIconSize(QSize(side, side))

    @property
    def query(self) -> Query:
        """What is searched now."""
        return Query(
            self.field.text(),
            match_case=self.match_case.isChecked(),
            whole_words=self.whole_words.isChecked(),
        )

    def open(self, text: str = "") -> None:
        """Show the bar and search; a selected text may be given to begin with."""
        if text:
            self.field.setText(text)
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._on_timeout()

    def fit(self, room: int) -> None:
        """Take no more than `room` pixels: the field is the narrower for it, down to a word."""
        others = self._layout.sizeHint().width() - self._in_layout(self.field)
        least = self.field.fontMetrics().horizontalAdvance("m" * _SHORTEST_FIELD)
        self.field.setFixedWidth(max(least, min(self._field_width, room - others)))
        self.adjustSize()

    def _in_layout(self, widget: QWidget) -> int:
        item = self._layout.itemAt(self._layout.indexOf(widget))
        return item.sizeHint().width() if item is not None else 0

    def dismiss(self) -> None:
        """Hide the bar; nothing is marked any more."""
        self._timer.stop()
        self.hide()
        self.closed.emit()

    def set_result(self, current: int, total: int, is_complete: bool) -> None:  # noqa: FBT001 - a signal's slot
        """Show which match of how many is visited; `current` counts from 1, 0 for none."""
        if not self.field.text():
            self.count.clear()
        elif not total:
            self.count.setText(self.tr("No matches") if is_complete else self.tr("Searching…"))
        else:
            self.count.setText(self.tr("{0} of {1}").format(current, total))

    def event(self, event: QEvent) -> bool:
        """Keep Escape from the window, which would stop the reply."""
        if is_escape(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter and F3, back with Shift, leave with Escape."""
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F3}:
            if self._timer.isActive():
                self._timer.stop()
                self._on_timeout()
            elif back:
                self.previous_requested.emit()
            else:
                self.next_requested.emit()
        else:
            super().keyPressEvent(event)

    def _on_field_text_changed(self, _text: str) -> None:
        self._timer.start()

    def _on_option_toggled(self, _checked: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._on_timeout()

    def _on_timeout(self) -> None:
        self.query_changed.emit(self.query)
