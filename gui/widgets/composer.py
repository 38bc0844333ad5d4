"""Where the user writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gui.metrics import metrics
from gui.widgets.edit_notice import EditNotice
from gui.widgets.icon_button import IconButton
from gui.widgets.paste_chip import PasteChip
from gui.widgets.prompt_editor import PromptEditor

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from core.attachments import Files
    from gui.attachments.strip import AttachmentStrip

_LONG_TEXT = 50_000
_LONG_LINE = 10_000
"""Characters; beyond either, a pasted text is kept in a chip and not in the text field."""


class Composer(QFrame):
    """A text field with one button that sends, or stops the reply.

    It keeps its text until `clear`: whoever takes a submitted text says so by that.

    Signals:
        submitted: the user wants this text sent.
        stop_requested: the user wants the reply to end.
        changed: there is another text, or there are other files.
        editing_ended: what was written before an earlier message was changed is back.
        refused: a file cannot go with the message; with the `AttachmentError`.
    """

    submitted = Signal(str)
    stop_requested = Signal()
    changed = Signal()
    editing_ended = Signal()
    refused = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_replying = False
        self._aside: tuple[str, Files] | None = None
        self._strip: AttachmentStrip | None = None

        self.setObjectName("composerFrame")
        self.edit_notice = EditNotice()
        self.chip = PasteChip()
        self.editor = PromptEditor()
        self.editor.setObjectName("composer")
        self.editor.setAccessibleName(self.tr("Message"))
        self.editor.setPlaceholderText(self.tr("Ask anything…"))
        self.attach_button = IconButton("attach", role=QPalette.ColorRole.PlaceholderText)
        self.attach_button.setObjectName("attachButton")
        self.attach_button.label(self.tr("Add pictures or text files"))
        self.send_button = self._round_button("send", self.tr("Send"))
        self.stop_button = self._round_button("stop", self.tr("Stop"))
        self.stop_button.hide()

        self._controls = QHBoxLayout()
        self._controls.setSpacing(metrics().space_small)
        self._controls.addWidget(self.attach_button)
        self._controls.addStretch(1)
        self._controls.addWidget(self.send_button)
        self._controls.addWidget(self.stop_button)
        self._column = layout = QVBoxLayout(self)
        padding = metrics().composer_padding
        layout.setContentsMargins(padding, padding, padding, padding)
        layout.setSpacing(metrics().space_small)
        layout.addWidget(self.edit_notice)
        layout.addWidget(self.chip)
        layout.addWidget(self.editor)
        layout.addLayout(self._controls)
        self.setFocusProxy(self.editor)
        QWidget.setTabOrder(self.editor, self.attach_button)

        self.editor.submit_pressed.connect(self._submit)
        self.editor.pasted.connect(self._on_editor_pasted)
        self.editor.files_pasted.connect(self.add_offered)
        self.editor.textChanged.connect(self._refresh)
        self.editor.focus_changed.connect(self._on_editor_focus_changed)
        self.chip.changed.connect(self._refresh)
        self.editor.textChanged.connect(self.changed)
        self.chip.changed.connect(self.changed)
        self.edit_notice.cancel_requested.connect(self.end_editing)
        self.attach_button.clicked.connect(self._choose_files)
        self.send_button.clicked.connect(self._submit)
        self.stop_button.clicked.connect(self.stop_requested)
        self._refresh()

    def text(self) -> str:
        """Return what would be sent: what is typed, and below it what was pasted."""
        return "\n\n".join(part for part in (self.editor.text(), self.chip.text()) if part)

    def set_text(self, text: str) -> None:
        """Put `text` in the place of the one that is there, with the caret at its end."""
        self.editor.clear()
        self.chip.clear()
        self._on_editor_pasted(text)

    def files(self) -> Files:
        """Return the files that would be sent."""
        return () if self._strip is None else self._strip.files()

    def set_files(self, files: Files) -> None:
        """Put these files in the place of those that are there."""
        if files or self._strip is not None:
            self.strip().show_files(files)

    @Slot(object)
    def add_offered(self, offered: QMimeData) -> None:
        """Add the files or the picture that were pasted or dropped."""
        from gui.attachments.offered import add_offered  # noqa: PLC0415 - see `strip`

        add_offered(self.strip(), offered)

    def strip(self) -> AttachmentStrip:
        """Return what shows the files; made for the first of them, for most questions have none."""
        if self._strip is None:
            from gui.attachments.strip import AttachmentStrip  # noqa: PLC0415 - see above

            self._strip = AttachmentStrip(after=self.editor)
            self._column.insertWidget(self._column.indexOf(self.editor), self._strip)
            self._strip.changed.connect(self._refresh)
            self._strip.changed.connect(self._show_hint)
            self._strip.changed.connect(self.changed)
            self._strip.refused.connect(self.refused)
        return self._strip

    @Slot()
    def clear(self) -> None:
        """Empty the field: its text and its files are on their way."""
        self.editor.clear()
        self.chip.clear()
        if self._strip is not None:
            self._strip.clear()

    @property
    def is_editing(self) -> bool:
        """Whether an earlier message is being changed."""
        return self._aside is not None

    def start_editing(self, text: str, files: Files = ()) -> None:
        """Put an earlier message into the field; what stands there is laid aside."""
        if self._aside is None:
            self._aside = self.text(), self.files()
        self.set_text(text)
        self.set_files(files)
        self.edit_notice.show()
        self.editor.setFocus()

    @Slot()
    def end_editing(self) -> None:
        """Put back what was laid aside."""
        if self._aside is not None:
            (text, files), self._aside = self._aside, None
            self.set_text(text)
            self.set_files(files)
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
        QWidget.setTabOrder(self.attach_button, widget)
        QWidget.setTabOrder(widget, self.send_button)
        QWidget.setTabOrder(self.send_button, self.stop_button)

    @Slot()
    def _submit(self) -> None:
        if not self.editor.is_composing and self._can_send():
            self.submitted.emit(self.text())

    def _can_send(self) -> bool:
        is_reading = self._strip is not None and self._strip.is_reading
        return not self._is_replying and not is_reading and _has_words(self.text())

    @Slot()
    def _choose_files(self) -> None:
        from gui.attachments.file_dialog import choose_files  # noqa: PLC0415 - see `strip`

        choose_files(self.strip())

    @Slot()
    def _show_hint(self) -> None:
        """Say that a file alone is no question."""
        is_alone = self._strip is not None and not self._strip.is_empty
        hint = self.tr("What about it?") if is_alone else self.tr("Ask anything…")
        self.editor.setPlaceholderText(hint)

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
        self.send_button.setEnabled(self._can_send())

    def _round_button(self, icon_name: str, label: str) -> IconButton:
        button = IconButton(icon_name, role=QPalette.ColorRole.BrightText)
        button.setObjectName(f"{icon_name}Button")
        button.label(label)
        button.setFixedSize(metrics().button_size, metrics().button_size)
        return button


def _has_words(text: str) -> bool:
    return bool(text.strip("\0 \t\r\n"))
