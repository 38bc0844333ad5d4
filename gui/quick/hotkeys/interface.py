"""What every system's hotkey is: asked for a combination, it says what became of that."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from gui.quick.hotkeys.combination import KeyCombination, combination


class HotkeyStatus(StrEnum):
    """What became of the wish for keys."""

    OFF = "off"
    """Nobody wants any."""
    REGISTERED = "registered"
    WAITING = "waiting"
    """The desktop is being asked, and may be asking the user."""
    TAKEN = "taken"
    """Another program has them."""
    IMPOSSIBLE = "impossible"


class HotkeyReason(StrEnum):
    """Why there are no keys; `gui.settings.hotkey_words` has the sentences."""

    NONE = ""
    PAUSED = "paused"
    """The user wants none for a while."""
    NO_SYSTEM = "no_system"
    """Nobody knows how, on this system or screen."""
    NO_LIBRARY = "no_library"
    """The screen, or the library that speaks with it, cannot be reached."""
    NO_SUCH_KEY = "no_such_key"
    TOO_PLAIN = "too_plain"
    """They would be missing in every program."""
    NO_PORTAL = "no_portal"
    """The desktop is one of those that keep such keys to themselves."""
    NOT_INSTALLED = "not_installed"
    """The desktop wants to know the program by its installed desktop file."""
    REFUSED = "refused"
    """The user said no when the desktop asked."""
    NO_KEYS_GIVEN = "no_keys_given"
    """The desktop knows of the wish, but has given no keys; it may do so later."""
    FAILED = "failed"
    """The system refused without saying why."""


@dataclass(frozen=True, slots=True)
class HotkeyState:
    """What is true of the hotkey now."""

    status: HotkeyStatus = HotkeyStatus.OFF
    reason: HotkeyReason = HotkeyReason.NONE
    keys: str = ""
    """What was wished for, in Qt's portable form."""
    trigger: str = ""
    """What the desktop says that is to be pressed, in its own words, where it has the last one."""


class Hotkey(QObject):
    """Keys that work in every program; a system's own class says how to `grab` and `release`.

    Signals:
        pressed: they were pressed; with a token by which the desktop lets a window to the front,
            or an empty text.
        state_changed: this `HotkeyState` is true from now on.
    """

    pressed = Signal(str)
    state_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = HotkeyState()

    @property
    def state(self) -> HotkeyState:
        """What is true now."""
        return self._state

    def register(self, keys: str) -> None:
        """Ask the system for a combination in Qt's portable form, in place of the one before."""
        self.release()
        wanted = combination(keys)
        if not keys:
            state = HotkeyState()
        elif wanted is None:
            state = impossible(HotkeyReason.NO_SUCH_KEY)
        elif wanted.is_too_plain:
            state = impossible(HotkeyReason.TOO_PLAIN)
        else:
            state = self.grab(wanted)
        self.show_state(state, keys=keys)

    def unregister(self) -> None:
        """Give the keys back."""
        self.release()
        self.show_state(HotkeyState())

    def close(self) -> None:
        """Give everything back; nothing can be asked for any more."""
        self.release()

    def show_state(self, state: HotkeyState, *, keys: str = "") -> None:
        """Tell of a state; for the systems' own use, as what is below."""
        new = HotkeyState(state.status, state.reason, keys, state.trigger)
        if new != self._state:
            self._state = new
            self.state_changed.emit(new)

    def grab(self, wanted: KeyCombination) -> HotkeyState:
        """Ask the system; return what it says, its `keys` left empty."""
        raise NotImplementedError

    def release(self) -> None:
        """Give back what was granted; harmless when nothing was."""
        raise NotImplementedError


REGISTERED = HotkeyState(HotkeyStatus.REGISTERED)
TAKEN = HotkeyState(HotkeyStatus.TAKEN)


def impossible(reason: HotkeyReason) -> HotkeyState:
    """Return the state of keys that cannot be had."""
    return HotkeyState(HotkeyStatus.IMPOSSIBLE, reason)
