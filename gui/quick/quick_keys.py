"""The keys of the quick prompt, wherever in it the focus is, and in any layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeyEvent

from gui.transcript.keys import combination

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from gui.quick.quick_prompt import QuickPrompt

_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_NONE = Qt.KeyboardModifier.NoModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class QuickKeys(QObject):
    """Sees the keys before the line and the transcript do; what means nothing here goes on."""

    def __init__(self, prompt: QuickPrompt) -> None:
        super().__init__(prompt)
        self._prompt = prompt
        self._bindings: dict[QKeyCombination, Callable[[], bool]] = {}

        bind = self._bind
        bind(_CTRL | _SHIFT, Qt.Key.Key_C, prompt.copy_code)
        bind(_CTRL, Qt.Key.Key_C, prompt.copy_without_selection)
        bind(_CTRL, Qt.Key.Key_N, prompt.begin_anew)
        bind(_CTRL | _SHIFT, Qt.Key.Key_V, prompt.add_clipboard)
        bind(_NONE, Qt.Key.Key_Escape, prompt.leave)
        bind(_CTRL, Qt.Key.Key_Period, prompt.stop)
        bind(_NONE, Qt.Key.Key_Tab, prompt.complete_command)
        bind(_NONE, Qt.Key.Key_Up, prompt.go_up)
        bind(_NONE, Qt.Key.Key_Down, prompt.go_down)
        bind(_NONE, Qt.Key.Key_Backspace, prompt.drop_context)
        for key in _ENTER:
            bind(_CTRL, key, prompt.promote)
            bind(_NONE, key, prompt.enter)

    def watch(self, widget: QWidget) -> None:
        """Look at the keys of a widget, too."""
        widget.installEventFilter(self)

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key means; False when it means nothing here and now."""
        binding = self._bindings.get(combination(event))
        if binding is None or self._prompt.pane.composer.editor.is_composing:
            return False
        return binding()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that mean something here, and keep them from being shortcuts of Qt's."""
        if isinstance(event, QKeyEvent):
            is_line = watched is self._prompt.pane.composer.editor
            if event.type() == QEvent.Type.KeyPress and (is_line or not _is_for_reading(event)):
                return self.press(event)
        return super().eventFilter(watched, event)

    def _bind(self, modifiers: Qt.KeyboardModifier, key: Qt.Key, do: Callable[[], bool]) -> None:
        self._bindings[QKeyCombination(modifiers, key)] = do


def _is_for_reading(event: QKeyEvent) -> bool:
    """Whether the transcript has a use of its own for a key."""
    own = {Qt.Key.Key_Tab, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Backspace, *_ENTER}
    return event.modifiers() == _NONE and event.key() in own | {Qt.Key.Key_Escape}
