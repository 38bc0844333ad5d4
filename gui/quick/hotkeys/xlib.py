"""The few functions of Xlib that a hotkey needs, on a connection of its own.

Qt's connection is left alone: what is grabbed here is not seen there, and the other way round.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from typing import NamedTuple

BAD_ACCESS = 10
SHIFT, CAPS_LOCK, CONTROL = 1, 2, 4
_KEY_PRESS, _KEY_RELEASE, _MAPPING_NOTIFY = 2, 3, 34
_GRAB_ASYNC = 1
_MODIFIERS = 8


class KeyMoment(NamedTuple):
    """A key that was grabbed has gone down or up, or the keyboard has been changed."""

    is_press: bool
    is_release: bool
    time: int
    """Milliseconds of the X server's clock."""


class _KeyEvent(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("root", ctypes.c_ulong),
        ("subwindow", ctypes.c_ulong),
        ("time", ctypes.c_ulong),
    )


class _Event(ctypes.Union):
    _fields_ = (("type", ctypes.c_int), ("key", _KeyEvent), ("pad", ctypes.c_long * 24))


class _Error(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("resource", ctypes.c_ulong),
        ("serial", ctypes.c_ulong),
        ("code", ctypes.c_ubyte),
    )


class _ModifierMap(ctypes.Structure):
    _fields_ = (("keys_each", ctypes.c_int), ("codes", ctypes.POINTER(ctypes.c_ubyte)))


_ErrorHandler = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.POINTER(_Error))
_DISPLAY, _INT, _UINT, _ULONG = ctypes.c_void_p, ctypes.c_int, ctypes.c_uint, ctypes.c_ulong
_SIGNATURES = {
    "XOpenDisplay": (_DISPLAY, [ctypes.c_char_p]),
    "XCloseDisplay": (_INT, [_DISPLAY]),
    "XConnectionNumber": (_INT, [_DISPLAY]),
    "XDefaultRootWindow": (_ULONG, [_DISPLAY]),
    "XStringToKeysym": (_ULONG, [ctypes.c_char_p]),
    "XKeysymToKeycode": (ctypes.c_ubyte, [_DISPLAY, _ULONG]),
    "XkbKeycodeToKeysym": (_ULONG, [_DISPLAY, ctypes.c_ubyte, _INT, _INT]),
    "XkbSetDetectableAutoRepeat": (_INT, [_DISPLAY, _INT, ctypes.c_void_p]),
    "XGetModifierMapping": (ctypes.POINTER(_ModifierMap), [_DISPLAY]),
    "XFreeModifiermap": (_INT, [ctypes.POINTER(_ModifierMap)]),
    "XGrabKey": (_INT, [_DISPLAY, _INT, _UINT, _ULONG, _INT, _INT, _INT]),
    "XUngrabKey": (_INT, [_DISPLAY, _INT, _UINT, _ULONG]),
    "XPending": (_INT, [_DISPLAY]),
    "XNextEvent": (_INT, [_DISPLAY, ctypes.c_void_p]),
    "XRefreshKeyboardMapping": (_INT, [ctypes.c_void_p]),
    "XSync": (_INT, [_DISPLAY, _INT]),
    "XSetErrorHandler": (ctypes.c_void_p, [ctypes.c_void_p]),
}


class XDisplay:
    """A connection to the screen of the environment.

    Raises:
        OSError: there is no Xlib, or no screen that lets us in.
    """

    def __init__(self) -> None:
        self._x = ctypes.CDLL("libX11.so.6")
        for name, (result, arguments) in _SIGNATURES.items():
            function = getattr(self._x, name)
            function.restype, function.argtypes = result, arguments
        self._display = self._x.XOpenDisplay(None)
        if not self._display:
            raise OSError("the screen cannot be opened")
        self._root = self._x.XDefaultRootWindow(self._display)
        # A key that is held down is one press then, and not one after the other.
        self._x.XkbSetDetectableAutoRepeat(self._display, 1, None)

    def fileno(self) -> int:
        """Return what can be read when something has happened."""
        return int(self._x.XConnectionNumber(self._display))

    def close(self) -> None:
        """End the connection; whatever was grabbed is free again."""
        self._x.XCloseDisplay(self._display)

    def code_of(self, symbol: str) -> int:
        """Return the code of the key that gives a symbol in some layout; 0 when none does."""
        return int(self._x.XKeysymToKeycode(self._display, self._symbol(symbol)))

    def mask_of(self, *symbols: str) -> int:
        """Return the bit of the modifier that one of these keys sets; 0 when none does."""
        wanted = {self._symbol(symbol) for symbol in symbols}
        mapping = self._x.XGetModifierMapping(self._display)
        try:
            each, codes = mapping.contents.keys_each, mapping.contents.codes
            for modifier in range(_MODIFIERS):
                for code in codes[modifier * each : (modifier + 1) * each]:
                    given = self._x.XkbKeycodeToKeysym(self._display, code, 0, 0) if code else 0
                    if given and given in wanted:
                        return 1 << modifier
        finally:
            self._x.XFreeModifiermap(mapping)
        return 0

    def grab(self, code: int, masks: Iterable[int]) -> set[int]:
        """Grab a key with each of these modifiers; return the errors of X, none when it is ours."""
        errors: set[int] = set()

        def take_error(display: int, error: ctypes._Pointer[_Error]) -> int:
            if display == self._display:
                errors.add(error.contents.code)
            return 0

        handler = _ErrorHandler(take_error)
        # One for the whole process: it is ours for as long as X needs to answer.
        before = self._x.XSetErrorHandler(ctypes.cast(handler, ctypes.c_void_p))
        try:
            for mask in masks:
                self._x.XGrabKey(self._display, code, mask, self._root, 0, _GRAB_ASYNC, _GRAB_ASYNC)
            self._x.XSync(self._display, 0)
        finally:
            self._x.XSetErrorHandler(before)
        return errors

    def ungrab(self, code: int, masks: Iterable[int]) -> None:
        """Give a key back, also what of it was not granted."""
        for mask in masks:
            self._x.XUngrabKey(self._display, code, mask, self._root)
        self._x.XSync(self._display, 0)

    def moments(self) -> Iterator[KeyMoment]:
        """Yield what has happened; it never waits."""
        event = _Event()
        while self._x.XPending(self._display):
            self._x.XNextEvent(self._display, ctypes.byref(event))
            if event.type == _MAPPING_NOTIFY:
                self._x.XRefreshKeyboardMapping(ctypes.byref(event))
                yield KeyMoment(is_press=False, is_release=False, time=0)
            elif event.type in {_KEY_PRESS, _KEY_RELEASE}:
                is_press = event.type == _KEY_PRESS
                yield KeyMoment(is_press, not is_press, event.key.time)

    def _symbol(self, name: str) -> int:
        return int(self._x.XStringToKeysym(name.encode("ascii")))
