"""Where things are in a checkout, and whether its environment is ready."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

# Raise it when set-up leaves something else in `.venv` than before.
LAYOUT = 1


class Checkout:
    """A checkout of Beseda with its `.venv`.

    A stamp per role (`run`, `test`) says for what the environment was set up. While set-up works,
    a mark outside `.venv` says so: an environment that was left half-made is never trusted.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.venv = root / ".venv"
        self.unfinished = root / ".beseda" / "set-up-unfinished"
        self.lock = root / ".beseda" / "set-up.lock"
        if sys.platform == "win32":
            self.scripts = self.venv / "Scripts"
            self.python = self.scripts / "python.exe"
            self.site_packages = self.venv / "Lib" / "site-packages"
        else:
            version = f"python{sys.version_info.major}.{sys.version_info.minor}"
            self.scripts = self.venv / "bin"
            self.python = self.scripts / "python"
            self.site_packages = self.venv / "lib" / version / "site-packages"

    def requirements(self, name: str) -> Path:
        """Return the locked requirements of a role, or of `uv`."""
        return self.root / "packaging" / "requirements" / f"{name}.txt"

    def is_ready(self, role: str) -> bool:
        """Whether nothing is left to be done before this role can start."""
        return (
            self._read_stamp(role) == self._stamp(role)
            and os.access(self.python, os.X_OK)
            and not self.unfinished.exists()
        )

    def was_moved(self) -> bool:
        """Whether `.venv` was set up elsewhere: its scripts then point to the old place."""
        home = self._home()
        stamps = [self._read_stamp(role) for role in ("run", "test")]
        return any(stamp and home not in stamp.splitlines() for stamp in stamps)

    def begin(self) -> None:
        """Mark the environment as being worked on."""
        self.unfinished.touch()

    def finish(self, role: str) -> None:
        """Record that everything is done. What `test` needs includes what `run` needs."""
        for old in ("test", "run"):
            self._stamp_file(old).unlink(missing_ok=True)
        self.unfinished.unlink()
        for done in ("test", "run") if role == "test" else ("run",):
            new = self._stamp_file(done).with_suffix(".new")
            new.write_text(self._stamp(done), encoding="utf-8")
            new.replace(self._stamp_file(done))

    def _home(self) -> str:
        return f"checkout {self.root}"

    def _stamp(self, role: str) -> str:
        lock = hashlib.sha256(self.requirements(role).read_bytes()).hexdigest()
        python = f"{sys.implementation.cache_tag} {sys.platform}"
        return f"layout {LAYOUT}\n{self._home()}\npython {python}\nlock {lock}\n"

    def _stamp_file(self, role: str) -> Path:
        return self.venv / f"beseda-{role}.stamp"

    def _read_stamp(self, role: str) -> str:
        try:
            return self._stamp_file(role).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return ""
