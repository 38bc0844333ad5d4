"""X11: the key is grabbed on the root window, by where it is on the keyboard."""

from __future__ import annotations

from itertools import chain, combinations
from typing import NamedTuple

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Slot

from gui.quick.hotkeys.combination import KeyCombination
from gui.quick.hotkeys.interface import (
    REGISTERED,
    TAKEN,
    Hotkey,
    HotkeyReason,
    HotkeyState,
    impossible,
)
from gui.quick.hotkeys.key_symbols import symbol_name, usual_code
from gui.quick.hotkeys.xlib import BAD_ACCESS, CAPS_LOCK, CONTROL, SHIFT, XDisplay

_USUAL_ALT, _USUAL_META = 8, 64
_LONGEST_REPEAT = 2000
"""Milliseconds between two presses of a key that is held; after longer, the release was lost."""

_BOUNCE = 40
"""Milliseconds after a release in which no finger presses again, but a busy server may still
send a repeat."""


class _Grab(NamedTuple):
    code: int
    masks: tuple[int, ...]


class X11Hotkey(Hotkey):
    """Grabs the key's code, so it is the same key in every layout; follows a changed keyboard."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._display: XDisplay | None = None
        self._notifier: QSocketNotifier | None = None
        self._wanted: KeyCombination | None = None
        self._grabbed: _Grab | None = None
        self._is_down = False
        self._last_press = 0
        self._last_release = -_BOUNCE
        # A changed keyboard is told in a hundred pieces.
        self._regrab = QTimer(self, singleShot=True, interval=0)
        # What arrives while X answers a question waits in the connection, and wakes nobody.
        self._look = QTimer(self, singleShot=True, interval=0)

        self._regrab.timeout.connect(self._on_regrab_timeout)
        self._look.timeout.connect(self._read)

    def grab(self, wanted: KeyCombination) -> HotkeyState:
        """Grab it, with every state of the locks."""
        try:
            display = self._opened()
        except OSError:
            return impossible(HotkeyReason.NO_LIBRARY)
        self._wanted = wanted
        grab = _grab_for(wanted, display)
        if grab is None:
            return impossible(HotkeyReason.NO_SUCH_KEY)
        errors = display.grab(grab.code, grab.masks)
        self._look.start()
        if errors:
            display.ungrab(grab.code, grab.masks)
            return TAKEN if BAD_ACCESS in errors else impossible(HotkeyReason.FAILED)
        self._grabbed = grab
        return REGISTERED

    def release(self) -> None:
        """Give the key back."""
        self._wanted = None
        self._is_down = False
        if self._display is not None and self._grabbed is not None:
            self._display.ungrab(*self._grabbed)
        self._grabbed = None

    def close(self) -> None:
        """Give the key back, and end the connection."""
        super().close()
        self._regrab.stop()
        self._look.stop()
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
        if self._display is not None:
            self._display.close()
        self._display = self._notifier = None

    def _opened(self) -> XDisplay:
        if self._display is None:
            self._display = display = XDisplay()
            self._notifier = QSocketNotifier(display.fileno(), QSocketNotifier.Type.Read, self)
            self._notifier.activated.connect(self._read)
        return self._display

    @Slot()
    def _read(self) -> None:
        if self._display is None:
            return
        for moment in list(self._display.moments()):
            if moment.is_press:
                self._take_press(moment.time)
            elif moment.is_release:
                self._is_down, self._last_release = False, moment.time
            else:
                self._regrab.start()

    def _take_press(self, time: int) -> None:
        is_repeat = self._is_down and time - self._last_press < _LONGEST_REPEAT
        is_repeat = is_repeat or 0 <= time - self._last_release < _BOUNCE
        self._is_down, self._last_press = True, time
        if not is_repeat:
            self.pressed.emit("")

    @Slot()
    def _on_regrab_timeout(self) -> None:
        """Grab what the key or its modifiers have become."""
        if self._display is None or self._wanted is None:
            return
        if _grab_for(self._wanted, self._display) != self._grabbed:
            self.register(self.state.keys)


def _grab_for(wanted: KeyCombination, display: XDisplay) -> _Grab | None:
    """Return what is to be grabbed; None when the keyboard has no such key."""
    symbol = symbol_name(wanted.key)
    code = display.code_of(symbol) if symbol else 0
    # A keyboard whose layouts are all Cyrillic gives no Latin letter, but it has the key.
    code = code or usual_code(wanted.key)
    if not code:
        return None
    held = (
        (SHIFT if wanted.shift else 0)
        | (CONTROL if wanted.ctrl else 0)
        | (display.mask_of("Alt_L", "Alt_R") or _USUAL_ALT if wanted.alt else 0)
        | (display.mask_of("Super_L", "Super_R") or _USUAL_META if wanted.meta else 0)
    )
    locks = {CAPS_LOCK, display.mask_of("Num_Lock"), display.mask_of("Scroll_Lock")} - {0}
    states = (combinations(sorted(locks), count) for count in range(len(locks) + 1))
    return _Grab(code, tuple(held | sum(on) for on in chain.from_iterable(states)))
