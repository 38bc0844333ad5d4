"""What starts with the session: files and entries that are written, read and removed."""

from __future__ import annotations

import configparser
import plistlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from core.errors import Fault, StorageError
from gui.autostart import (
    DesktopEntry,
    LaunchAgent,
    RunKey,
    WindowsRegistry,
    autostart_of_this_system,
    is_autostart_on,
    program_command,
    set_autostart,
)

RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
linux_alone = pytest.mark.skipif(sys.platform != "linux", reason="freedesktop.org's way")


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of settings that is not the user's."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path / "config"


def entry_of(path: Path) -> configparser.SectionProxy:
    parser = configparser.RawConfigParser(strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # as its documentation says
    parser.read(path, encoding="utf-8")
    return parser["Desktop Entry"]


@linux_alone
def test_the_desktop_entry_comes_and_goes(config: Path) -> None:
    set_autostart(False)
    assert not is_autostart_on()
    set_autostart(True)
    path = config / "autostart" / "beseda.desktop"
    assert [*config.rglob("*.*")] == [path]
    assert is_autostart_on()
    assert entry_of(path)["Exec"].endswith("--hidden")
    set_autostart(False)
    assert not is_autostart_on()
    assert [*path.parent.iterdir()] == []


@linux_alone
@pytest.mark.usefixtures("config")
def test_without_a_place_for_settings_it_is_in_the_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_CONFIG_HOME")
    set_autostart(True)
    assert (tmp_path / ".config" / "autostart" / "beseda.desktop").is_file()


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="not installed here")
def test_the_desktop_entry_is_valid(tmp_path: Path) -> None:
    entry = DesktopEntry(tmp_path)
    entry.turn_on(('/opt/a b/50% "off" $HOME\\`x`/run', "--hidden"))
    result = subprocess.run(
        ["desktop-file-validate", str(entry.path)], capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stdout) == (0, "")


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("/usr/bin/beseda", "/usr/bin/beseda"),
        ("/opt/a b/run", '"/opt/a b/run"'),
        ("50%", '"50%%"'),
        ("$HOME", r'"\\$HOME"'),
        ("back\\slash", r'"back\\\\slash"'),
        ('"', r'"\\""'),
        ("", '""'),
    ],
)
def test_arguments_are_quoted_as_the_specification_wants(
    tmp_path: Path, word: str, written: str
) -> None:
    entry = DesktopEntry(tmp_path)
    entry.turn_on((word,))
    assert entry_of(entry.path)["Exec"] == written


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_what_the_desktop_switched_off_is_off(tmp_path: Path, line: str) -> None:
    entry = DesktopEntry(tmp_path)
    entry.turn_on(("beseda",))
    text = entry.path.read_text(encoding="utf-8")
    text = text.replace("X-GNOME-Autostart-enabled=true\n", "") + line + "\n"
    entry.path.write_text(text, encoding="utf-8")
    assert not entry.is_on()
    entry.turn_on(("beseda",))
    assert entry.is_on()


def test_what_is_written_already_is_left_alone(tmp_path: Path) -> None:
    entry = DesktopEntry(tmp_path)
    entry.turn_on(("beseda",))
    before = entry.path.stat()
    entry.turn_on(("beseda",))
    assert entry.path.stat().st_ino == before.st_ino
    entry.turn_on(("elsewhere",))
    assert entry_of(entry.path)["Exec"] == "elsewhere"


def test_a_data_folder_of_its_own_is_started_again(tmp_path: Path) -> None:
    entry = DesktopEntry(tmp_path)
    set_autostart(True, data_dir=tmp_path / "data", system=entry)
    assert entry_of(entry.path)["Exec"].endswith(f"--hidden --data-dir {tmp_path / 'data'}")


