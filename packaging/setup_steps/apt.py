"""Getting what is missing from the operating system, with apt where there is one."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Callable

from setup_steps import SetupError, say
from setup_steps.system_packages import ALSO_NAMED, find_program

NEEDS_THE_USER = 3
_WAIT_FOR_OTHERS = ("-o", "DPkg::Lock::Timeout=120")


def provide(find_missing: Callable[[], list[str]], *, as_root: bool | None = None) -> None:
    """Install what `find_missing` names: as root, through sudo if the user agrees, or not at all.

    Raises:
        SetupError: something is still missing; the message is the line to run.
    """
    missing = find_missing()
    if not missing:
        return
    if as_root is None:
        as_root = os.geteuid() == 0
    if not find_program("apt-get"):
        raise SetupError(
            f"Beseda needs what Debian calls {' '.join(missing)}. Install it, and start again.",
            exit_code=NEEDS_THE_USER,
        )
    if as_root:
        _install(missing, [])
    elif _user_agrees(missing):
        _install(missing, ["sudo"])
    missing = find_missing()
    if missing:
        line = shlex.join(_install_command(missing, [] if as_root else ["sudo"]))
        raise SetupError(
            f"Some system packages are missing. Run this line, and start again:\n{line}",
            exit_code=NEEDS_THE_USER,
        )


def _user_agrees(missing: list[str]) -> bool:
    if not (sys.stdin.isatty() and sys.stderr.isatty() and find_program("sudo")):
        return False
    say(f"Beseda needs these system packages: {' '.join(missing)}")
    print("Install them now with sudo? [Y/n] ", end="", file=sys.stderr, flush=True)
    answer = sys.stdin.readline()
    return answer.strip().lower() in {"y", "yes", ""} and answer != ""


def _install(missing: list[str], prefix: list[str]) -> None:
    say(f"Installing system packages with apt: {' '.join(missing)}")
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # Old lists are good enough if there is no fresh one: the second command decides.
    for command in ([*prefix, "apt-get", *_WAIT_FOR_OTHERS, "update", "-qq"], None):
        subprocess.run(
            command or _install_command(missing, prefix, quiet=True),
            env=environ,
            stdout=sys.stderr,
            check=False,
        )


def _install_command(missing: list[str], prefix: list[str], *, quiet: bool = False) -> list[str]:
    names = [_name_here(package) for package in missing]
    options = [*_WAIT_FOR_OTHERS, "-qq"] if quiet else []
    return [*prefix, "apt-get", *options, "install", "-y", "--no-install-recommends", *names]


def _name_here(package: str) -> str:
    """Return the name under which this release has the package."""
    for other in ALSO_NAMED.get(package, ()):
        if find_program("apt-cache"):
            known = subprocess.run(
                ["apt-cache", "show", "--no-all-versions", other],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                check=False,
            )
            if known.returncode == 0:
                return other
    return package
