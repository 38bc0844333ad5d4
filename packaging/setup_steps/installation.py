"""Making `.venv` and filling it from the locked requirements."""

from __future__ import annotations

import contextlib
import errno
import functools
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from setup_steps import SetupError, say
from setup_steps.environment import Checkout
from setup_steps.system_packages import find_program

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

# pip's settings that would send packages somewhere else than into `.venv`.
_MISLEADING = ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PYTHONHOME", "PYTHONPATH")


def set_up(checkout: Checkout, role: str) -> None:
    """Make the environment ready for a role, whatever state it is in; one process at a time.

    Raises:
        SetupError: it could not be done.
    """
    try:
        with _alone(checkout) as lock:
            if not checkout.is_ready(role):
                _Installation(checkout, lock).carry_out(role)
    except OSError as exc:
        raise SetupError(f"Beseda could not be set up: {exc}") from exc


def missing_for_venv() -> list[str]:
    """Return the packages without which Python cannot make an environment and fill it."""
    if sys.platform != "linux":
        return []
    if _has_module("venv") and (_has_module("ensurepip") or _uv_on_path()):
        return []
    return [f"python{sys.version_info.major}.{sys.version_info.minor}-venv"]


class _Installation:
    """One run of set-up. The lock goes to every child, and is held until the last of them ends."""

    def __init__(self, checkout: Checkout, lock: IO[bytes]) -> None:
        self._checkout = checkout
        self._lock = lock
        self._environ = {k: v for k, v in os.environ.items() if k not in _MISLEADING}

    def carry_out(self, role: str) -> None:
        """Do every step; the stamp comes last."""
        say("Setting up Beseda in .venv; this takes a little while, and only now.")
        usable = self._is_usable()
        self._checkout.begin()
        if not usable:
            _remove(self._checkout.venv)
            self._make_venv()
        self._install(self._checkout.requirements(role))
        _write_launchers(self._checkout)
        self._checkout.finish(role)

    def _is_usable(self) -> bool:
        """Whether `.venv` can be installed over: a half-made, moved or foreign one cannot."""
        checkout = self._checkout
        if checkout.unfinished.exists() or checkout.was_moved():
            return False
        if not (os.access(checkout.python, os.X_OK) and checkout.site_packages.is_dir()):
            return False
        script = "import sys; print(sys.implementation.cache_tag)"
        command = [str(checkout.python), "-I", "-c", script]
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
        return answer.stdout.strip() == sys.implementation.cache_tag

    def _make_venv(self) -> None:
        # Not sys.executable: that may be of the environment which was just removed.
        base = getattr(sys, "_base_executable", None) or sys.executable
        if not self._succeeds(base, "-m", "venv", "--without-pip", self._checkout.venv):
            raise SetupError(f"{base} could not make an environment in {self._checkout.venv}.")

    def _install(self, requirements: Path) -> None:
        uv = _uv_on_path() or self._own_uv()
        if uv and self._succeeds(
            *(uv, "pip", "install", "--python", self._checkout.python),
            *("--require-hashes", "-r", requirements),
        ):
            return
        if not self._pip_installs(requirements):
            raise SetupError(
                "The requirements could not be installed, as said above. Start again to retry."
            )

    def _own_uv(self) -> str:
        """Return the pinned uv, put into `.venv` if need be: it is four times as fast as pip."""
        if _pip_is_wanted():
            return ""
        found = find_program("uv", [self._checkout.scripts])
        if not found and self._pip_installs(self._checkout.requirements("uv")):
            found = find_program("uv", [self._checkout.scripts])
        return found

    def _pip_installs(self, requirements: Path) -> bool:
        python = self._checkout.python
        has_pip = (self._checkout.site_packages / "pip").is_dir()
        if not has_pip and not self._succeeds(python, "-m", "ensurepip", "--default-pip"):
            return False
        return self._succeeds(
            *(python, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"),
            *("--require-hashes", "-r", requirements),
        )

    def _succeeds(self, *command: str | Path) -> bool:
        inherited = () if sys.platform == "win32" else (self._lock.fileno(),)
        done = subprocess.run(
            command,
            cwd=self._checkout.root,
            env=self._environ,
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
            pass_fds=inherited,
            check=False,
        )
        return done.returncode == 0


def _pip_is_wanted() -> bool:
    return os.environ.get("BESEDA_INSTALLER") == "pip"


@functools.cache
def _uv_on_path() -> str:
    """Return a uv that works; version managers leave names on PATH behind which there is none."""
    uv = "" if _pip_is_wanted() else find_program("uv.exe" if sys.platform == "win32" else "uv")
    if uv and subprocess.run([uv, "--version"], capture_output=True, check=False).returncode == 0:
        return uv
    return ""


def _has_module(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def _remove(path: Path) -> None:
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)


def _write_launchers(checkout: Checkout) -> None:
    """Put the checkout on the environment's path, and `beseda` beside its Python."""
    # Relative, since Python before 3.13 reads this file in the encoding of the locale.
    relative = os.path.relpath(checkout.root, checkout.site_packages)
    (checkout.site_packages / "beseda.pth").write_text(f"{relative}\n", encoding="utf-8")
    for name in ("beseda", "beseda-cli"):
        if sys.platform == "win32":
            launcher = checkout.scripts / f"{name}.cmd"
            text = '@"%~dp0python.exe" -P -m gui %*\n'
        else:
            launcher = checkout.scripts / name
            text = f'#!/bin/sh\nexec {shlex.quote(str(checkout.python))} -P -m gui "$@"\n'
        launcher.write_text(text, encoding="utf-8")
        launcher.chmod(0o755)


@contextlib.contextmanager
def _alone(checkout: Checkout) -> Iterator[IO[bytes]]:
    """Hold the checkout's lock, after waiting for whoever has it."""
    checkout.lock.parent.mkdir(exist_ok=True)
    with checkout.lock.open("ab") as lock:
        if not _lock(lock, wait=False):
            say("Another start is setting Beseda up; waiting for it to end.")
            while not _lock(lock, wait=True):
                continue
        yield lock


def _lock(file: IO[bytes], *, wait: bool) -> bool:
    """Lock the file; on Windows a wait ends after ten seconds, too, without the lock."""
    try:
        if sys.platform == "win32":
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as exc:
        # EACCES and EDEADLOCK are how Windows says that somebody else has it.
        if exc.errno in {errno.EACCES, errno.EAGAIN, errno.EDEADLK, 36}:
            return False
        raise
    return True
