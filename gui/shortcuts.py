"""The window's keys by their names, so that the settings can change them."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence

from core.settings import SHORTCUTS, Settings


class _Action(Protocol):
    def setShortcut(self, keys: QKeySequence) -> None: ...


class _Shortcut(Protocol):
    def setKey(self, keys: QKeySequence) -> None: ...


class Shortcuts(QObject):
    """Gives actions and shortcuts the keys that are set for them, and changes them with these."""

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._options = {option.name: option for option in SHORTCUTS}
        self._settings = settings
        self._targets: dict[str, _Action | _Shortcut] = {}

    def add(self, name: str, target: _Action | _Shortcut) -> None:
        """Let `target` have the keys of the option `shortcuts.<name>` from now on."""
        self._targets[name] = target
        self._give_keys(name, target)

    def remove(self, name: str) -> None:
        """Forget a target that is about to go."""
        self._targets.pop(name, None)

    def keys(self, name: str) -> str:
        """Return the keys of `shortcuts.<name>` in Qt's portable form; empty for none."""
        return self._settings.value(self._options[name])

    def take(self, settings: Settings) -> None:
        """Let other settings hold."""
        self._settings = settings
        for name, target in self._targets.items():
            self._give_keys(name, target)

    def _give_keys(self, name: str, target: _Action | _Shortcut) -> None:
        keys = QKeySequence(self.keys(name))
        if hasattr(target, "setShortcut"):
            target.setShortcut(keys)
        else:
            target.setKey(keys)
