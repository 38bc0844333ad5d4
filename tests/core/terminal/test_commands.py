"""What every command of the terminal has in common."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from helpers.running_program import RunningProgram

from core import __version__
from core.terminal import TERMINAL_COMMANDS
from core.terminal.options import parse

if TYPE_CHECKING:
    from helpers.served_site import ServedSite

Start = Callable[..., RunningProgram]


@pytest.mark.parametrize("command", [(), *((name,) for name in TERMINAL_COMMANDS)])
def test_version_and_help_are_there_on_every_level(start: Start, command: tuple[str, ...]) -> None:
    version = start(*command, "--version")
    shown = start(*command, "--help")
    assert (version.wait(), version.stdout.text) == (0, f"beseda {__version__}\n")
    assert shown.wait() == 0
    assert shown.stdout.text.startswith(" ".join(("usage: beseda", *command)))
    assert version.complaints + shown.complaints == ""


def test_help_names_all_commands(start: Start) -> None:
    program = start("--help")
    assert program.wait() == 0
    assert all(f"beseda {name}" in program.stdout.text for name in TERMINAL_COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "piped"),
    [(("--help",), None), (("--version",), None), (("chat",), "/error 429\n")],
    ids=["help", "version", "chat"],
)
def test_no_qt_is_imported_without_a_window(
    start: Start, arguments: tuple[str, ...], piped: str | None
) -> None:
    program = start(*arguments, piped=piped, PYTHONPROFILEIMPORTTIME="1")
    program.wait()
    imported = {line.rpartition("|")[2].strip() for line in program.stderr.text.splitlines()}
    assert "core.terminal" in imported
    assert not {name for name in imported if name.startswith(("PySide6", "shiboken6", "qasync"))}


def test_importing_aiohttp_first_leaves_the_environment_as_it_was() -> None:
    lines = (
        "import os",
        "os.environ.pop('SSL_CERT_DIR', None)",
        "os.environ['SSL_CERT_FILE'] = 'mine'",
        "before = dict(os.environ)",
        "from core.terminal.startup import import_aiohttp",
        "import_aiohttp()",
        "import sys",
        "assert 'aiohttp' in sys.modules",
        "assert dict(os.environ) == before",
    )
    subprocess.run([sys.executable, "-c", "\n".join(lines)], check=True)


@pytest.mark.parametrize("arguments", [("nonsense",), ("--nonsense",), ("--size", "big")])
def test_what_is_not_known_is_wrong_usage(start: Start, arguments: tuple[str, ...]) -> None:
    program = start(*arguments)
    assert program.wait() == 2
    assert "usage: beseda" in program.complaints


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="others always have a display")
def test_a_window_without_a_display_is_one_sentence(start: Start) -> None:
    program = start()
    assert program.wait() == 1
    assert "no display" in program.complaints
    assert len(program.complaints.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("--port", "65536"),
        ("--port", "-1"),
        ("--port", "x"),
        ("--speed", "-1"),
        ("--speed", "nan"),
        ("--behave", "1.0.0"),
        ("--failure", "nonsense"),
        ("--protocol", "v1", "--behave", "2.3.69"),
    ],
)
def test_a_demo_server_of_no_kind_is_wrong_usage(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        parse("demo-server", arguments)
    assert caught.value.code == 2
    assert "error:" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "release"),
    [
        ((), "1.9.18"),
        (("--protocol", "v2"), "2.4.71"),
        (("--behave", "2.3.69"), "2.3.69"),
        (("--protocol", "v1", "--behave", "1.8.93"), "1.8.93"),
    ],
)
def test_the_release_follows_from_the_protocol(arguments: tuple[str, ...], release: str) -> None:
    assert parse("demo-server", arguments).behave == release


@pytest.mark.parametrize("release", ["1.8.68", "1.8.93", "1.9.18", "2.3.69", "2.4.71"])
def test_a_demo_server_of_every_release_answers(start: Start, release: str) -> None:
    server = start("demo-server", "--behave", release, "--speed", "0")
    address = server.stdout.wait_for(lambda text: text.endswith("\n"), "an address").strip()
    client = start("ask", "--provider", address, "Hello")
    assert client.wait() == 0
    assert "Hello" in client.stdout.text
    server.interrupt()
    assert server.wait() == 0


def test_a_demo_server_fails_as_it_is_told(start: Start) -> None:
    server = start("demo-server", "--failure", "page-no-chat")
    address = server.stdout.wait_for(lambda text: text.endswith("\n"), "an address").strip()
    client = start("ask", "--provider", address, "Hello")
    assert client.wait() == 1
    assert "no AI Power chat" in client.complaints


def test_a_port_in_use_is_one_sentence(start: Start, site: ServedSite) -> None:
    server = start("demo-server", "--port", site.url.rpartition(":")[2])
    assert server.wait() == 2
    assert len(server.complaints.splitlines()) == 1
