"""Renew the locked requirements from pyproject.toml, with uv.

    python packaging/lock.py              pins stay as they are where pyproject.toml allows it
    python packaging/lock.py --upgrade    everything as new as pyproject.toml allows

The files hold versions and hashes, for every Python and system that Beseda runs on, and no
address: they serve for any index or mirror.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = "packaging/requirements"
HEADER = "# Made by packaging/lock.py. Do not edit.\n"
SOURCES = {
    "run": ["pyproject.toml"],
    "test": ["pyproject.toml", "--group", "test", "--constraints", f"{FOLDER}/run.txt"],
    "uv": [f"{FOLDER}/uv.in"],
}


def main(options: list[str]) -> int:
    """Write every file; return the exit code of the first that fails."""
    for name, source in SOURCES.items():
        target = ROOT / FOLDER / f"{name}.txt"
        command = ["uv", "pip", "compile", *source, "--output-file", f"{FOLDER}/{name}.txt"]
        command += ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header"]
        command += ["--no-emit-index-url", "--no-emit-find-links", "--quiet", *options]
        done = subprocess.run(command, cwd=ROOT, check=False)
        if done.returncode != 0:
            return done.returncode
        target.write_text(HEADER + target.read_text(encoding="utf-8"), encoding="utf-8")
        print(f"{FOLDER}/{name}.txt")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
