"""Gives a window the focus, wherever the wish for that came from."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from gui.quick.x11 import activate

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_TOKEN_VARIABLE = "XDG_ACTIVATION_TOKEN"  # noqa: S105 - the name of a variable


def bring_to_front(window: QWidget, token: str = "") -> None:
    """Show a window above the others, with the focus.

    `token` proves to a Wayland desktop that the user wants that; Qt takes it from the environment.
    """
    if token:
        os.environ[_TOKEN_VARIABLE] = token
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
    activate(int(window.winId()))
    os.environ.pop(_TOKEN_VARIABLE, None)
