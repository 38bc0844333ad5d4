"""Records a combination of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from gui.key_positions import LATIN
from gui.settings.control import Control

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent

_Key = Qt.Key
_Modifier = Qt.KeyboardModifier
_MODIFIER_KEYS = frozenset(
    {
        _Key.Key_Control,
        _Key.Key_Shift,
        _Key.Key_Alt,
        _Key.Key_Meta,
        _Key.Key_AltGr,
        _Key.Key_Super_L,
        _Key.Key_Super_R,
        _Key.Key_CapsLock,
        _Key.Key_unknown,
    }
)


class KeysControl(Control):
    """A button that shows the keys; once it is pressed, the next combination is taken.

    While it records, Esc leaves everything as it was, and Backspace or Delete sets no keys.

    Signals:
        recording_changed: whether the next keys are taken has changed.
    """

    recording_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = ""
        self._label = ""
        self._button = _Recorder()
        self._button.setProperty("kind", "plain")
        self._button.setAutoDefault(False)

        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._button)

        self._button.clicked.connect(self._on_button_clicked)
        self._button.owner = self

    @property
    def is_recording(self) -> bool:
        """Whether the next keys are taken."""
        return self._button.is_recording

    def field(self) -> QWidget:
        """Return the button."""
        return self._button

    def name_as(self, key: str, label: str, hint: str) -> None:
        """Name the button by what the keys do, and which they are."""
        super().name_as(key, label, hint)
        self._label = label
        self._show_keys()

    def show_value(self, value: object) -> None:
        """Show a combination in Qt's portable form, such as `Ctrl+N`; empty for none."""
        self._keys = str(value or "")
        self._show_keys()

    def take(self, keys: str) -> None:
        """End recording with a combination; empty for none."""
        self.stop()
        if keys != self._keys:
            self._keys = keys
            self._show_keys()
            self.value_changed.emit(keys)

    def stop(self) -> None:
        """End recording; everything stays as it was."""
        self._show_recording(is_recording=False)
        self._show_keys()

    def _show_keys(self) -> None:
        keys = QKeySequence(self._keys).toString(QKeySequence.SequenceFormat.NativeText)
        shown = keys or self.tr("None")
        self._button.setText(shown)
        self._button.setAccessibleName(f"{self._label}: {shown}")

    def _show_recording(self, *, is_recording: bool) -> None:
        if is_recording != self._button.is_recording:
            self._button.is_recording = is_recording
            self.recording_changed.emit(is_recording)

    @Slot()
    def _on_button_clicked(self) -> None:
        self._show_recording(is_recording=True)
        text = self.tr("Press the keys…")
        self._button.setText(text)
        self._button.setAccessibleName(f"{self._label}: {text}")


class _Recorder(QPushButton):
    """The button; it keeps the keys from everybody else while it records."""

    owner: KeysControl
    is_recording = False

    def event(self, event: QEvent) -> bool:
        """Take keys that are shortcuts, and Tab, which would otherwise go elsewhere."""
        if self.is_recording and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if self.is_recording and event.type() == QEvent.Type.KeyPress:
            self.keyPressEvent(event)  # type: ignore[arg-type]  # Qt's types say so
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take what is pressed with its modifiers."""
        if not self.is_recording:
            super().keyPressEvent(event)
            return
        event.accept()
        key = _Key(event.key())
        modifiers = event.modifiers() & ~(_Modifier.KeypadModifier | _Modifier.GroupSwitchModifier)
        if key in _MODIFIER_KEYS:
            return
        if key == _Key.Key_Escape and not modifiers:
            self.owner.stop()
        elif key in {_Key.Key_Backspace, _Key.Key_Delete} and not modifiers:
            self.owner.take("")
        elif _can_be_shortcut(key, modifiers):
            self.owner.take(_portable(key, modifiers))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Stop recording when the user goes elsewhere."""
        super().focusOutEvent(event)
        if self.is_recording:
            self.owner.stop()


def _can_be_shortcut(key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
    """Tell whether these keys write nothing, and can be spared."""
    if _Key.Key_F1 <= key <= _Key.Key_F35:
        return True
    return bool(
        modifiers & (_Modifier.ControlModifier | _Modifier.AltModifier | _Modifier.MetaModifier)
    )


def _portable(key: Qt.Key, modifiers: Qt.KeyboardModifier) -> str:
    letter = chr(key.value) if key.value < 0x1_0000 else ""
    if letter.upper() in LATIN:
        key = _Key(ord(LATIN[letter.upper()]))
    if key == _Key.Key_Backtab:
        key = _Key.Key_Tab
    sequence = QKeySequence(QKeyCombination(modifiers, key))
    return sequence.toString(QKeySequence.SequenceFormat.PortableText)
