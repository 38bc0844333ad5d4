"""A small checkout around the real set-up: its requirements are wheels made on the spot."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DISPLAY_VARIABLES = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
# What set-up itself listens to: whoever runs these tests may have used it.
SET_UP_VARIABLES = ("PYTHON", "BESEDA_INSTALLER", "BESEDA_FAILED_CHECKS")

# The program: it reports how it was started, and ends as it is told.
PROGRAM = """\
import json, os, sys
import core, tiny
stdin = "terminal" if sys.stdin.isatty() else sys.stdin.read()
print(json.dumps({"arguments": sys.argv[1:], "folder": os.getcwd(), "path": sys.path,
                  "core": core.__file__, "tiny": tiny.VERSION, "stdin": stdin,
                  "prefix": sys.prefix}))
sys.exit(int(os.environ.get("EXIT_CODE", "0")))
"""
TOOLS = ("ruff", "mypy", "pytest", "imports")
# What they are: each says what it was asked for, and fails if it is told to.
TOOL = """\
import os, sys
def main():
    name = {name!r}
    extra = " [" + os.environ["BESEDA_FAILED_CHECKS"] + "]" if name == "pytest" and (
        "BESEDA_FAILED_CHECKS" in os.environ) else ""
    print(name, *sys.argv[1:], extra, flush=True)
    sys.exit(name in os.environ.get("FAILING", "").split())
if __name__ == "__main__":
    main()
"""


@dataclass(frozen=True, slots=True)
class Started:
    """What a start left behind; `report` is the program's own account."""

    code: int
    out: str
    err: str

    @property
    def report(self) -> dict[str, object]:
        """How the program says it was started."""
        found: dict[str, object] = json.loads(self.out)
        return found


class FakeCheckout:
    """The real `packaging`, `run` and `test` in a folder of their own, with a tiny program."""

    def __init__(self, root: Path, tools: Path) -> None:
        self.root = root
        self.tools = tools
        self.elsewhere = tools / "elsewhere"
        self.elsewhere.mkdir(parents=True)
        shutil.copytree(
            ROOT / "packaging", root / "packaging", ignore=shutil.ignore_patterns("__pycache__")
        )
        for name in ("run", "test"):
            shutil.copy(ROOT / name, root / name)
        for package, main in (("core", ""), ("gui", PROGRAM)):
            (root / package).mkdir()
            (root / package / "__init__.py").touch()
            (root / package / "__main__.py").write_text(main, encoding="utf-8")
        self.require("1.0")

    @property
    def python(self) -> Path:
        """The Python of the environment."""
        return self.root / ".venv" / "bin" / "python"

    @property
    def stamps(self) -> list[Path]:
        """What says that the environment is ready."""
        return sorted(self.root.glob(".venv/*.stamp"))

    def require(self, version: str, *, hash_is: str = "right") -> None:
        """Lock the program's only requirement to a version; its hash may be `wrong` or `absent`."""
        wheel = self._wheel("tiny", version, {"tiny.py": f"VERSION = {version!r}\n"})
        tools = self._wheel(
            "tools",
            "1",
            {
                f"{name}.py": TOOL.format(name=name)
                for name in ("ruff", "mypy", "pytest", "imports")
            },
            scripts="[console_scripts]\nlint-imports = imports:main\n",
        )
        if hash_is != "right":
            wheel = f"{wheel[:-8]}00000000" if hash_is == "wrong" else wheel.partition(" ")[0]
        options = f"--no-index\n--find-links {(self.tools / 'wheels').as_uri()}\n"
        folder = self.root / "packaging" / "requirements"
        (folder / "run.txt").write_text(f"{options}{wheel}\n", encoding="utf-8")
        (folder / "test.txt").write_text(f"{options}{wheel}\n{tools}\n", encoding="utf-8")

    def environ(self, **variables: str) -> dict[str, str]:
        """Return the variables of a start: no display, no index, and a cache of its own."""
        ignored = DISPLAY_VARIABLES + SET_UP_VARIABLES
        kept = {k: v for k, v in os.environ.items() if k not in ignored}
        base = Path(sys.executable).resolve().parent
        path = [str(self.tools), str(base), kept["PATH"], str(Path(sys.prefix) / "bin")]
        mine = {
            "PATH": os.pathsep.join(path),
            "UV_CACHE_DIR": str(self.tools / "uv-cache"),
            "UV_OFFLINE": "1",
            "LC_ALL": "C.UTF-8",
        }
        return {**kept, **mine, **variables}

    def start(self, *arguments: str, command: str = "run", **variables: str) -> Started:
        """Start the program, or the tests, and wait for the end."""
        done = subprocess.run(
            [self.root / command, *arguments],
            cwd=self.elsewhere,
            env=self.environ(**variables),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=90,
            check=False,
        )
        return Started(done.returncode, done.stdout, done.stderr)

    def put_program(self, name: str, script: str) -> None:
        """Put a program in front of all others on PATH."""
        path = self.tools / name
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)

    def _wheel(self, name: str, version: str, files: dict[str, str], scripts: str = "") -> str:
        """Make a wheel and return the line that locks it."""
        info = f"{name}-{version}.dist-info"
        files = {
            **files,
            f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
            f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            **({f"{info}/entry_points.txt": scripts} if scripts else {}),
        }
        record = "".join(f"{path},{_digest(text)},{len(text)}\n" for path, text in files.items())
        files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n"
        (self.tools / "wheels").mkdir(exist_ok=True)
        wheel = self.tools / "wheels" / f"{name}-{version}-py3-none-any.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            for path, text in files.items():
                archive.writestr(zipfile.ZipInfo(path), text)
        return f"{name}=={version} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}"


def _digest(text: str) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest())
    return f"sha256={digest.decode().rstrip('=')}"
