"""What Qt does not tell of an X11 desktop, asked by ctypes on a connection of our own."""

from __future__ import annotations

import ctypes
from functools import cache

from PySide6.QtGui import QGuiApplication

_ANY_TYPE = 0
_CLIENT_MESSAGE = 33
_TO_THE_WINDOW_MANAGER = (1 << 19) | (1 << 20)
"""SubstructureNotifyMask and SubstructureRedirectMask."""
_AS_A_PAGER = 2
_ADD = 1
_LONGEST_PROPERTY = 64
"""In units of four bytes; a window's states are a few."""


_ErrorHandler = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)


def _ignore_error(_display: int, _error: int) -> int:
    return 0


_IGNORE = _ErrorHandler(_ignore_error)
"""Kept: Xlib does not hold what it calls."""


def is_x11() -> bool:
    """Whether the windows of this program are X11 windows."""
    return QGuiApplication.platformName() == "xcb"


def is_composited() -> bool:
    """Whether windows may be translucent; where that cannot be asked, they may."""
    if not is_x11():
        return True
    display = _display()
    if display is None:
        return False
    x11, server = display
    atom = x11.XInternAtom(server, f"_NET_WM_CM_S{x11.XDefaultScreen(server)}".encode(), 0)
    return bool(x11.XGetSelectionOwner(server, atom))


def is_active_window_full_screen() -> bool:
    """Whether the window that has the focus fills the screen; False where that is unknown."""
    if not is_x11():
        return False
    display = _display()
    if display is None:
        return False
    x11, server = display
    active = _property(display, x11.XDefaultRootWindow(server), b"_NET_ACTIVE_WINDOW")
    if not active or not active[0]:
        return False
    full_screen = x11.XInternAtom(server, b"_NET_WM_STATE_FULLSCREEN", 0)
    # The window may be gone by now, and Xlib ends a program that meets an error.
    before = x11.XSetErrorHandler(ctypes.cast(_IGNORE, ctypes.c_void_p))
    try:
        return full_screen in _property(display, active[0], b"_NET_WM_STATE")
    finally:
        x11.XSetErrorHandler(before)


def activate(window: int) -> None:
    """Ask the window manager for the focus as a panel does it: the user has asked for this window.

    Qt asks as a program does. That is refused when the user was busy elsewhere last, and so they
    were: a hotkey, a notification and a second start are no events of a window of ours.
    """
    _tell(window, b"_NET_ACTIVE_WINDOW", _AS_A_PAGER, 0, 0)


def skip_taskbar(window: int) -> None:
    """Keep a window that is shown out of the lists of windows."""
    display = _display()
    if display is None:
        return
    x11, server = display
    names = (b"_NET_WM_STATE_SKIP_TASKBAR", b"_NET_WM_STATE_SKIP_PAGER")
    atoms = [x11.XInternAtom(server, name, 0) for name in names]
    _tell(window, b"_NET_WM_STATE", _ADD, *atoms)


class _ClientMessage(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("padding", ctypes.c_long * 24),  # Xlib copies a whole XEvent
    )


def _tell(window: int, message: bytes, *data: int) -> None:
    """Send a message about a window to the window manager; nothing happens without X11."""
    display = _display() if is_x11() else None
    if display is None:
        return
    x11, server = display
    event = _ClientMessage(
        type=_CLIENT_MESSAGE,
        window=window,
        message_type=x11.XInternAtom(server, message, 0),
        format=32,
        data=(ctypes.c_long * 5)(*data),
    )
    root = ctypes.c_ulong(x11.XDefaultRootWindow(server))
    mask = ctypes.c_long(_TO_THE_WINDOW_MANAGER)
    x11.XSendEvent(server, root, 0, mask, ctypes.byref(event))
    x11.XSync(server, 0)


_Display = tuple[ctypes.CDLL, ctypes.c_void_p]


@cache
def _display() -> _Display | None:
    """Return the display, opened once; None where there is no library or no server."""
    try:
        x11 = ctypes.CDLL("libX11.so.6")
    except OSError:
        return None
    _declare(x11)
    server = x11.XOpenDisplay(None)
    return (x11, ctypes.c_void_p(server)) if server else None


def _declare(x11: ctypes.CDLL) -> None:
    pointer, number = ctypes.c_void_p, ctypes.c_ulong
    x11.XOpenDisplay.argtypes, x11.XOpenDisplay.restype = [ctypes.c_char_p], pointer
    x11.XDefaultScreen.argtypes = [pointer]
    x11.XDefaultRootWindow.argtypes, x11.XDefaultRootWindow.restype = [pointer], number
    x11.XInternAtom.argtypes = [pointer, ctypes.c_char_p, ctypes.c_int]
    x11.XInternAtom.restype = number
    x11.XGetSelectionOwner.argtypes, x11.XGetSelectionOwner.restype = [pointer, number], number
    x11.XFree.argtypes = [pointer]
    x11.XSetErrorHandler.argtypes, x11.XSetErrorHandler.restype = [pointer], pointer
    x11.XSync.argtypes = [pointer, ctypes.c_int]


def _property(display: _Display, window: int, name: bytes) -> list[int]:
    """Return a window's property of 32-bit numbers; empty where there is none."""
    x11, server = display
    kind, form, count, rest = (
        ctypes.c_ulong(),
        ctypes.c_int(),
        ctypes.c_ulong(),
        ctypes.c_ulong(),
    )
    data = ctypes.POINTER(ctypes.c_ulong)()
    x11.XGetWindowProperty(
        server,
        ctypes.c_ulong(window),
        ctypes.c_ulong(x11.XInternAtom(server, name, 0)),
        ctypes.c_long(0),
        ctypes.c_long(_LONGEST_PROPERTY),
        0,
        ctypes.c_ulong(_ANY_TYPE),
        ctypes.byref(kind),
        ctypes.byref(form),
        ctypes.byref(count),
        ctypes.byref(rest),
        ctypes.byref(data),
    )
    result = [int(data[index]) for index in range(count.value)] if form.value == 32 else []
    x11.XFree(data)  # nothing happens where there was none
    return result
