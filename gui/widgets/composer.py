"""Where the user writes."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gui.metrics import metrics
from gui.widgets.edit_notice import EditNotice
from gui.widgets.icon_button import IconButton
from gui.widgets.paste_chip import PasteChip
from gui.widgets.prompt_editor import PromptEditor

_LONG_TEXT = 50_000
_LONG_LINE = 10_000
"""Characters; beyond either, a pasted text is kept in a chip and not in the text field."""


class Composer(QFrame):
    """A text field with one button that sends, or stops the reply.

    It keeps its text until `clear`: whoever takes a submitted text says so by that.

    Signals:
        submitted: the user wants this text sent.
        stop_requested: the user wants the reply to end.
        changed: there is another text.
        editing_ended: what was written before an earlier message was changed is back.
    """

    submitted = Signal(str)
    stop_requested = Signal()
    changed = Signal()
    editing_ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_replying = False
        self._aside: str | None = None

        self.setObjectName("composerFrame")
        self.edit_notice = EditNotice()
        self.chip = PasteChip()
        self.editor = PromptEditor()
        self.editor.setObjectName("composer")
        self.editor.setAccessibleName(self.tr("Message"))
        self.editor.setPlaceholderText(self.tr("Ask anything…"))
        self.send_button = self._round_button("send", self.tr("Send"))
        self.stop_button = self._round_button("stop", self.tr("Stop"))
        self.stop_button.hide()

        self._controls = QHBoxLayout()
        self._controls.setSpacing(metrics().space_small)
        self._controls.addStretch(1)
        self._controls.addWidget(self.send_button)
        self._controls.addWidget(self.stop_button)
        layout = QVBoxLayout(self)
        padding = metrics().composer_padding
        layout.setContentsMargins(padding, padding, padding, padding)
        layout.setSpacing(metrics().space_small)
        layout.addWidget(self.edit_notice)
        layout.addWidget(self.chip)
        layout.addWidget(self.editor)
        layout.addLayout(self._controls)
        self.setFocusProxy(self.editor)

        self.editor.submit_pressed.connect(self._submit)
        self.editor.pasted.connect(self._on_editor_pasted)
        self.editor.textChanged.connect(self._refresh)
        self.editor.focus_changed.connect(self._on_editor_focus_changed)
        self.chip.changed.connect(self._refresh)
        self.editor.textChanged.connect(self.changed)
        self.chip.changed.connect(self.changed)
        self.edit_notice.cancel_requested.connect(self.end_editing)
        self.send_button.clicked.connect(self._submit)
        self.stop_button.clicked.connect(self.stop_requested)
        self._refresh()

    def text(self) -> str:
        """Return what would be sent: what is typed, and below it what was pasted."""
        return "\n\n".join(part for part in (self.editor.text(), self.chip.text()) if part)

    def set_text(self, text: str) -> None:
        """Put `text` in the place of what is there, with the caret at its end."""
        self.clear()
        self._on_editor_pasted(text)

    @Slot()
    def clear(self) -> None:
        """Empty the field: its text is on its way."""
        self.editor.clear()
        self.chip.clear()

    @property
    def is_editing(self) -> bool:
        """Whether an earlier message is being changed."""
        return self._aside is not None

    def start_editing(self, text: str) -> None:
        """Put an earlier message into the field; what stands there is laid aside."""
        if self._aside is None:
            self._aside = self.text()
        self.set_text(text)
        self.edit_notice.show()
        self.editor.setFocus()

    @Slot()
    def end_editing(self) -> None:
        """Put back what was laid aside."""
        if self._aside is not None:
            text, self._aside = self._aside, None
            self.set_text(text)
            self.edit_notice.hide()
            self.editor.setFocus()
            self.editing_ended.emit()

    def set_replying(self, is_replying: bool) -> None:  # noqa: FBT001 - a state, not an option
        """Offer Stop in the place of Send, or Send again."""
        had_focus = self.send_button.hasFocus() or self.stop_button.hasFocus()
        self._is_replying = is_replying
        self.send_button.setVisible(not is_replying)
        self.stop_button.setVisible(is_replying)
        if had_focus:
            (self.stop_button if is_replying else self.editor).setFocus()
        self._refresh()

    def set_height_limit(self, limit: int) -> None:
        """Let the text field grow no higher than `limit` pixels."""
        self.editor.set_height_limit(limit)

    def add_control(self, widget: QWidget) -> None:
        """Put a control of somebody else's beside the button, on the left."""
        self._controls.insertWidget(self._controls.count() - 3, widget)
        QWidget.setTabOrder(self.editor, widget)
        QWidget.setTabOrder(widget, self.send_button)
        QWidget.setTabOrder(self.send_button, self.stop_button)

    @Slot()
    def _submit(self) -> None:
        text = self.text()
        if not self._is_replying and not self.editor.is_composing and _has_words(text):
            self.submitted.emit(text)

    @Slot(str)
    def _on_editor_pasted(self, text: str) -> None:
        if len(text) > _LONG_TEXT or max(map(len, text.splitlines()), default=0) > _LONG_LINE:
            self.chip.add(text)
        else:
            self.editor.insertPlainText(text)
            self.editor.ensureCursorVisible()

    @Slot()
    def _on_editor_focus_changed(self) -> None:
        # The frame counts as focused together with its proxy, but would not be painted anew.
        self.update()

    @Slot()
    def _refresh(self) -> None:
        self.send_button.setEnabled(not self._is_replying and _has_words(self.text()))

    def _round_button(self, icon_name: str, label: str) -> IconButton:
        button = IconButton(icon_name, role=QPalette.ColorRole.BrightText)
        button.setObjectName(f"{icon_name}Button")
        button.label(label)
        button.setFixedSize(metrics().button_size, metrics().button_size)
        return button


def _has_words(text: str) -> bool:
    return bool(text.strip("\0 \t\r\n"))
