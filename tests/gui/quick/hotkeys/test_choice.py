"""Which hotkey a screen gets, asked in a program of its own."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from helpers.display import Display

PROGRAM = """
import sys
from PySide6.QtGui import QGuiApplication
from gui.quick.hotkeys.choice import hotkey_for_this_system
from gui.tasks import TaskScope
application = QGuiApplication(sys.argv)
hotkey = hotkey_for_this_system(TaskScope())
print(type(hotkey).__name__)
hotkey.close()
"""


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({}, "X11Hotkey"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "WaylandHotkey"),
        ({"XDG_SESSION_TYPE": "wayland"}, "WaylandHotkey"),
        ({"QT_QPA_PLATFORM": "offscreen"}, "NoHotkey"),
    ],
)
def test_each_screen_gets_its_own(display: Display, changes: dict[str, str], name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**display.environment, **changes},
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=30,
    )
    assert done.stdout.strip() == name
