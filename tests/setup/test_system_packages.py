from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.fake_checkout import DISPLAY_VARIABLES, ROOT, FakeCheckout
from setup_steps.system_packages import (
    QT,
    WAYLAND,
    X11,
    absent,
    find_program,
    has_display,
    missing_for_window,
    unloadable,
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux lacks them")

MISSING = {"beseda-missing": "libbeseda-missing.so.0"}
LINE = "apt-get install -y --no-install-recommends beseda-missing"

# What a user at a terminal, who is not root, goes through; `found` is what apt would install.
AT_A_TERMINAL = """
import sys
sys.path.append(sys.argv[1])
from setup_steps import SetupError
from setup_steps.apt import provide
from setup_steps.system_packages import absent
try:
    provide(lambda: absent({"beseda-missing": (sys.argv[2],)}), as_root=False)
except SetupError as error:
    print(error)
    sys.exit(error.exit_code)
"""


def test_a_library_is_looked_for_by_loading_it() -> None:
    assert unloadable({"libc6": "libc.so.6", **MISSING}) == ["beseda-missing"]


def test_any_of_several_files_will_do(tmp_path: Path) -> None:
    (tmp_path / "here").touch()
    patterns = (str(tmp_path / "not-here"), str(tmp_path / "he*"))
    assert absent({"package": patterns}) == []
    assert absent({"package": patterns[:1]}) == ["package"]


def test_a_program_is_found_where_it_can_be_run(tmp_path: Path) -> None:
    (tmp_path / "tool").touch()
    assert not find_program("tool", [tmp_path])
    (tmp_path / "tool").chmod(0o755)
    assert find_program("tool", [tmp_path]) == str(tmp_path / "tool")


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, False),
        ({"DISPLAY": "", "WAYLAND_DISPLAY": ""}, False),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"QT_QPA_PLATFORM": "offscreen"}, True),
        ({"QT_QPA_PLATFORM": "xcb"}, False),
        ({"QT_QPA_PLATFORM": "wayland;xcb", "DISPLAY": ":0"}, False),
        ({"QT_QPA_PLATFORM": "xcb:option", "DISPLAY": ":0"}, True),
    ],
)
def test_a_display_is_told_from_none(environ: dict[str, str], *, expected: bool) -> None:
    assert has_display(environ) is expected


def test_nothing_is_missing_where_the_tests_run() -> None:
    assert missing_for_window({"QT_QPA_PLATFORM": "offscreen"}) == []
    assert missing_for_window({"DISPLAY": ":0"}) == []


def test_each_package_is_named_once() -> None:
    names = [*QT, *X11, *WAYLAND]
    assert len(names) == len(set(names))


def test_what_is_missing_is_installed_as_root_or_else_the_line_is_printed(
    checkout: FakeCheckout,
) -> None:
    _need(checkout, f"QT.update({MISSING!r})")
    log = _put_apt(checkout, "exit 0")
    started = checkout.start("--demo", QT_QPA_PLATFORM="offscreen")
    assert (started.code, started.out) == (3, "")
    assert started.err.splitlines()[-1].removeprefix("sudo ") == LINE
    calls = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    assert [call.split()[-1] for call in calls] == (
        ["-qq", "beseda-missing"] if os.geteuid() == 0 else []
    )
    assert not (checkout.root / ".venv").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
def test_a_start_goes_on_once_root_installed_what_was_missing(checkout: FakeCheckout) -> None:
    installed = checkout.tools / "installed"
    _need(checkout, f"TEST_FILES['beseda-missing'] = ({str(installed)!r},)")
    _put_apt(checkout, f'case "$*" in *install*) touch "{installed}";; esac; echo from apt')
    started = checkout.start("some tests", command="test")
    assert (started.code, started.out) == (0, "pytest some tests \n")
    assert "Installing system packages with apt: beseda-missing" in started.err


def test_the_terminal_side_needs_no_qt_libraries(checkout: FakeCheckout) -> None:
    _need(checkout, f"QT.update({MISSING!r})")
    assert checkout.start("ask", "x", DISPLAY=":0").code == 0
    assert checkout.start(DISPLAY="").code == 0


def test_without_apt_the_packages_are_named(checkout: FakeCheckout) -> None:
    path = checkout.environ(PATH=str(checkout.tools))
    command = [sys.executable, "-c", AT_A_TERMINAL, str(ROOT / "packaging"), "/nonexistent"]
    done = subprocess.run(
        command, env=path, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert done.returncode == 3
    assert "what Debian calls beseda-missing" in done.stdout


@pytest.mark.parametrize(
    ("answer", "code", "calls"), [("\n", 0, 2), ("y\n", 0, 2), ("n\n", 3, 0), ("\x04", 3, 0)]
)
def test_a_user_at_a_terminal_is_asked_before_sudo(
    checkout: FakeCheckout, answer: str, code: int, calls: int
) -> None:
    installed = checkout.tools / "installed"
    log = _put_apt(checkout, f'case "$*" in *install*) touch "{installed}";; esac')
    checkout.put_program("sudo", '"$@"')
    main_end, terminal = pty.openpty()
    os.write(main_end, answer.encode())
    done = subprocess.run(
        [sys.executable, "-c", AT_A_TERMINAL, str(ROOT / "packaging"), str(installed)],
        env=checkout.environ(),
        stdin=terminal,
        stderr=terminal,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(terminal)
    assert "Install them now with sudo?" in os.read(main_end, 65536).decode()
    os.close(main_end)
    assert done.returncode == code
    assert len(log.read_text(encoding="utf-8").splitlines() if log.exists() else []) == calls
    assert (f"sudo {LINE}" in done.stdout) == (code == 3)


def test_the_name_that_this_release_knows_is_used(checkout: FakeCheckout) -> None:
    script = "from setup_steps.apt import _name_here; print(_name_here('libglib2.0-0'))"
    names = []
    for code in (0, 100):
        checkout.put_program("apt-cache", f"exit {code}")
        command = [sys.executable, "-c", script]
        environ = checkout.environ(PYTHONPATH=str(ROOT / "packaging"))
        names.append(subprocess.run(command, env=environ, capture_output=True, check=True).stdout)
    assert names == [b"libglib2.0-0t64\n", b"libglib2.0-0\n"]


def test_the_variables_of_a_display_are_not_those_of_whoever_runs_the_tests(
    checkout: FakeCheckout,
) -> None:
    assert not set(DISPLAY_VARIABLES) & checkout.environ().keys()


def _need(checkout: FakeCheckout, statement: str) -> None:
    """Make the checkout need one thing more."""
    data = checkout.root / "packaging" / "setup_steps" / "system_packages.py"
    data.write_text(f"{data.read_text(encoding='utf-8')}\n{statement}\n", encoding="utf-8")


def _put_apt(checkout: FakeCheckout, script: str) -> Path:
    """Put an apt-get on PATH that writes down its arguments; return where."""
    log = checkout.tools / "apt.log"
    checkout.put_program("apt-get", f'echo "$*" >> "{log}"\n{script}')
    return log
