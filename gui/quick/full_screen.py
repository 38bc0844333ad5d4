"""Whether somebody is showing slides, watches a film, or plays: then nothing is told."""

from __future__ import annotations

import ctypes
import sys

from gui.quick.x11 import is_active_window_full_screen

_ACCEPTS_NOTIFICATIONS = 5
"""QUNS_ACCEPTS_NOTIFICATIONS of SHQueryUserNotificationState."""


def wants_quiet() -> bool:
    """Whether a window in use fills the screen.

    Wayland and macOS tell nobody; there the desktop itself keeps notifications back.
    """
    if sys.platform == "win32":
        state = ctypes.c_int()
        failed = ctypes.windll.shell32.SHQueryUserNotificationState(ctypes.byref(state))
        return not failed and state.value != _ACCEPTS_NOTIFICATIONS
    return is_active_window_full_screen()
