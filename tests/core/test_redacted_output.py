"""What the interpreter and `logging` print by themselves, in real processes."""

from __future__ import annotations

import io
import logging
import subprocess
import sys

import pytest

from core.redacted_output import RedactingFormatter, redacted_traceback
from core.redaction import register

KEY = "Wd5TgY8uJm2NcE6a"

# Each goes wrong in its own way, with the key in its words.
AT_THE_END = {
    "not caught": "raise KeyError(f'no {KEY}')",
    "chained": """
try:
    raise ValueError(KEY)
except ValueError as error:
    raise RuntimeError('again') from error""",
    "in a group": "raise ExceptionGroup(KEY, [ValueError(KEY), OSError(5, KEY)])",
    "with a note": "error = ValueError('x'); error.add_note(KEY); raise error",
    "in a thread": """
import threading
def work():
    raise KeyError(KEY)
thread = threading.Thread(target=work); thread.start(); thread.join()""",
    "when it is collected": """
class Thing:
    def __repr__(self): return f'<Thing {KEY}>'
    def __del__(self): raise KeyError(KEY)
thing = Thing(); del thing""",
    "in a log": """
import logging
try:
    raise ValueError(KEY)
except ValueError:
    logging.getLogger('x').exception('with %s and %r', KEY, {'key': KEY}, stack_info=True)""",
    "in a log that cannot be written": """
import logging
logging.getLogger('x').warning('with %d', KEY)""",
    "in a task that nobody awaits": """
import asyncio
async def fail():
    raise ValueError(KEY)
async def main():
    task = asyncio.create_task(fail()); await asyncio.sleep(0); await asyncio.sleep(0); del task
asyncio.run(main())""",
}


@pytest.mark.parametrize("lines", AT_THE_END.values(), ids=AT_THE_END)
def test_nothing_that_python_prints_by_itself_holds_a_key(lines: str) -> None:
    program = (
        f"KEY = bytes({list(KEY.encode())}).decode()\n"
        "from core.redacted_output import guard_standard_error\n"
        "from core.redaction import register\n"
        "guard_standard_error()\nregister(KEY)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program + lines], capture_output=True, text=True, check=False
    )
    assert done.stderr.strip()
    assert "Error" in done.stderr
    assert KEY not in done.stderr + done.stdout


def test_a_record_is_hidden_with_its_exception_and_its_stack() -> None:
    register(KEY)
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(RedactingFormatter("%(levelname)s %(message)s"))
    logger = logging.getLogger("redacted")
    logger.propagate = False
    logger.addHandler(handler)
    try:
        int(KEY)
    except ValueError:
        logger.exception("with %s", {"authorization": f"Bearer {KEY}"}, stack_info=True)
    finally:
        logger.removeHandler(handler)
    text = stream.getvalue()
    assert text.startswith("ERROR with {'authorization': 'Bearer ***'}\nTraceback")
    assert "ValueError: invalid literal for int() with base 10: '***'" in text
    assert "Stack (most recent call last)" in text
    assert KEY not in text


def test_a_traceback_keeps_its_places() -> None:
    register(KEY)
    try:
        float(f"http://me:{KEY}@host")
    except ValueError as exc:
        text = redacted_traceback(exc)
    assert "test_a_traceback_keeps_its_places" in text
    assert text.endswith("'http://me:***@host'\n")
