"""A session bus and GNOME's own keyring on it, away from the user's."""

from __future__ import annotations

import os
import subprocess
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from helpers.display import end
from helpers.running_program import ROOT

LIMIT = 20.0
"""Seconds that any of these programs may take to answer."""


class RealKeyring:
    """A running keyring, unlocked unless told otherwise; a context manager.

    `environment` is what a program needs to find it. Nobody is there to be asked for a password:
    the system's question for it fails at once.
    """

    def __init__(self, *, is_new: bool = False) -> None:
        self._is_new = is_new
        self._stack = ExitStack()
        self.environment: dict[str, str] = {}

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="beseda-")))
            (folder / "run").mkdir(mode=0o700)
            self.environment = {
                "PATH": os.environ.get("PATH", os.defpath),
                "LANG": "C.UTF-8",
                "HOME": str(folder),
                "XDG_RUNTIME_DIR": str(folder / "run"),
                "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")]),
            }
            self._start_bus(stack)
            if not self._is_new:
                self._start_keyring(stack)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def run(self, *command: str) -> str:
        """Return what a command prints.

        Raises:
            subprocess.CalledProcessError: it failed.
        """
        done = subprocess.run(
            command,
            env=self.environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=LIMIT,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.removesuffix("\n")

    def _start_bus(self, stack: ExitStack) -> None:
        command = ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1"]
        bus = subprocess.Popen(
            command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        stack.callback(end, bus)
        assert bus.stdout is not None
        with bus.stdout as told:
            self.environment["DBUS_SESSION_BUS_ADDRESS"] = told.readline().decode().strip()

    def _start_keyring(self, stack: ExitStack) -> None:
        daemon = subprocess.Popen(
            ["gnome-keyring-daemon", "--unlock", "--components=secrets", "--foreground"],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        stack.callback(end, daemon)
        assert daemon.stdin is not None
        with daemon.stdin as password:
            password.write(b"open sesame")
        self.run("gdbus", "wait", "--session", "--timeout", "15", "org.freedesktop.secrets")
