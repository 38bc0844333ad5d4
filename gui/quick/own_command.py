"""What a person binds to keys in the desktop's own settings."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from gui.autostart import program_command

_NAME = "beseda"


def quick_command(data_dir: Path | None = None) -> str:
    """Return the command line that opens the quick prompt, as short as it works in a shell."""
    program = program_command()
    found = shutil.which(_NAME)
    if found is not None and len(program) == 1 and Path(found).samefile(program[0]):
        program = (_NAME,)
    folder = () if data_dir is None else ("--data-dir", str(data_dir))
    words = (*program, "quick", *folder)
    return subprocess.list2cmdline(words) if sys.platform == "win32" else shlex.join(words)
