"""What the running program takes from other starts, and what from anybody else."""

from __future__ import annotations

import json
import os
import random
import socket
import stat
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.instance_place import private_runtime

from core.instance import Place, hand_over, place
from core.instance_messages import LARGEST, VERSION, Action, InstanceError, Why, Wish
from gui.quick.instance_server import InstanceServer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="its client is a Unix socket"),
    pytest.mark.usefixtures("qapp"),
]

VISITORS = 16
"""How many are listened to at once."""


class Heard:
    """Keeps what the server's signals said."""

    def __init__(self, server: InstanceServer) -> None:
        self.wishes: list[tuple[str, ...]] = []
        server.show_requested.connect(lambda token: self.wishes.append(("show", token)))
        server.quick_requested.connect(lambda *texts: self.wishes.append(("quick", *texts)))
        server.ask_requested.connect(lambda *texts: self.wishes.append(("ask", *texts)))
        server.quit_requested.connect(lambda: self.wishes.append(("quit",)))


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Place]:
    """Where the program of the test listens."""
    with private_runtime():
        found = place(tmp_path, make=True)
        assert found is not None
        yield found


@pytest.fixture
def server(here: Place) -> Iterator[InstanceServer]:
    """A server that listens."""
    server = InstanceServer(here)
    assert server.listen()
    yield server
    server.close()


@pytest.fixture
def heard(server: InstanceServer) -> Heard:
    """What it was told."""
    return Heard(server)


def tell(qtbot: QtBot, wish: Wish, folder: Path) -> object:
    """Tell it as another start does, in another thread: return the answer, or why there is none."""
    results: list[object] = []

    def run() -> None:
        try:
            results.append(hand_over(wish, folder))
        except InstanceError as exc:
            results.append(exc.why)

    thread = threading.Thread(target=run)
    thread.start()
    qtbot.waitUntil(lambda: bool(results))
    thread.join()
    return results[0]


def connected(here: Place) -> socket.socket:
    client = socket.socket(socket.AF_UNIX)
    client.connect(here.address)
    client.setblocking(False)
    return client


def answer_to(qtbot: QtBot, here: Place, message: bytes) -> bytes:
    """Send bytes and return everything that comes until the server hangs up."""
    with connected(here) as client:
        left, got, has_ended = message, b"", False

        def look() -> bool:
            nonlocal left, got, has_ended
            try:
                while left:
                    left = left[client.send(left[:65536]) :]
            except BlockingIOError:
                return False
            except OSError:
                left = b""  # it hung up on us
            try:
                while piece := client.recv(4096):
                    got += piece
                has_ended = True
            except BlockingIOError:
                pass
            except OSError:
                has_ended = True
            return has_ended

        qtbot.waitUntil(look)
    return got


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (Wish(Action.SHOW, "", "t1"), [("show", "t1")]),
        (Wish(Action.QUICK, "Привет", "t2"), [("quick", "Привет", "t2")]),
        (Wish(Action.ASK, "two\nlines"), [("ask", "two\nlines", "")]),
        (Wish(Action.QUIT), [("quit",)]),
        (Wish(Action.GREET), []),
    ],
    ids=lambda value: value.action.value if isinstance(value, Wish) else "",
)
def test_every_wish_becomes_its_signal(
    qtbot: QtBot, heard: Heard, tmp_path: Path, wish: Wish, expected: list[tuple[str, ...]]
) -> None:
    assert tell(qtbot, wish, tmp_path) is True
    assert heard.wishes == expected


def test_a_question_of_megabytes_arrives_whole(qtbot: QtBot, heard: Heard, tmp_path: Path) -> None:
    text = "д" * 1_000_000
    assert tell(qtbot, Wish(Action.ASK, text), tmp_path) is True
    assert heard.wishes == [("ask", text, "")]


