"""Which of the systems' hotkeys is the one for here."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from gui.quick.hotkeys.interface import Hotkey
    from gui.tasks import TaskScope


def hotkey_for_this_system(scope: TaskScope, parent: QObject | None = None) -> Hotkey:
    """Return the hotkey of this system; talks with the desktop are tasks of `scope`."""
    platform = QGuiApplication.platformName()
    if platform.startswith("wayland") or (platform == "xcb" and is_wayland_session()):
        from gui.quick.hotkeys.wayland import WaylandHotkey  # noqa: PLC0415 - the one that is it

        return WaylandHotkey(scope, parent=parent)
    if platform == "xcb":
        from gui.quick.hotkeys.x11 import X11Hotkey  # noqa: PLC0415 - the one that is it

        return X11Hotkey(parent)
    if platform == "windows" and sys.platform == "win32":
        from gui.quick.hotkeys.user32 import User32  # noqa: PLC0415 - as above
        from gui.quick.hotkeys.windows import WindowsHotkey  # noqa: PLC0415 - as above

        return WindowsHotkey(User32(), parent)
    if platform == "cocoa" and sys.platform == "darwin":
        from gui.quick.hotkeys.carbon import Carbon  # noqa: PLC0415 - as above
        from gui.quick.hotkeys.macos import MacHotkey  # noqa: PLC0415 - as above

        return MacHotkey(Carbon(), parent)
    from gui.quick.hotkeys.none import NoHotkey  # noqa: PLC0415 - as above

    return NoHotkey(parent)


def is_wayland_session() -> bool:
    """Tell whether an X screen is only a guest: it sees the keys of its own windows alone."""
    return bool(os.environ.get("WAYLAND_DISPLAY")) or (
        os.environ.get("XDG_SESSION_TYPE") == "wayland"
    )
