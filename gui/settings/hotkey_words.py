"""What is said of the keys that open the quick prompt."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from gui.quick.hotkeys.interface import HotkeyReason, HotkeyState, HotkeyStatus


def hotkey_sentence(state: HotkeyState) -> str:
    """Return what is true of the keys, and what can be done about it."""
    if state.trigger:
        told = QCoreApplication.translate("Hotkey", "The desktop has them: {keys}").format(
            keys=state.trigger
        )
        return f"{told}\n{_by_status(state)}"
    return _by_status(state)


def _by_status(state: HotkeyState) -> str:
    keys = QKeySequence(state.keys).toString(QKeySequence.SequenceFormat.NativeText)
    if state.status is HotkeyStatus.REGISTERED and state.trigger:
        return QCoreApplication.translate(
            "Hotkey", "Other keys are chosen in the desktop’s own settings."
        )
    if state.status is HotkeyStatus.REGISTERED:
        return QCoreApplication.translate(
            "Hotkey", "{keys} opens the quick prompt in every program."
        ).format(keys=keys)
    if state.status is HotkeyStatus.TAKEN:
        return QCoreApplication.translate(
            "Hotkey", "Another program has {keys}. Choose other keys."
        ).format(keys=keys)
    if state.status is HotkeyStatus.WAITING:
        return QCoreApplication.translate(
            "Hotkey", "The desktop is being asked, and may be asking you."
        )
    if state.status is HotkeyStatus.OFF:
        is_paused = state.reason is HotkeyReason.PAUSED
        return (
            QCoreApplication.translate("Hotkey", "They are paused from the tray.")
            if is_paused
            else QCoreApplication.translate("Hotkey", "No keys are in use.")
        )
    return _why_impossible(state.reason)


def _why_impossible(reason: HotkeyReason) -> str:
    sentences = {
        HotkeyReason.NO_SYSTEM: QCoreApplication.translate(
            "Hotkey", "This system gives programs no keys of this kind."
        ),
        HotkeyReason.NO_LIBRARY: QCoreApplication.translate(
            "Hotkey", "The screen cannot be asked for keys."
        ),
        HotkeyReason.NO_SUCH_KEY: QCoreApplication.translate(
            "Hotkey", "These keys cannot be asked for here. Choose other keys."
        ),
        HotkeyReason.TOO_PLAIN: QCoreApplication.translate(
            "Hotkey",
            "These keys are needed for writing. Choose some with Ctrl, Alt or the system’s key.",
        ),
        HotkeyReason.NO_PORTAL: QCoreApplication.translate(
            "Hotkey",
            "This desktop gives programs no keys of this kind. Its own settings do: see below.",
        ),
        HotkeyReason.NOT_INSTALLED: QCoreApplication.translate(
            "Hotkey",
            "This desktop gives keys to installed programs alone. Install Beseda from its package,"
            " or see below.",
        ),
        HotkeyReason.REFUSED: QCoreApplication.translate(
            "Hotkey",
            "The desktop was not allowed to give the keys. Its own settings can change that.",
        ),
        HotkeyReason.NO_KEYS_GIVEN: QCoreApplication.translate(
            "Hotkey",
            "The desktop knows what the keys are for, but has given none. Choose them in its own"
            " settings.",
        ),
    }
    return sentences.get(
        reason,
        QCoreApplication.translate("Hotkey", "The system refused the keys without saying why."),
    )
