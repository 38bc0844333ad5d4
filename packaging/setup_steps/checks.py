"""Everything that `./test` runs: the checks of the code, and then its tests."""

from __future__ import annotations

import os
import subprocess

from setup_steps import say
from setup_steps.environment import Checkout

# tests/conftest.py reads it, to name what failed where the reader looks: above the last line.
FAILED_CHECKS = "BESEDA_FAILED_CHECKS"
_MOST_WORKERS = 4


def run_everything(checkout: Checkout) -> int:
    """Run all checks, whatever becomes of each, then all tests; return 0 if nothing failed."""
    os.chdir(checkout.root)
    python = [str(checkout.python), "-P", "-m"]
    checks = {
        "ruff check": [*python, "ruff", "check", "."],
        "ruff format": [*python, "ruff", "format", "--check", "."],
        "mypy": [*python, "mypy"],
        "import-linter": [str(checkout.scripts / "lint-imports")],
    }
    failed = []
    for name, command in checks.items():
        say(f"== {name}")
        if wait_for(command) != 0:
            failed.append(name)
    say("== pytest")
    environ = {**os.environ, FAILED_CHECKS: ", ".join(failed)} if failed else None
    # What must not run side by side, such as programs that share a screen, is a group.
    workers = str(min(os.cpu_count() or 1, _MOST_WORKERS))
    options = ["-m", "not benchmark", "-n", workers, "--dist", "loadgroup"]
    code = wait_for([*python, "pytest", *options], environ)
    return code or int(bool(failed))


def wait_for(command: list[str], environ: dict[str, str] | None = None) -> int:
    """Run a program to its end. Ctrl+C reaches it by itself; it decides what that means."""
    with subprocess.Popen(command, env=environ) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue
