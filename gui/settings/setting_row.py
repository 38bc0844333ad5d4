"""One option: what it is called, what it means, and what it is changed with."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPalette
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.metrics import metrics
from gui.settings.control import Control, object_name
from gui.settings.found_text import FoundText, contains_all, folded_words
from gui.settings.settings_metrics import characters, settings_metrics
from gui.widgets.icon_button import IconButton

_Direction = QBoxLayout.Direction
_NO_LIMIT = 16_777_215
"""Qt's own: the largest width of a widget."""


class SettingRow(QWidget):
    """Words on the left, the control and a button that resets it on the right.

    Signals:
        value_changed: the user wants this value; see `Control`.
        reset_requested: the user wants what it was before anybody set it.
    """

    value_changed = Signal(object)
    reset_requested = Signal()

    def __init__(
        self,
        key: str,
        control: Control,
        *,
        label: str,
        hint: str = "",
        words: str = "",
        can_reset: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """Make the row of an option; `words` are found by a search, but not shown."""
        super().__init__(parent)
        self.key, self.control = key, control
        self._words = words
        self._can_reset = can_reset
        self._is_narrow = False

        self.setObjectName(object_name(key, "Row"))
        self.label = FoundText(label)
        self.label.name(control.field())
        self.hint = FoundText(hint)
        self.hint.setProperty("kind", "hint")
        if not hint:
            self.hint.hide()  # to show it would open a window: it has no parent yet
        self.problem = QLabel()
        self.problem.setObjectName(object_name(key, "Problem"))
        self.problem.setProperty("kind", "problem")
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.reset_button = IconButton("reset", role=QPalette.ColorRole.PlaceholderText)
        self.reset_button.setObjectName(object_name(key, "Reset"))
        self.reset_button.label(self.tr("Reset: {label}").format(label=label))
        policy = self.reset_button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.reset_button.setSizePolicy(policy)
        self.reset_button.hide()
        control.name_as(key, label, hint)

        self._lay_out()

        control.value_changed.connect(self.value_changed)
        self.reset_button.clicked.connect(self._on_reset_button_clicked)

    def show_is_set(self, *, is_set: bool) -> None:
        """Offer to reset what somebody has set."""
        self.reset_button.setVisible(is_set and self._can_reset)

    def show_hint(self, text: str) -> None:
        """Say something else below the label."""
        self.hint.show_text(text)
        self.hint.setVisible(bool(text))
        self.control.field().setAccessibleDescription(text)

    def add_words(self, widget: QWidget) -> None:
        """Put something below the hint."""
        self._texts.insertWidget(self._texts.indexOf(self.problem), widget)

    def show_problem(self, sentence: str) -> None:
        """Say what is wrong with what stands in the control; empty when nothing is."""
        if sentence == self.problem.text():
            return
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        field = self.control.field()
        field.setAccessibleDescription(sentence or self.hint.whole_text())
        field.setProperty("wrong", bool(sentence))
        field.style().unpolish(field)
        field.style().polish(field)
        if sentence and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(field, sentence))

    def matches(self, query: str) -> bool:
        """Tell whether each word of `query` is in what is said of the option."""
        text = f"{self.label.whole_text()} {self.hint.whole_text()} {self._words} {self.key}"
        return contains_all(text, folded_words(query))

    def mark(self, query: str) -> None:
        """Show where the words of `query` are; nothing when it is empty."""
        self.label.mark(query)
        self.hint.mark(query)

    def show_narrow(self, *, is_narrow: bool) -> None:
        """Put the control below the words where there is no room beside them."""
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._arrange()

    def _lay_out(self) -> None:
        words = self._texts = QVBoxLayout()
        words.setSpacing(metrics().space_small)
        words.addStretch(1)
        for widget in (self.label, self.hint, self.problem):
            words.addWidget(widget)
        words.addStretch(1)
        end = QHBoxLayout()
        end.setSpacing(metrics().space_small)
        end.addWidget(self.control, 1)
        end.addWidget(self.reset_button, 0, Qt.AlignmentFlag.AlignTop)
        self._end = end
        self._content = QBoxLayout(_Direction.LeftToRight, self)
        space, padding = metrics().space_large, settings_metrics().row_padding
        self._content.setContentsMargins(space, padding, metrics().space_small, padding)
        self._content.addLayout(words, 1)
        self._content.addLayout(end)
        self._arrange()

    def _arrange(self) -> None:
        control = self.control
        is_below = control.is_wide or (self._is_narrow and not control.is_small)
        self._content.setDirection(_Direction.TopToBottom if is_below else _Direction.LeftToRight)
        self._content.setSpacing(metrics().space_medium if is_below else metrics().space_large)
        if is_below or control.is_small:
            control.setMinimumWidth(0)
            control.setMaximumWidth(_NO_LIMIT)
        else:
            # One width for all: their edges are in line.
            control.setFixedWidth(characters(self, settings_metrics().control_characters))

    @Slot()
    def _on_reset_button_clicked(self) -> None:
        self.control.field().setFocus()  # the button hides, and would take the keyboard with it
        self.reset_requested.emit()
