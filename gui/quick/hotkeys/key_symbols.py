"""What X and Wayland call keys."""

from __future__ import annotations

_NAMES = {
    "Space": "space",
    "Esc": "Escape",
    "Backspace": "BackSpace",
    "Enter": "KP_Enter",
    "Ins": "Insert",
    "Del": "Delete",
    "PgUp": "Prior",
    "PgDown": "Next",
    ",": "comma",
    ".": "period",
    "/": "slash",
    ";": "semicolon",
    "'": "apostrophe",
    "[": "bracketleft",
    "]": "bracketright",
    "\\": "backslash",
    "-": "minus",
    "=": "equal",
    "`": "grave",
}
_SAME = frozenset({"Tab", "Return", "Pause", "Print", "Menu", "Home", "End"}) | {
    *("Left", "Up", "Right", "Down"),
    *(f"F{number}" for number in range(1, 36)),
}
_ROWS = {10: "1234567890-=", 24: "QWERTYUIOP[]", 38: "ASDFGHJKL;'`", 51: "\\ZXCVBNM,./"}
"""Of an American keyboard, by the code that Linux gives to the first key of each row."""


def symbol_name(key: str) -> str:
    """Return the name of the symbol of a key, such as `space`; empty when it is not known."""
    if len(key) == 1 and key.isascii() and key.isalnum():
        return key.lower()
    return key if key in _SAME else _NAMES.get(key, "")


def usual_code(key: str) -> int:
    """Return the code that a key which writes something has on Linux; 0 when it is not known."""
    for first, row in _ROWS.items():
        if len(key) == 1 and key in row:
            return first + row.index(key)
    return 0
