from __future__ import annotations

import os
import signal
import subprocess
import sys
import venv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from helpers.fake_checkout import FakeCheckout


def _is_healthy(checkout: FakeCheckout, tiny: str = "1.0") -> bool:
    """Whether the program runs, and the next start finds nothing left to do."""
    started = checkout.start("--version")
    again = checkout.start("--version")
    mark = checkout.root / ".beseda" / "set-up-unfinished"
    return (
        started.code == 0
        and started.report["tiny"] == tiny
        and started.report["prefix"] == str(checkout.root / ".venv")
        and again.err == ""
        and not mark.exists()
    )


def test_pip_can_do_all_of_it(checkout: FakeCheckout) -> None:
    started = checkout.start("--version", BESEDA_INSTALLER="pip", PIP_USER="1")
    assert "Successfully installed tiny-1.0" in started.err
    assert _is_healthy(checkout)


def test_a_uv_that_does_not_work_is_passed_over(checkout: FakeCheckout) -> None:
    checkout.put_program("uv", "exit 127")
    # The pinned one would come from an index; without any, pip is what remains.
    (checkout.root / "packaging" / "requirements" / "uv.txt").write_text(
        "--no-index\nuv==0 --hash=sha256:00\n", encoding="utf-8"
    )
    assert _is_healthy(checkout)


def test_a_changed_lock_is_installed(checkout: FakeCheckout) -> None:
    checkout.start("--version")
    checkout.require("2.0")
    assert _is_healthy(checkout, tiny="2.0")


def test_a_lock_that_changed_back_is_installed_again(checkout: FakeCheckout) -> None:
    checkout.start("x", command="test")
    checkout.require("2.0")
    checkout.start("--version")
    checkout.require("1.0")
    checkout.start("x", command="test")
    subprocess.run([checkout.python, "-c", "import tiny; assert tiny.VERSION == '1.0'"], check=True)
    assert _is_healthy(checkout, tiny="1.0")


@pytest.mark.parametrize("hash_is", ["wrong", "absent"])
def test_what_the_lock_does_not_vouch_for_is_refused(checkout: FakeCheckout, hash_is: str) -> None:
    checkout.require("1.0", hash_is=hash_is)
    started = checkout.start("--version")
    assert (started.code, started.out) == (1, "")
    assert "could not be installed" in started.err
    assert not checkout.stamps
    checkout.require("1.0")
    assert _is_healthy(checkout)


def test_what_test_needs_includes_what_run_needs(checkout: FakeCheckout) -> None:
    checkout.start("x", command="test")
    assert checkout.start("--version").err == ""


def test_set_up_for_run_leaves_the_tools_of_the_tests_alone(checkout: FakeCheckout) -> None:
    checkout.start("x", command="test")
    checkout.require("2.0")
    checkout.start("--version")
    subprocess.run([checkout.python, "-c", "import mypy"], check=True)


def test_a_hand_made_environment_is_installed_over(checkout: FakeCheckout) -> None:
    venv.create(checkout.root / ".venv", symlinks=True)
    mine = checkout.python.parent / "of-the-user"
    mine.touch()
    assert _is_healthy(checkout)
    assert mine.exists()


@pytest.mark.parametrize("state", ["empty", "file", "dead link", "no python"])
def test_a_broken_environment_is_made_anew(checkout: FakeCheckout, state: str) -> None:
    folder = checkout.root / ".venv"
    if state == "file":
        folder.touch()
    else:
        folder.mkdir()
    if state in {"dead link", "no python"}:
        venv.create(folder, symlinks=True)
        checkout.python.unlink()
    if state == "dead link":
        checkout.python.symlink_to("/nonexistent/python3")
    assert _is_healthy(checkout)


def test_an_environment_of_another_python_is_made_anew(checkout: FakeCheckout) -> None:
    venv.create(checkout.root / ".venv", symlinks=True)
    checkout.python.unlink()
    checkout.python.write_text("#!/bin/sh\necho cpython-39\n", encoding="utf-8")
    checkout.python.chmod(0o755)
    left = checkout.python.parent / "left-over"
    left.touch()
    assert _is_healthy(checkout)
    assert not left.exists()


def test_a_moved_checkout_is_set_up_again(checkout: FakeCheckout) -> None:
    checkout.start(command="test")
    checkout.root = checkout.root.rename(checkout.root.with_name("moved"))
    # One of the tools is a script which names its Python by its full path.
    assert "imports" in checkout.start(command="test").out
    assert _is_healthy(checkout)
    launcher = (checkout.python.parent / "beseda").read_text(encoding="utf-8")
    assert str(checkout.python) in launcher


def test_a_python_that_went_away_is_replaced(checkout: FakeCheckout) -> None:
    checkout.start("--version")
    for link in checkout.python.parent.glob("python*"):
        link.unlink()
        link.symlink_to("/nonexistent/python3")
    assert _is_healthy(checkout)


def test_two_starts_at_once_set_up_once(checkout: FakeCheckout) -> None:
    starts = [
        subprocess.Popen(
            [checkout.root / "run", "--version"],
            env=checkout.environ(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    ends = [start.communicate(timeout=90) for start in starts]
    assert [start.returncode for start in starts] == [0, 0, 0]
    assert sum("Setting up Beseda" in err for _, err in ends) == 1
    assert _is_healthy(checkout)


@pytest.mark.skipif(sys.platform == "win32", reason="signals and pipes of POSIX")
def test_a_set_up_that_was_killed_is_repaired_once_its_last_child_ended(
    checkout: FakeCheckout,
) -> None:
    started, goes_on = checkout.tools / "started", checkout.tools / "goes-on"
    for pipe in (started, goes_on):
        os.mkfifo(pipe)
    half = checkout.root / ".venv" / "half-done"
    checkout.put_program(
        "uv",
        f'[ "$1" = --version ] && exit 0\ntouch "{half}"; echo > "{started}"\n'
        f'read line < "{goes_on}"; touch "{half}.late"',
    )
    with _start(checkout) as killed:
        started.read_text(encoding="utf-8")
        killed.send_signal(signal.SIGKILL)
    assert half.exists()
    assert not checkout.stamps
    (checkout.tools / "uv").unlink()

    with _start(checkout) as second:
        assert second.stderr is not None
        assert "waiting for it to end" in second.stderr.readline()
        goes_on.write_text("\n", encoding="utf-8")
        second.communicate(timeout=90)
    assert second.returncode == 0
    assert not list(half.parent.glob("half-done*"))
    assert _is_healthy(checkout)


def test_ctrl_c_ends_set_up_with_a_sentence(checkout: FakeCheckout) -> None:
    started = checkout.tools / "started"
    os.mkfifo(started)
    checkout.put_program(
        "uv", f'[ "$1" = --version ] && exit 0\necho > "{started}"; exec tail -f /dev/null'
    )
    with _start(checkout) as interrupted:
        started.read_text(encoding="utf-8")
        os.killpg(interrupted.pid, signal.SIGINT)
        _, err = interrupted.communicate(timeout=30)
    assert interrupted.returncode == 130
    assert err.splitlines()[-1] == "Interrupted. Starting again goes on from here."
    (checkout.tools / "uv").unlink()
    assert _is_healthy(checkout)


def test_a_folder_that_cannot_be_written_to_is_a_sentence(checkout: FakeCheckout) -> None:
    Path(checkout.root, ".beseda").touch()
    started = checkout.start("--version")
    assert started.code == 1
    assert started.err.startswith("Beseda could not be set up: ")
    assert "Traceback" not in started.err


def _start(checkout: FakeCheckout) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [checkout.root / "run", "--version"],
        env=checkout.environ(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