@pytest.mark.usefixtures("server")
def test_only_the_user_can_reach_the_socket(here: Place) -> None:
    for path in (Path(here.address), Path(here.address).parent):
        assert not stat.S_IMODE(path.lstat().st_mode) & 0o077


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become another user"
)
def test_another_user_is_not_heard_even_where_the_rights_are_wrong(
    qtbot: QtBot, heard: Heard, here: Place
) -> None:
    for path in (Path(here.address), *Path(here.address).parents[:2]):
        path.chmod(0o777)
    child = os.fork()
    if not child:
        os.setuid(65534)
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(here.address)
            client.settimeout(10)
            try:
                client.sendall(b'{"v": 1, "do": "quit"}\n')
                os._exit(len(client.recv(100)))
            except ConnectionError:
                os._exit(0)
    codes: list[int] = []

    def has_ended() -> bool:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            codes.append(os.waitstatus_to_exitcode(status))
        return bool(codes)

    qtbot.waitUntil(has_ended, timeout=15_000)
    assert codes == [0], "it was answered"
    assert heard.wishes == []


def test_a_newer_versions_message_is_refused_by_name(
    qtbot: QtBot, heard: Heard, here: Place, caplog: pytest.LogCaptureFixture
) -> None:
    told = answer_to(qtbot, here, b'{"v": 2, "do": "show"}\n')
    assert json.loads(told) == {"v": VERSION, "ok": False, "why": Why.OTHER_VERSION.value}
    assert heard.wishes == []
    caplog.clear()


def test_what_never_ends_is_cut_off_at_the_limit(
    qtbot: QtBot, heard: Heard, here: Place, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    answer_to(qtbot, here, b"x" * (LARGEST + 100_000))
    assert "too_large" in caplog.text
    caplog.clear()
    assert tell(qtbot, Wish(Action.SHOW), tmp_path) is True
    assert heard.wishes == [("show", "")]


def test_one_visitor_has_one_wish(qtbot: QtBot, heard: Heard, here: Place) -> None:
    answer_to(qtbot, here, b'{"v": 1, "do": "show"}\n{"v": 1, "do": "quit"}\n')
    assert heard.wishes == [("show", "")]


def test_hostile_bytes_change_nothing(
    qtbot: QtBot, heard: Heard, here: Place, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    chance = random.Random(6)  # noqa: S311 - the same at every run
    valid = b'{"v": 1, "do": "ask", "text": "\xd0\xb4", "token": "t"}\n'
    for number in range(150):
        if number % 3:
            hostile = chance.randbytes(chance.randrange(300))
        else:
            broken = bytearray(valid)
            broken[chance.randrange(len(broken) - 1)] = chance.randrange(256)
            hostile = bytes(broken)
        with connected(here) as client:
            client.send(hostile)
            if chance.random() < 0.5:
                client.shutdown(socket.SHUT_WR)
            qtbot.wait(1)
    caplog.clear()
    heard.wishes.clear()
    assert tell(qtbot, Wish(Action.SHOW, "", "after"), tmp_path) is True
    assert heard.wishes == [("show", "after")]
    caplog.clear()


def test_too_many_silent_visitors_are_sent_away_and_the_rest_ends_in_time(
    qtbot: QtBot, heard: Heard, here: Place, tmp_path: Path
) -> None:
    clients = [connected(here) for _ in range(VISITORS)]
    qtbot.wait(1)
    assert tell(qtbot, Wish(Action.SHOW), tmp_path) is False, "it was heard beside the others"
    for client in clients[1:]:
        client.close()
    qtbot.waitUntil(lambda: tell(qtbot, Wish(Action.SHOW), tmp_path) is True)
    assert heard.wishes == [("show", "")]

    def has_hung_up() -> bool:
        try:
            return clients[0].recv(10) == b""
        except BlockingIOError:
            return False

    qtbot.waitUntil(has_hung_up, timeout=10_000)
    clients[0].close()


def test_what_a_dead_program_left_makes_room(here: Place, qtbot: QtBot, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(here.address)
    server = InstanceServer(here)
    heard = Heard(server)
    assert server.listen()
    assert tell(qtbot, Wish(Action.SHOW), tmp_path) is True
    assert heard.wishes == [("show", "")]
    server.close()
    assert not Path(here.address).exists()


def test_where_nothing_can_be_made_is_said_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    server = InstanceServer(Place(str(tmp_path / "no" / "folder"), tmp_path / "lock"))
    assert not server.listen()
    assert "not heard" in caplog.text
    caplog.clear()
