"""Starts the program with the user's session: hidden, with its tray and its hotkey.

One class for each system, and one file or entry for each user. Nothing else is touched, and what is
taken away leaves nothing behind.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from core.atomic_file import replace_file
from core.errors import Fault, StorageError

_NAME = "beseda"
_RUN_KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"
_APPROVED_KEY = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
_RUN_NAME = "Beseda"
_RESERVED = " \t\n\"'\\><~|&;$*?#()`%"
"""Letters for which a desktop entry wants an argument to be quoted."""


class Autostart(Protocol):
    """What a system starts with the session."""

    @property
    def place(self) -> str:
        """Where that is written, for a person to look at."""

    def is_on(self) -> bool:
        """Whether the program is started."""

    def turn_on(self, command: Sequence[str]) -> None:
        """Have this command started.

        Raises:
            OSError: it could not be written.
        """

    def turn_off(self) -> None:
        """Have nothing started; harmless when nothing is.

        Raises:
            OSError: it could not be removed.
        """


def set_autostart(
    on: bool,  # noqa: FBT001 - as setEnabled of Qt
    *,
    data_dir: Path | None = None,
    system: Autostart | None = None,
) -> None:
    """Let the session start the program, or no more; harmless when that is so already.

    `data_dir` is what this program was told with --data-dir.

    Raises:
        StorageError: the system's settings could not be changed.
    """
    system = system or autostart_of_this_system()
    folder = () if data_dir is None else ("--data-dir", str(data_dir.absolute()))
    try:
        if on:
            system.turn_on((*program_command(), "--hidden", *folder))
        else:
            system.turn_off()
    except OSError as exc:
        raise StorageError(
            exc.strerror or str(exc), fault=Fault.SETTINGS_NOT_WRITTEN, file=system.place
        ) from exc


def is_autostart_on(*, system: Autostart | None = None) -> bool:
    """Whether the session starts the program, which a desktop's own settings may have changed."""
    return (system or autostart_of_this_system()).is_on()


def autostart_of_this_system() -> Autostart:
    """Return what this system has."""
    if sys.platform == "win32":
        return RunKey(WindowsRegistry())
    if sys.platform == "darwin":
        return LaunchAgent(Path("~/Library/LaunchAgents").expanduser())
    place = Path(os.environ.get("XDG_CONFIG_HOME", ""))
    config = place if place.is_absolute() else Path("~/.config").expanduser()
    return DesktopEntry(config / "autostart")


def program_command() -> tuple[str, ...]:
    """Return how this program is started anew, wherever it has been started from."""
    image = os.environ.get("APPIMAGE")
    if image:
        return (image,)
    if getattr(sys, "frozen", False):
        return (sys.executable,)
    checkout = Path(__file__).absolute().parents[1] / "run"
    if sys.platform != "win32" and checkout.is_file():
        return (str(checkout),)
    script = Path(sys.executable).with_name(_NAME + (".exe" if sys.platform == "win32" else ""))
    return (str(script),) if script.is_file() else (sys.executable, "-P", "-m", "gui")


class DesktopEntry:
    """A file in the folder `autostart` of freedesktop.org."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / f"{_NAME}.desktop"

    @property
    def place(self) -> str:
        """The path of the file."""
        return str(self.path)

    def is_on(self) -> bool:
        """Whether it is there, and not switched off by the desktop."""
        try:
            lines = self.path.read_text(encoding="utf-8").splitlines()
        except (OSError, ValueError):
            return False
        off = {"Hidden=true", "X-GNOME-Autostart-enabled=false"}
        return not off.intersection(lines)

    def turn_on(self, command: Sequence[str]) -> None:
        """Write it.

        Raises:
            OSError: it could not be written.
        """
        words = " ".join(map(_exec_word, command))
        lines = (
            "[Desktop Entry]",
            "Type=Application",
            "Name=Beseda",
            "Comment=Chat with language models",
            "Comment[ru]=Беседа с языковыми моделями",
            f"Exec={_entry_text(words)}",
            f"Icon={_NAME}",
            "Terminal=false",
            "StartupNotify=false",
            "X-GNOME-Autostart-enabled=true",
        )
        _replace(self.path, ("\n".join(lines) + "\n").encode(errors="surrogateescape"))

    def turn_off(self) -> None:
        """Remove it.

        Raises:
            OSError: it could not be removed.
        """
        self.path.unlink(missing_ok=True)


class LaunchAgent:
    """A property list in the folder that launchd reads at login."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / f"{_NAME}.plist"

    @property
    def place(self) -> str:
        """The path of the file."""
        return str(self.path)

    def is_on(self) -> bool:
        """Whether it is there."""
        return self.path.is_file()

    def turn_on(self, command: Sequence[str]) -> None:
        """Write it; launchd reads it at the next login.

        Raises:
            OSError: it could not be written.
        """
        import plistlib  # noqa: PLC0415 - for one system, and seldom

        agent = {
            "Label": _NAME,
            "ProgramArguments": list(command),
            "RunAtLoad": True,
            "LimitLoadToSessionType": "Aqua",
            "ProcessType": "Interactive",
        }
        _replace(self.path, plistlib.dumps(agent))

    def turn_off(self) -> None:
        """Remove it.

        Raises:
            OSError: it could not be removed.
        """
        self.path.unlink(missing_ok=True)


