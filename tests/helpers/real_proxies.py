"""Proxies that nobody here wrote, as processes: proxy.py speaks HTTP, microsocks SOCKS5.

Both ask for a name and a password, and tell standard error what they were asked for.
"""

from __future__ import annotations

import shutil
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psutil  # type: ignore[import-untyped]  # it comes without types
import pytest
from helpers.loopback_server import unused_port
from helpers.running_program import LIMIT, RunningProgram, plain_environment

USER, PASSWORD = "beseda", "s3cret-w0rd!"
KINDS = ("http", "socks5", "socks5h")


@dataclass(frozen=True, slots=True)
class RealProxy:
    """A running proxy."""

    scheme: str
    port: int
    program: RunningProgram

    def address(self, password: str = PASSWORD) -> str:
        """Return its address, as the settings take it."""
        return f"{self.scheme}://{USER}:{quote(password, safe='')}@127.0.0.1:{self.port}"

    @property
    def bare_address(self) -> str:
        """Its address without name and password."""
        return f"{self.scheme}://127.0.0.1:{self.port}"

    def wait_for(self, words: str) -> None:
        """Return once it has noted `words`.

        Raises:
            AssertionError: it does not in time.
        """
        self.program.stderr.wait_for(lambda text: words in text, words)


@contextmanager
def real_proxy(kind: str, folder: Path) -> Iterator[RealProxy]:
    """Run a proxy of one of `KINDS`; skips the test where microsocks is not there."""
    if kind == "http":
        with _proxy_py(folder) as proxy:
            yield proxy
    else:
        with _microsocks(kind, folder) as proxy:
            yield proxy


@contextmanager
def _proxy_py(folder: Path) -> Iterator[RealProxy]:
    port_file = folder / "port"
    command = [sys.executable, "-m", "proxy", "--hostname", "127.0.0.1", "--port", "0"]
    command += ["--port-file", str(port_file), "--num-workers", "1", "--num-acceptors", "1"]
    command += ["--data-dir", str(folder), "--basic-auth", f"{USER}:{PASSWORD}"]
    with RunningProgram(command, environment=plain_environment(folder)) as program:
        try:
            port = _waited_for(lambda: _number_in(port_file), "proxy.py does not listen")
            yield RealProxy("http", port, program)
        finally:
            # It takes two seconds to end by itself, and its workers outlive it when it is killed.
            for worker in psutil.Process(program.pid).children(recursive=True):
                worker.kill()


@contextmanager
def _microsocks(kind: str, folder: Path) -> Iterator[RealProxy]:
    path = shutil.which("microsocks")
    if path is None:
        pytest.skip("microsocks is not here; ./test installs it on Debian and Ubuntu")
    port = unused_port()
    command = [path, "-i", "127.0.0.1", "-p", str(port), "-u", USER, "-P", PASSWORD]
    with RunningProgram(command, environment=plain_environment(folder)) as program:
        _waited_for(lambda: _has_listener(port), "microsocks does not listen")
        yield RealProxy(kind, port, program)


def _waited_for(get: Callable[[], int], complaint: str) -> int:
    """Return what `get` gives once that is something; the programs do not say when."""
    deadline = time.monotonic() + LIMIT
    while not (value := get()):
        assert time.monotonic() < deadline, complaint
        time.sleep(0.01)
    return value


def _number_in(path: Path) -> int:
    text = path.read_text(encoding="ascii").strip() if path.exists() else ""
    return int(text or 0)


def _has_listener(port: int) -> int:
    try:
        socket.create_connection(("127.0.0.1", port)).close()
    except ConnectionRefusedError:
        return 0
    return port
