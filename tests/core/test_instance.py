"""How a start of the program finds the one that runs, and whom it does not trust."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from core.instance import Place, hand_over, place
from core.instance_messages import Action, InstanceError, Why, Wish, answer, decoded

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has pipes instead")

SHOW = Wish(Action.SHOW)
NOBODY = 65534
"""A user that every system has, and that is not the one of the tests."""


@pytest.fixture
def runtime(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The user's folder for sockets; not pytest's, for a socket's path must be short."""
    with tempfile.TemporaryDirectory(prefix="beseda-") as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        yield Path(folder)


@pytest.fixture
def here(runtime: Path, tmp_path: Path) -> Place:  # noqa: ARG001 - where it is
    """Where the program of `tmp_path` listens."""
    found = place(tmp_path, make=True)
    assert found is not None
    return found


@pytest.fixture
def listen(here: Place) -> Iterator[Callable[[Callable[[socket.socket], None]], None]]:
    """Listen in the program's place, and let a function talk to the first visitor."""
    with ExitStack() as stack:

        def listen(talk: Callable[[socket.socket], None]) -> None:
            server = stack.enter_context(socket.socket(socket.AF_UNIX))
            server.bind(here.address)
            server.listen()

            def serve() -> None:
                visitor, _ = server.accept()
                with visitor:
                    talk(visitor)

            thread = threading.Thread(target=serve)
            thread.start()
            stack.callback(thread.join)

        yield listen


def refusal(data_dir: Path, patience: float = 5.0) -> Why:
    with pytest.raises(InstanceError) as caught:
        hand_over(SHOW, data_dir, patience=patience)
    return caught.value.why


@pytest.mark.usefixtures("runtime")
def test_where_nothing_runs_nothing_is_told_or_made(runtime: Path, tmp_path: Path) -> None:
    assert hand_over(SHOW, tmp_path) is False
    assert list(runtime.iterdir()) == []


def test_one_folder_is_one_program_however_it_is_written(here: Place, tmp_path: Path) -> None:
    link = tmp_path.with_name("link")
    link.symlink_to(tmp_path)
    assert place(link) == place(tmp_path / "x" / "..") == here
    assert place(tmp_path / "other") != here


def test_a_wish_arrives_and_is_answered(
    listen: Callable[[Callable[[socket.socket], None]], None], tmp_path: Path
) -> None:
    got: list[Wish] = []

    def talk(visitor: socket.socket) -> None:
        got.append(decoded(visitor.makefile("rb").readline()))
        visitor.sendall(answer())

    listen(talk)
    wish = Wish(Action.QUICK, "Привет", "token")
    assert hand_over(wish, tmp_path) is True
    assert got == [wish]


def test_what_a_dead_program_left_is_nobody(here: Place, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(here.address)
    assert Path(here.address).is_socket()
    assert hand_over(SHOW, tmp_path) is False


def test_a_file_in_the_place_is_nobody(here: Place, tmp_path: Path) -> None:
    Path(here.address).write_text("no socket", encoding="utf-8")
    assert hand_over(SHOW, tmp_path) is False


def test_a_program_that_ends_just_now_is_nobody(
    listen: Callable[[Callable[[socket.socket], None]], None], tmp_path: Path
) -> None:
    listen(lambda visitor: visitor.close())
    assert hand_over(SHOW, tmp_path) is False


def test_a_program_that_hangs_is_said_to(
    listen: Callable[[Callable[[socket.socket], None]], None], tmp_path: Path
) -> None:
    listen(lambda visitor: visitor.makefile("rb").read())
    assert refusal(tmp_path, patience=0.2) is Why.NO_ANSWER


def test_an_answer_in_drops_ends_with_the_patience(
    listen: Callable[[Callable[[socket.socket], None]], None], tmp_path: Path
) -> None:
    has_ended = threading.Event()

    def talk(visitor: socket.socket) -> None:
        while not has_ended.wait(0.02):
            visitor.sendall(b" ")

    listen(talk)
    try:
        assert refusal(tmp_path, patience=0.3) in {Why.NO_ANSWER, Why.TOO_LARGE}
    finally:
        has_ended.set()


def test_an_endless_answer_is_cut_off(
    listen: Callable[[Callable[[socket.socket], None]], None], tmp_path: Path
) -> None:
    def talk(visitor: socket.socket) -> None:
        visitor.makefile("rb").readline()
        visitor.sendall(b"x" * 5000)

    listen(talk)
    assert refusal(tmp_path) is Why.TOO_LARGE


@pytest.mark.parametrize("why", [Why.OTHER_VERSION, Why.NOT_UNDERSTOOD])
def test_a_refusal_is_told(
    listen: Callable[[Callable[[socket.socket], None]], None], tmp_path: Path, why: Why
) -> None:
    def talk(visitor: socket.socket) -> None:
        visitor.makefile("rb").readline()
        visitor.sendall(answer(why))

    listen(talk)
    assert refusal(tmp_path) is why


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become another user"
)
def test_another_users_socket_is_told_nothing(here: Place, tmp_path: Path) -> None:
    server = socket.socket(socket.AF_UNIX)
    server.bind(here.address)
    heard, ready = os.pipe(), os.pipe()
    child = os.fork()
    if not child:
        os.setuid(NOBODY)
        server.listen()  # whoever listens is whom the other end sees
        os.write(ready[1], b"x")
        visitor, _ = server.accept()
        os.write(heard[1], visitor.recv(1000) or b"nothing")
        os._exit(0)
    os.read(ready[0], 1)
    assert refusal(tmp_path) is Why.NOT_OURS
    assert os.read(heard[0], 1000) == b"nothing"
    os.waitpid(child, 0)
    server.close()
    for end in (*heard, *ready):
        os.close(end)


def test_a_folder_that_others_can_enter_is_not_used(runtime: Path, tmp_path: Path) -> None:
    (runtime / "beseda").mkdir(mode=0o700)
    (runtime / "beseda").chmod(0o755)
    assert place(tmp_path, make=True) is None
    assert hand_over(SHOW, tmp_path) is False


def test_a_link_in_place_of_the_folder_is_not_used(runtime: Path, tmp_path: Path) -> None:
    (runtime / "beseda").symlink_to(tmp_path)
    assert place(tmp_path, make=True) is None


@pytest.mark.parametrize("name", ["x" * 100, "open"], ids=["too long", "open to all"])
def test_a_runtime_folder_that_is_not_fit_is_passed_over(
    runtime: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    unfit = runtime / name
    unfit.mkdir()
    unfit.chmod(0o777)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(unfit))
    monkeypatch.setenv("TMPDIR", str(runtime))
    found = place(tmp_path, make=True)
    assert found is not None
    assert unfit not in found.lock.parents
    assert len(os.fsencode(found.address)) < 95