class Registry(Protocol):
    """The texts of the user's registry."""

    def read(self, key: str, name: str) -> str | None:
        """Return a value; None where there is none, or one that is no text."""

    def write(self, key: str, name: str, value: str) -> None:
        """Set a value.

        Raises:
            OSError: it could not be set.
        """

    def delete(self, key: str, name: str) -> None:
        """Remove a value; harmless where there is none.

        Raises:
            OSError: it could not be removed.
        """


class RunKey:
    """A value of the registry's key `Run`."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    @property
    def place(self) -> str:
        """The key of the registry."""
        return rf"HKEY_CURRENT_USER\{_RUN_KEY}"

    def is_on(self) -> bool:
        """Whether it is there."""
        return self._registry.read(_RUN_KEY, _RUN_NAME) is not None

    def turn_on(self, command: Sequence[str]) -> None:
        """Set it, also where the task manager had switched it off.

        Raises:
            OSError: it could not be set.
        """
        import subprocess  # noqa: PLC0415 - for one system, and seldom

        self._registry.write(_RUN_KEY, _RUN_NAME, subprocess.list2cmdline(command))
        self._registry.delete(_APPROVED_KEY, _RUN_NAME)

    def turn_off(self) -> None:
        """Remove it.

        Raises:
            OSError: it could not be removed.
        """
        self._registry.delete(_RUN_KEY, _RUN_NAME)
        self._registry.delete(_APPROVED_KEY, _RUN_NAME)


class WindowsRegistry:
    """The registry of the user; `winreg` may be another one, for tests."""

    def __init__(self, winreg: Any = None) -> None:
        if winreg is None:
            import winreg as real  # noqa: PLC0415 - where it exists

            winreg = real
        self._winreg = winreg

    def read(self, key: str, name: str) -> str | None:
        """Return a value; None where there is none, or one that is no text."""
        reg = self._winreg
        try:
            with reg.OpenKey(reg.HKEY_CURRENT_USER, key) as opened:
                value, _ = reg.QueryValueEx(opened, name)
        except FileNotFoundError:
            return None
        return value if isinstance(value, str) else None

    def write(self, key: str, name: str, value: str) -> None:
        """Set a value.

        Raises:
            OSError: it could not be set.
        """
        reg = self._winreg
        with reg.CreateKeyEx(reg.HKEY_CURRENT_USER, key, 0, reg.KEY_SET_VALUE) as opened:
            reg.SetValueEx(opened, name, 0, reg.REG_SZ, value)

    def delete(self, key: str, name: str) -> None:
        """Remove a value; harmless where there is none.

        Raises:
            OSError: it could not be removed.
        """
        reg = self._winreg
        try:
            with reg.OpenKey(reg.HKEY_CURRENT_USER, key, 0, reg.KEY_SET_VALUE) as opened:
                reg.DeleteValue(opened, name)
        except FileNotFoundError:
            return


def _replace(path: Path, content: bytes) -> None:
    try:
        is_written = path.read_bytes() == content
    except OSError:
        is_written = False
    if not is_written:
        replace_file(path, content)


def _exec_word(word: str) -> str:
    """Return an argument as the key `Exec` wants it."""
    word = word.replace("%", "%%")
    if word and not any(letter in _RESERVED for letter in word):
        return word
    for letter in '\\"`$':
        word = word.replace(letter, f"\\{letter}")
    return f'"{word}"'


def _entry_text(text: str) -> str:
    """Return a text as the value of any key: backslashes and line ends are written out."""
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
