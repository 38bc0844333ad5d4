"""Keys by what is printed on them and by where they are, so that they work in any layout."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent

_RUSSIAN = "ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬ"
_LATIN = "QWERTYUIOPASDFGHJKLZXCVBNM"
_BY_PLACE = {ord(cyrillic): ord(latin) for cyrillic, latin in zip(_RUSSIAN, _LATIN, strict=True)}


def latin_key(event: QKeyEvent) -> Qt.Key:
    """Return the key as on a Latin keyboard: С, in the place of C, is C."""
    code = int(event.key())
    place = _BY_PLACE.get(code, code)
    try:
        return Qt.Key(place)
    except ValueError:
        return Qt.Key.Key_unknown


def combination(event: QKeyEvent) -> QKeyCombination:
    """Return the key with its modifiers, without the one of the number pad."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return QKeyCombination(modifiers, latin_key(event))


def is_escape(event: QEvent) -> bool:
    """Whether Qt asks if a widget wants Escape for itself, before it goes to the window."""
    return (
        isinstance(event, QKeyEvent)
        and event.type() == QEvent.Type.ShortcutOverride
        and event.key() == Qt.Key.Key_Escape
    )