@pytest.mark.parametrize("on", [True, False])
def test_a_folder_that_cannot_be_written_is_said_by_its_name(tmp_path: Path, on: bool) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    system = DesktopEntry(tmp_path / "file" / "autostart")
    with pytest.raises(StorageError) as caught:
        set_autostart(on, system=system)
    assert caught.value.fault is Fault.SETTINGS_NOT_WRITTEN
    assert caught.value.data["file"] == system.place


def test_the_command_starts_this_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Path(program_command()[0]).is_file()
    monkeypatch.setenv("APPIMAGE", str(tmp_path / "Beseda.AppImage"))
    assert program_command() == (str(tmp_path / "Beseda.AppImage"),)


@linux_alone
@pytest.mark.usefixtures("config")
def test_this_system_has_desktop_entries() -> None:
    assert isinstance(autostart_of_this_system(), DesktopEntry)


def test_the_launch_agent_comes_and_goes(tmp_path: Path) -> None:
    agent = LaunchAgent(tmp_path / "LaunchAgents")
    set_autostart(False, system=agent)
    set_autostart(True, system=agent)
    assert is_autostart_on(system=agent)
    written = plistlib.loads(agent.path.read_bytes())
    assert written["ProgramArguments"] == [*program_command(), "--hidden"]
    assert written["RunAtLoad"] is True
    assert agent.path.stem == written["Label"]
    set_autostart(False, system=agent)
    assert not is_autostart_on(system=agent)
    assert [*agent.path.parent.iterdir()] == []


class FakeWinreg:
    """As much of `winreg` as is used, with a dict behind it."""

    HKEY_CURRENT_USER = "user"
    KEY_SET_VALUE = 2
    REG_SZ = 1

    def __init__(self) -> None:
        self.keys: dict[str, dict[str, Any]] = {RUN: {"Other": "other.exe"}}

    @contextmanager
    def OpenKey(self, root: str, key: str, _zero: int = 0, _rights: int = 1) -> Iterator[str]:  # noqa: N802 - its name
        assert root == self.HKEY_CURRENT_USER
        if key not in self.keys:
            raise FileNotFoundError(key)
        yield key

    @contextmanager
    def CreateKeyEx(self, root: str, key: str, _zero: int, _rights: int) -> Iterator[str]:  # noqa: N802 - its name
        assert root == self.HKEY_CURRENT_USER
        self.keys.setdefault(key, {})
        yield key

    def QueryValueEx(self, key: str, name: str) -> tuple[Any, int]:  # noqa: N802 - its name
        if name not in self.keys[key]:
            raise FileNotFoundError(name)
        return self.keys[key][name], self.REG_SZ

    def SetValueEx(self, key: str, name: str, _zero: int, kind: int, value: str) -> None:  # noqa: N802 - its name
        assert kind == self.REG_SZ
        self.keys[key][name] = value

    def DeleteValue(self, key: str, name: str) -> None:  # noqa: N802 - its name
        if name not in self.keys[key]:
            raise FileNotFoundError(name)
        del self.keys[key][name]


def test_the_run_key_comes_and_goes_beside_those_of_others() -> None:
    winreg = FakeWinreg()
    system = RunKey(WindowsRegistry(winreg))
    set_autostart(False, system=system)
    assert not is_autostart_on(system=system)
    system.turn_on((r"C:\Program Files\Beseda\beseda.exe", "--hidden"))
    assert winreg.keys[RUN]["Beseda"] == r'"C:\Program Files\Beseda\beseda.exe" --hidden'
    assert is_autostart_on(system=system)
    set_autostart(False, system=system)
    assert winreg.keys == {RUN: {"Other": "other.exe"}}


def test_turning_it_on_undoes_what_the_task_manager_did() -> None:
    winreg = FakeWinreg()
    winreg.keys[APPROVED] = {"Beseda": b"\x03", "Other": b"\x03"}
    RunKey(WindowsRegistry(winreg)).turn_on(("beseda.exe",))
    assert winreg.keys[APPROVED] == {"Other": b"\x03"}
