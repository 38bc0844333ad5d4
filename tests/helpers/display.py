"""A screen of one's own: X server, window manager, session bus, accessibility, keyboard.

Nothing of the user's session is seen or touched; everything ends with the display.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Self

SYSTEM_PYTHON = "/usr/bin/python3"
"""Has `gi`, which no virtual environment gets without a compiler."""

PROGRAMS = ("Xvfb", "openbox", "setxkbmap", "xdotool", "xclip", "scrot", "dbus-daemon", "gdbus")
SCREEN = "1280x900x24"
_XVFB_OPTIONS = ("-nolisten", "tcp", "-noreset")
LIMIT = 20.0
"""Seconds that any of these programs may take to answer."""


def what_is_missing() -> list[str]:
    """Return the names of what a display needs and this machine does not have."""
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    check = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
    if not Path(SYSTEM_PYTHON).exists():
        missing.append(SYSTEM_PYTHON)
    elif subprocess.run(
        [SYSTEM_PYTHON, "-c", check], capture_output=True, check=False, timeout=LIMIT
    ).returncode:
        missing.append("gir1.2-atspi-2.0")
    return missing


class Display:
    """A private screen; a context manager.

    `environment` is what a program needs to appear on it. Without `has_screen_reader`, programs
    do not load what serves one, as on most people's screens.
    """

    def __init__(self, screen: str = SCREEN, *, has_screen_reader: bool = True) -> None:
        self._screen = screen
        self._has_screen_reader = has_screen_reader
        self._stack = ExitStack()
        self.environment: dict[str, str] = {}

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            # Not pytest's folder: a socket's path has room for 107 letters.
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="beseda-")))
            self.environment = _bare_environment(folder)
            self.environment["DISPLAY"] = ":" + self._start_announced(
                stack,
                ["Xvfb", "-displayfd", "{fd}", "-screen", "0", self._screen, *_XVFB_OPTIONS],
            )
            self.environment["DBUS_SESSION_BUS_ADDRESS"] = self._start_announced(
                stack,
                ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address={fd}"],
            )
            # Two layouts, so that Russian is typed as a person types it.
            self.run(["setxkbmap", "-layout", "us,ru"])
            if self._has_screen_reader:
                self._turn_accessibility_on()
            _start(stack, ["openbox", "--sm-disable"], self.environment)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def run(self, command: Sequence[str], *, text: str | None = None) -> str:
        """Return what a command on this display prints.

        Raises:
            subprocess.CalledProcessError: it failed.
        """
        result = subprocess.run(
            command,
            env=self.environment,
            input=text,
            capture_output=True,
            encoding="utf-8",
            check=True,
            timeout=LIMIT,
        )
        return result.stdout

    def type(self, text: str) -> None:
        """Type `text` on the keyboard, in either layout."""
        self.run(["xdotool", "type", "--delay", "8", text])

    def key(self, *names: str) -> None:
        """Press keys, named as `Return` or `ctrl+c`, one after the other."""
        self.run(["xdotool", "key", *names])

    def window_of(self, pid: int) -> str:
        """Return the X id of the visible window of a process; empty when there is none."""
        command = ["xdotool", "search", "--onlyvisible", "--pid", str(pid)]
        result = subprocess.run(
            command,
            env=self.environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=LIMIT,
        )
        return result.stdout.split("\n")[0]

    def close_window(self, pid: int) -> None:
        """Close a program's window as the title bar's cross does."""
        # Alt+F4 asks the window manager, which sends WM_DELETE_WINDOW; xdotool only kills.
        self.run(["xdotool", "windowactivate", "--sync", self.window_of(pid), "key", "alt+F4"])

    def clipboard(self, target: str = "UTF8_STRING") -> str:
        """Return what a paste elsewhere would give."""
        return self.run(["xclip", "-o", "-selection", "clipboard", "-target", target])

    def screenshot(self, path: Path) -> None:
        """Save a picture of the whole screen."""
        self.run(["scrot", "--overwrite", str(path)])

    def _start_announced(self, stack: ExitStack, command: list[str]) -> str:
        """Start a server that tells where it is, once it is, on a file descriptor."""
        reading, writing = os.pipe()
        with os.fdopen(reading) as answer:
            try:
                line = [part.format(fd=writing) for part in command]
                _start(stack, line, self.environment, pass_fds=(writing,))
            finally:
                os.close(writing)
            told = answer.readline().strip()
        if not told:
            raise RuntimeError(f"{command[0]} did not start")
        return told

    def _turn_accessibility_on(self) -> None:
        """Say that a screen reader is there; programs look once, when they start."""
        place = ["--session", "--dest", "org.a11y.Bus", "--object-path", "/org/a11y/bus"]
        method = ["--method", "org.freedesktop.DBus.Properties.Set"]
        value = ["org.a11y.Status", "IsEnabled", "<true>"]
        self.run(["gdbus", "call", *place, *method, *value])


def _bare_environment(folder: Path) -> dict[str, str]:
    """Return an environment with nothing of this session's but where programs are."""
    for name in ("home", "run", "tmp"):
        (folder / name).mkdir(mode=0o700)
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        "HOME": str(folder / "home"),
        "XDG_RUNTIME_DIR": str(folder / "run"),
        "XDG_CONFIG_HOME": str(folder / "home" / ".config"),
        "XDG_DATA_HOME": str(folder / "home" / ".local" / "share"),
        "XDG_CACHE_HOME": str(folder / "home" / ".cache"),
        "XDG_STATE_HOME": str(folder / "home" / ".local" / "state"),
        "TMPDIR": str(folder / "tmp"),
        "GSETTINGS_BACKEND": "memory",
        "QT_QPA_PLATFORM": "xcb",
    }


def _start(
    stack: ExitStack,
    command: list[str],
    environment: dict[str, str],
    pass_fds: tuple[int, ...] = (),
) -> None:
    process = subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=pass_fds,
    )
    stack.callback(end, process)


def end(process: subprocess.Popen[bytes], limit: float = 5.0) -> int:
    """Ask a process to end, make it end if it does not; return its exit code."""
    if process.poll() is None:
        process.terminate()
    try:
        return process.wait(limit)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()
