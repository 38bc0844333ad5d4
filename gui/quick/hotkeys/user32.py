"""The calls of Windows that a hotkey needs."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class User32:
        """The real `HotkeyCalls`."""

        def __init__(self) -> None:
            self._library = ctypes.WinDLL("user32", use_last_error=True)
            self._library.RegisterHotKey.argtypes = [
                *(wintypes.HWND, ctypes.c_int, wintypes.UINT, wintypes.UINT)
            ]
            self._library.UnregisterHotKey.argtypes = [wintypes.HWND, ctypes.c_int]

        def register(self, number: int, modifiers: int, key: int) -> int:
            """Ask for keys in this thread; return Windows' error, 0 when they are ours."""
            if self._library.RegisterHotKey(None, number, modifiers, key):
                return 0
            return ctypes.get_last_error() or -1

        def unregister(self, number: int) -> None:
            """Give them back."""
            self._library.UnregisterHotKey(None, number)
