"""A combination of keys, as the systems are asked for it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from gui.key_positions import LATIN, UNSHIFTED

_Modifier = Qt.KeyboardModifier
_Format = QKeySequence.SequenceFormat
_WRITES_NOTHING = re.compile(r"F\d\d?|Pause|Print|Menu")


@dataclass(frozen=True, slots=True)
class KeyCombination:
    """One key, and what is held with it. `ctrl` and `meta` are Qt's: on macOS, ⌘ and Control."""

    key: str
    """By its name in Qt's portable form: `A`, `7`, `;`, `Space`, `PgUp`, `F5`. It is what the key
    gives without Shift on an American keyboard."""
    ctrl: bool = False
    alt: bool = False
    shift: bool = False
    meta: bool = False

    @property
    def is_too_plain(self) -> bool:
        """Whether it is needed for writing: nobody could type it in any program any more."""
        is_held = self.ctrl or self.alt or self.meta
        return not is_held and not _WRITES_NOTHING.fullmatch(self.key)


def combination(keys: str) -> KeyCombination | None:
    """Return what Qt's portable form stands for; None when that is not one combination."""
    sequence = QKeySequence(keys, _Format.PortableText)
    if sequence.count() != 1:
        return None
    pressed = sequence[0]  # type: ignore[index]  # PySide's types forget it
    name = QKeySequence(pressed.key()).toString(_Format.PortableText)
    if not name or pressed.key() == Qt.Key.Key_unknown:
        return None
    held = pressed.keyboardModifiers()
    name = LATIN.get(name, name)
    return KeyCombination(
        "Tab" if name == "Backtab" else UNSHIFTED.get(name, name),
        ctrl=bool(held & _Modifier.ControlModifier),
        alt=bool(held & _Modifier.AltModifier),
        shift=bool(held & _Modifier.ShiftModifier) or name in UNSHIFTED or name == "Backtab",
        meta=bool(held & _Modifier.MetaModifier),
    )
