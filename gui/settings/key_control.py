"""Takes a key, and never shows it again."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from core.key_shapes import cleaned_key
from gui.metrics import metrics
from gui.settings.control import Control
from gui.widgets.icon_button import IconButton


class KeyControl(Control):
    """A hidden field with buttons to look at what is typed, and to remove what is kept.

    Signals:
        key_entered: this key is to be kept; empty: what is kept is to be removed.
        refused: what was entered can be no key; it still stands in the field.
    """

    key_entered = Signal(str)
    refused = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = QLineEdit()
        self._line.setEchoMode(QLineEdit.EchoMode.Password)
        self.eye_button = IconButton("eye", role=QPalette.ColorRole.PlaceholderText)
        self.eye_button.setObjectName("showKeyButton")
        self.eye_button.setCheckable(True)
        self.eye_button.label(self.tr("Show what is typed"))
        self.eye_button.hide()
        self.remove_button = IconButton("trash", role=QPalette.ColorRole.PlaceholderText)
        self.remove_button.setObjectName("removeKeyButton")
        self.remove_button.label(self.tr("Remove the key"))

        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(metrics().space_small)
        layout.addWidget(self._line, 1)
        layout.addWidget(self.eye_button)
        layout.addWidget(self.remove_button)
        self.show_kept(is_kept=False)

        self._line.textEdited.connect(self._on_line_text_edited)
        self._line.editingFinished.connect(self.hand_over)
        self.eye_button.toggled.connect(self._on_eye_button_toggled)
        self.remove_button.clicked.connect(self._on_remove_button_clicked)

    def field(self) -> QLineEdit:
        """Return the field."""
        return self._line

    def show_value(self, value: object) -> None:
        """Forget what is typed: a key is never shown."""
        del value
        self._line.clear()
        self._show_typing(is_typing=False)

    def show_kept(self, *, is_kept: bool) -> None:
        """Say whether there is a key already."""
        known = self.tr("Kept; paste another one to replace it")
        self._line.setPlaceholderText(known if is_kept else self.tr("Paste the key here"))
        self.remove_button.setVisible(is_kept)

    @Slot()
    def hand_over(self) -> None:
        """Tell the key that was typed, and forget it here."""
        text = self._line.text()
        if not text.strip():
            return
        key = cleaned_key(text)
        if not key:
            self.refused.emit()
            return
        self.show_value(None)
        self.show_kept(is_kept=True)
        self.key_entered.emit(key)

    def _show_typing(self, *, is_typing: bool) -> None:
        self.eye_button.setVisible(is_typing)
        if not is_typing:
            self.eye_button.setChecked(False)

    @Slot(str)
    def _on_line_text_edited(self, text: str) -> None:
        self._show_typing(is_typing=bool(text))

    @Slot(bool)
    def _on_eye_button_toggled(self, is_checked: bool) -> None:  # noqa: FBT001 - Qt's signature
        mode = QLineEdit.EchoMode
        self._line.setEchoMode(mode.Normal if is_checked else mode.Password)

    @Slot()
    def _on_remove_button_clicked(self) -> None:
        self._line.setFocus()
        self.show_value(None)
        self.show_kept(is_kept=False)
        self.key_entered.emit("")
