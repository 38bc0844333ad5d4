"""The calls of macOS that a hotkey needs: Carbon has them, and nothing newer has."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Mapping
from typing import Any

_FRAMEWORKS = "/System/Library/Frameworks"
_PRESSED = 5
_EXCLUSIVE = 1
_UTF8 = 0x0800_0100
_NUMBER_INT = 9
_POINTER, _INT, _UINT = ctypes.c_void_p, ctypes.c_int32, ctypes.c_uint32
_Functions = Mapping[str, tuple[Any, list[Any]]]


def _code(text: bytes) -> int:
    """Return four letters as the number that Carbon means by them."""
    return int.from_bytes(text, "big")


class _EventType(ctypes.Structure):
    _fields_ = (("event_class", _UINT), ("kind", _UINT))


class _HotkeyId(ctypes.Structure):
    _fields_ = (("signature", _UINT), ("number", _UINT))


_Handler = ctypes.CFUNCTYPE(_INT, _POINTER, _POINTER, _POINTER)
_CARBON: _Functions = {
    "GetApplicationEventTarget": (_POINTER, []),
    "InstallEventHandler": (
        _INT,
        [_POINTER, _Handler, ctypes.c_ulong, ctypes.POINTER(_EventType), _POINTER, _POINTER],
    ),
    "RemoveEventHandler": (_INT, [_POINTER]),
    "RegisterEventHotKey": (_INT, [_UINT, _UINT, _HotkeyId, _POINTER, _UINT, _POINTER]),
    "UnregisterEventHotKey": (_INT, [_POINTER]),
    "CopySymbolicHotKeys": (_INT, [_POINTER]),
}
_CORE_FOUNDATION: _Functions = {
    "CFArrayGetCount": (ctypes.c_long, [_POINTER]),
    "CFArrayGetValueAtIndex": (_POINTER, [_POINTER, ctypes.c_long]),
    "CFBooleanGetValue": (ctypes.c_ubyte, [_POINTER]),
    "CFDictionaryGetValue": (_POINTER, [_POINTER, _POINTER]),
    "CFNumberGetValue": (ctypes.c_ubyte, [_POINTER, ctypes.c_long, _POINTER]),
    "CFRelease": (None, [_POINTER]),
    "CFStringCreateWithCString": (_POINTER, [_POINTER, ctypes.c_char_p, _UINT]),
}


class Carbon:
    """The real `HotkeyCalls`.

    Raises:
        OSError: this is not macOS.
    """

    def __init__(self) -> None:
        self._carbon = _library("Carbon", _CARBON)
        self._cf = _library("CoreFoundation", _CORE_FOUNDATION)
        self._hotkey = ctypes.c_void_p()
        self._installed = ctypes.c_void_p()
        self._handler: Any = None
        """Kept for as long as the system may call it."""

    def has_system_key(self, code: int, modifiers: int) -> bool:
        """Tell whether the system itself does something by these keys."""
        return (code, modifiers) in set(self._system_keys())

    def register(self, code: int, modifiers: int, pressed: Callable[[], None]) -> int:
        """Ask for keys; return macOS' error, 0 when they are ours."""

        def take(_call: int, _event: int, _data: int) -> int:
            pressed()
            return 0

        target = self._carbon.GetApplicationEventTarget()
        self._handler = _Handler(take)
        wanted = _EventType(_code(b"keyb"), _PRESSED)
        error = self._carbon.InstallEventHandler(
            target, self._handler, 1, ctypes.byref(wanted), None, ctypes.byref(self._installed)
        )
        if error:
            return int(error)
        name = _HotkeyId(_code(b"Bsda"), 1)
        error = self._carbon.RegisterEventHotKey(
            code, modifiers, name, target, _EXCLUSIVE, ctypes.byref(self._hotkey)
        )
        if error:
            self._remove_handler()
        return int(error)

    def unregister(self) -> None:
        """Give them back."""
        self._carbon.UnregisterEventHotKey(self._hotkey)
        self._hotkey = ctypes.c_void_p()
        self._remove_handler()

    def _remove_handler(self) -> None:
        self._carbon.RemoveEventHandler(self._installed)
        self._installed = ctypes.c_void_p()
        self._handler = None

    def _system_keys(self) -> Iterator[tuple[int, int]]:
        """Yield what is switched on in the system's own settings, as codes and modifiers."""
        keys = ctypes.c_void_p()
        if self._carbon.CopySymbolicHotKeys(ctypes.byref(keys)) or keys.value is None:
            return
        names = [
            self._cf.CFStringCreateWithCString(None, f"kHISymbolicHotKey{name}".encode(), _UTF8)
            for name in ("Enabled", "Code", "Modifiers")
        ]
        try:
            for index in range(self._cf.CFArrayGetCount(keys)):
                entry = self._cf.CFArrayGetValueAtIndex(keys, index)
                enabled, code, modifiers = (
                    self._cf.CFDictionaryGetValue(entry, name) for name in names
                )
                if enabled and self._cf.CFBooleanGetValue(enabled) and code and modifiers:
                    yield self._number(code), self._number(modifiers)
        finally:
            for each in (*names, keys):
                self._cf.CFRelease(each)

    def _number(self, value: int) -> int:
        number = ctypes.c_int()
        self._cf.CFNumberGetValue(value, _NUMBER_INT, ctypes.byref(number))
        return number.value


def _library(name: str, functions: _Functions) -> Any:
    library = ctypes.CDLL(f"{_FRAMEWORKS}/{name}.framework/{name}")
    for function, (result, arguments) in functions.items():
        getattr(library, function).restype = result
        getattr(library, function).argtypes = arguments
    return library
