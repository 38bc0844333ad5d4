"""The commands that are for a window: what they take, and what they do where none is open."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers.instance_place import private_runtime
from helpers.running_program import RunningProgram

from core.instance import place
from core.instance_messages import Action, Wish, answer, decoded
from core.terminal import main
from core.terminal.options import parse
from core.terminal.window import WindowStart

Start = Callable[..., RunningProgram]
HEAVY = ("PySide6", "shiboken6", "qasync", "asyncio", "aiohttp", "logging", "core.settings")


def test_quit_is_done_where_nothing_runs(start: Start) -> None:
    program = start("quit")
    assert program.wait() == 0
    assert program.complaints == "Beseda is not running.\n"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="others always have a display")
@pytest.mark.parametrize("arguments", [("quick",), ("show",), ("ask", "--window", "Hello")])
def test_without_a_display_a_window_cannot_be_opened(
    start: Start, arguments: tuple[str, ...]
) -> None:
    program = start(*arguments)
    assert program.wait() == 1
    assert "no display" in program.complaints
    assert len(program.complaints.splitlines()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has pipes instead")
@pytest.mark.parametrize("command", ["quick", "show", "quit"])
def test_a_key_that_is_pressed_waits_for_few_imports(
    start: Start, tmp_path: Path, command: str
) -> None:
    with private_runtime() as runtime, socket.socket(socket.AF_UNIX) as server:
        found = place(tmp_path, make=True)
        assert found is not None
        server.bind(found.address)
        server.listen()
        program = start(
            command,
            BESEDA_DATA_DIR=str(tmp_path),
            XDG_RUNTIME_DIR=str(runtime),
            PYTHONPROFILEIMPORTTIME="1",
        )
        server.settimeout(20)
        visitor, _ = server.accept()
        with visitor:
            assert decoded(visitor.makefile("rb").readline()).action == command
            visitor.sendall(answer())
        assert program.wait() == 0
    imported = {line.rpartition("|")[2].strip() for line in program.stderr.text.splitlines()}
    assert "core.instance" in imported
    assert not {name for name in imported if name.startswith(HEAVY)}


@pytest.mark.parametrize(
    ("arguments", "wish"),
    [
        (("show",), Wish(Action.SHOW)),
        (("quick",), Wish(Action.QUICK)),
        (("quick", "two", "words"), Wish(Action.QUICK, "two words")),
        (("ask", "--window"), Wish(Action.ASK)),
        (("ask", "two", "--window", "words"), Wish(Action.ASK, "two words")),
    ],
)
def test_where_nothing_runs_a_window_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], wish: Wish
) -> None:
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)
    monkeypatch.setenv("DESKTOP_STARTUP_ID", "start_TIME5")
    with private_runtime():
        started = main([*arguments, "--data-dir", str(tmp_path)])
    assert started == WindowStart(wish._replace(token="start_TIME5"), tmp_path)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--model", "m"),
        ("--provider", "demo"),
        ("--json",),
        ("--image", "x.png"),
        ("--stop", "x"),
        ("--temperature", "0"),
    ],
)
def test_a_window_is_told_nothing_that_it_would_not_obey(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        parse("ask", ["--window", *arguments, "text"])
    assert caught.value.code == 2
    assert "--window takes" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [("quick", "--json"), ("show", "text"), ("quit", "now")])
def test_what_a_command_does_not_take_is_wrong_usage(
    start: Start, arguments: tuple[str, ...]
) -> None:
    program = start(*arguments)
    assert program.wait() == 2
    assert f"usage: beseda {arguments[0]}" in program.complaints
