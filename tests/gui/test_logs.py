"""What the window's program writes down, in a process of its own: logging is one for all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

KEY = "Mu4XbF7zRk2JpD8t"

PROGRAM = """
import logging, sys
from pathlib import Path
from core.redaction import register
from gui.logs import write_logs
key = bytes.fromhex(sys.argv[2]).decode()
write_logs(Path(sys.argv[1]), **({"level": sys.argv[3]} if sys.argv[3:] else {}))
register(key)
logger = logging.getLogger("a.b")
logger.info("quiet %s", key)
try:
    try:
        int(key)
    except ValueError as error:
        raise RuntimeError(f"Bearer {key}") from error
except RuntimeError:
    logger.exception("with %s", {"x-api-key": key}, stack_info=True)
logger.warning("with %d", key)
raise KeyError(key)
"""


def _run(folder: Path, *level: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", PROGRAM, str(folder), KEY.encode().hex(), *level]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_neither_the_log_nor_standard_error_holds_a_key(tmp_path: Path) -> None:
    done = _run(tmp_path)
    log = (tmp_path / "beseda.log").read_text(encoding="utf-8")
    assert "ERROR a.b: with {'x-api-key': '***'}" in log
    assert "RuntimeError: Bearer ***" in log
    assert "quiet" not in log
    assert log.split("Traceback")[0] in done.stderr
    assert done.stderr.endswith("KeyError: '***'\n")
    assert KEY not in log + done.stderr + done.stdout


def test_a_record_that_cannot_be_written_is_told_of_by_its_place(tmp_path: Path) -> None:
    done = _run(tmp_path)
    told = [line for line in done.stderr.splitlines() if "was not written" in line]
    assert told == ["A log record of <string>:18 was not written: TypeError"] * 2


def test_the_level_of_the_settings_counts(tmp_path: Path) -> None:
    _run(tmp_path, "info")
    assert "INFO a.b: quiet ***" in (tmp_path / "beseda.log").read_text(encoding="utf-8")


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    done = _run(tmp_path / "none")
    assert "RuntimeError: Bearer ***" in done.stderr
    assert not (tmp_path / "none").exists()
