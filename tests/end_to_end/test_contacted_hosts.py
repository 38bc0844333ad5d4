"""The only hosts that the program looks up or connects to are those of the chosen profile.

What is seen is what Python's sockets do: the program has no others.
"""

from __future__ import annotations

import ipaddress
import os
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from helpers.api_server import ServedApiServer
from helpers.loopback_server import unused_port
from helpers.running_program import LIMIT, ROOT, RunningProgram, beseda, plain_environment

pytestmark = [
    pytest.mark.end_to_end,
    pytest.mark.skipif(
        sys.platform == "win32" or "BESEDA_PROGRAM" in os.environ,
        reason="the recorder is put into Python by `env`",
    ),
]

RECORDER = ROOT / "tests" / "helpers" / "recording_site"
SETTINGS = """
[advanced]
retries = 0
[general]
profile = "mine"
[profiles.mine]
name = "Mine"
provider = "openai"
address = "{address}"
model = "tiny"
[profiles.second]
name = "Second"
provider = "openai"
address = "https://second.invalid/v1"
[profiles.third]
name = "Third"
provider = "anthropic"
address = "https://third.invalid"
"""
NOWHERE = "https://chosen.invalid/v1"
PICTURE = "--screenshot"


@dataclass
class Case:
    """A user's data, and what the programs of this user did."""

    folder: Path
    stack: ExitStack
    started: list[Any]

    @property
    def seen(self) -> set[tuple[str, str]]:
        """Each host with its port, as looked up and as connected to."""
        path = self.folder / "hosts"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        return {(host, port) for _, host, port in map(str.split, lines)}

    def configure(self, address: str) -> None:
        """Save three profiles; the first one is chosen."""
        path = self.folder / "data" / "settings.toml"
        path.parent.mkdir()
        path.write_text(SETTINGS.format(address=address), encoding="utf-8")

    @property
    def is_loopback_alone(self) -> bool:
        """Whether no other computer was looked for."""
        return all(ipaddress.ip_address(host).is_loopback for host, _ in self.seen)

    def run(self, *arguments: str, piped: str | None = None, **variables: str) -> RunningProgram:
        """Run the program to its end, recorded."""
        program = self.start(*arguments, piped=piped, **variables)
        program.wait()
        return program

    def start(self, *arguments: str, piped: str | None = None, **variables: str) -> RunningProgram:
        """Start the program, recorded."""
        environment = {
            **plain_environment(self.folder),
            "BESEDA_DATA_DIR": str(self.folder / "data"),
            "BESEDA_RECORDED_HOSTS": str(self.folder / "hosts"),
            "QT_QPA_PLATFORM": "offscreen",
            **variables,
        }
        path = f"PYTHONPATH={os.pathsep.join([str(RECORDER), str(ROOT)])}"
        command = ["env", path, *beseda(*arguments)]
        program = RunningProgram(command, environment=environment, piped=piped)
        self.started.append(program)
        return self.stack.enter_context(program)

    def run_all(self, **variables: str) -> list[RunningProgram]:
        """Ask in the terminal, in both ways, and in the window; return what ran."""
        picture = str(self.folder / "window.png")
        return [
            self.run("ask", "Hello", **variables),
            self.run("chat", piped="One\nTwo\n", **variables),
            self.run("--ask", "Hello", PICTURE, picture, **variables),
        ]


@pytest.fixture
def case(tmp_path: Path, started: tuple[ExitStack, list[Any]]) -> Case:
    return Case(tmp_path, *started)


@pytest.fixture
def server() -> Iterator[ServedApiServer]:
    with ServedApiServer() as server:
        yield server


def test_the_recorder_sees_a_lookup_and_a_connection(case: Case) -> None:
    port = str(unused_port())
    service = ("--provider", "openai", "--address", f"http://localhost:{port}")
    case.run("ask", *service, "--retries", "0", "?")
    assert {("localhost", port), ("127.0.0.1", port)} <= case.seen


def test_only_the_chosen_service_is_contacted(case: Case, server: ServedApiServer) -> None:
    address = server.url.replace("127.0.0.1", "localhost")
    case.configure(f"{address}/v1")
    programs = case.run_all()
    programs += [case.run(command, "mine") for command in ("models", "doctor")]
    assert [program.exit_code for program in programs] == [0] * 5
    assert len(server.server.questions) >= 4
    port = str(urlsplit(address).port)
    assert {host for host, _ in case.seen} <= {"localhost", "127.0.0.1", "::1"}
    assert {at for _, at in case.seen} == {port}


@pytest.mark.parametrize("command", ["ask", "chat", "window"])
def test_a_service_that_does_not_exist_is_the_only_one_looked_for(case: Case, command: str) -> None:
    case.configure(NOWHERE)
    if command == "window":
        program = case.run("--ask", "Hello", PICTURE, str(case.folder / "window.png"))
        assert program.exit_code == 1
    else:
        case.run(command, piped="Hello\n")
    assert case.seen == {("chosen.invalid", "443")}


def test_with_a_proxy_nothing_but_the_proxy_is_contacted(case: Case) -> None:
    case.configure(NOWHERE)
    port = str(unused_port())
    case.run_all(https_proxy=f"http://127.0.0.1:{port}")
    assert case.seen == {("127.0.0.1", port)}


def test_the_demo_is_on_this_computer(case: Case) -> None:
    picture = str(case.folder / "window.png")
    assert case.run("--demo", "--ask", "Hello", PICTURE, picture).exit_code == 0
    assert case.seen
    assert case.is_loopback_alone


def test_a_first_start_looks_for_servers_on_this_computer_alone(case: Case) -> None:
    program = case.start()
    deadline = time.monotonic() + LIMIT
    while not {"11434", "1234"} <= {port for _, port in case.seen}:
        assert time.monotonic() < deadline, "it looks for no server"
        program.let_run(0.05)
        assert program.exit_code is None
    program.let_run(1.0)  # for what else it might look for
    program.terminate()
    program.wait()
    assert case.is_loopback_alone
