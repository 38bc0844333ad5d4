"""Says what is true of the keys for the quick prompt, and lets them be tried."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.first_start.parts import announce, plain_label, set_kind
from gui.metrics import metrics
from gui.quick.hotkeys.interface import HotkeyState, HotkeyStatus
from gui.settings.button_control import ButtonControl
from gui.settings.hotkey_words import hotkey_sentence
from gui.settings.setting_row import SettingRow
from gui.widgets.icon_label import IconLabel

_PATIENCE = 15_000
"""Milliseconds in which somebody who wants to try the keys presses them."""
_LOOKS = {
    HotkeyStatus.OFF: ("skipped", "hint"),
    HotkeyStatus.REGISTERED: ("passed", "good"),
    HotkeyStatus.WAITING: ("running", "hint"),
    HotkeyStatus.TAKEN: ("failed", "problem"),
    HotkeyStatus.IMPOSSIBLE: ("failed", "problem"),
}


class HotkeyRow(SettingRow):
    """The state of the keys, with one button: it tries keys that are ours, or asks for them again.

    Signals:
        trying_changed: whether a press is to be told, and to open nothing.
        asked_again: the user wants the keys to be asked for once more.
    """

    trying_changed = Signal(bool)
    asked_again = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self._button = ButtonControl(self.tr("Try the keys"))
        super().__init__(
            "quick.hotkey_state",
            self._button,
            label=self.tr("Do the keys work?"),
            can_reset=False,
            parent=parent,
        )
        self._state = HotkeyState()
        self._is_trying = False
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE)

        self._icon = IconLabel("skipped")
        self.sentence = plain_label("hotkeySentence")
        self.result = plain_label("hotkeyResult")
        self.result.hide()

        line = QWidget()
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(metrics().space_medium)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.sentence, 1)
        self.add_words(line)
        self.add_words(self.result)
        self.show_state(self._state)

        self._button.pressed.connect(self._on_button_pressed)
        self._patience.timeout.connect(self._on_patience_timeout)

    @Slot(object)
    def show_state(self, state: HotkeyState) -> None:
        """Say what is true of the keys now."""
        before, self._state = self._state, state
        icon, kind = _LOOKS[state.status]
        self._icon.set_icon_name(icon)
        for label in (self._icon, self.sentence):
            set_kind(label, kind)
        text = hotkey_sentence(state)
        self.sentence.setText(text)
        self._button.field().setAccessibleDescription(text)
        if state != before:
            self._end_trying()
            self._say("", kind="hint")
        self._name_button()

    @Slot()
    def show_tried(self) -> None:
        """Say that the keys were pressed."""
        if self._is_trying:
            self._end_trying()
            self._say(self.tr("The keys work."), kind="good")

    def hideEvent(self, event: QHideEvent) -> None:
        """Let the keys do what they are for again."""
        super().hideEvent(event)
        self._end_trying()
        self._say("", kind="hint")

    def _name_button(self) -> None:
        status = self._state.status
        can_try = status is HotkeyStatus.REGISTERED
        if self._is_trying:
            text = self.tr("Stop trying")
        elif can_try:
            text = self.tr("Try the keys")
        else:
            text = self.tr("Ask for them again")
        button = self._button.field()
        button.setText(text)
        button.setAccessibleName(text)
        button.setEnabled(can_try or status in {HotkeyStatus.TAKEN, HotkeyStatus.IMPOSSIBLE})

    def _say(self, text: str, *, kind: str) -> None:
        self.result.setText(text)
        set_kind(self.result, kind)
        self.result.setVisible(bool(text))
        if text:
            announce(self.result, text)

    def _end_trying(self) -> None:
        if self._is_trying:
            self._is_trying = False
            self._patience.stop()
            self._name_button()
            self.trying_changed.emit(False)  # noqa: FBT003 - a signal's argument

    @Slot()
    def _on_button_pressed(self) -> None:
        if self._is_trying:
            self._end_trying()
            self._say("", kind="hint")
        elif self._state.status is HotkeyStatus.REGISTERED:
            self._is_trying = True
            self._name_button()
            self._patience.start()
            keys = QKeySequence(self._state.keys).toString(QKeySequence.SequenceFormat.NativeText)
            keys = self._state.trigger or keys
            self._say(self.tr("Press them now: {keys}").format(keys=keys), kind="hint")
            self.trying_changed.emit(True)  # noqa: FBT003 - a signal's argument
        else:
            self.asked_again.emit()

    @Slot()
    def _on_patience_timeout(self) -> None:
        self._end_trying()
        self._say(
            self.tr("Nothing came. Another program may take them first; other keys may work."),
            kind="problem",
        )
