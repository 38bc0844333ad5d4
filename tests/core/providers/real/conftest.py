"""llama.cpp's own server, which nobody here wrote, on a tiny model that is made on the spot."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.real_server import RealServer
from helpers.running_program import ROOT, RunningProgram, plain_environment

_PROGRAM = ROOT / "tests" / "helpers" / "programs" / "llama_server.py"
_KEY = "sk-real-0123456789abcdef"
_HAS_WHEEL = sys.platform == "linux" and platform.machine() == "x86_64"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let one process run them all: there is one server."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.xdist_group("real server"))


@pytest.fixture(scope="session")
def real_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    """The server, for as long as there are tests of it."""
    if not _HAS_WHEEL:
        pytest.skip("llama.cpp's server comes as a wheel for Linux on x86-64 alone")
    folder = tmp_path_factory.mktemp("llama")
    command = [sys.executable, "-P", str(_PROGRAM), str(folder / "tiny.gguf"), _KEY]
    with RunningProgram(command, environment=plain_environment(folder)) as program:
        address = program.stdout.wait_for(lambda text: text.endswith("\n"), "an address")
        yield RealServer(address.strip(), _KEY)
