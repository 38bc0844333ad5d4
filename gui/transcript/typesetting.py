"""TeX to drawings, in a process of its own; no Qt here.

Drawing takes 30 ms of Python a formula: in a thread, it would keep the window from running for as
long. The process reads one question a line and answers each with a line; it ends with its input.
The engine that draws is behind one function, `typeset`, so that it can be changed alone.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import warnings
from collections.abc import Iterator
from dataclasses import asdict, dataclass

MAX_SIZE = 20_000.0
"""Width and height of a drawing, in pixels."""
_MAX_SVG = 2_000_000
_MAX_MEMORY = 2 << 30
MAX_WORK = 2.0
"""Seconds of the processor for one formula; one that takes more stays source."""
_NICE = 5
"""The window goes first."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A drawn formula, in pixels of the size that it was asked for."""

    svg: bytes
    width: float
    height: float
    depth: float
    """How far it reaches below the baseline."""


@dataclass(frozen=True, slots=True)
class FormulaKey:
    """What a drawing depends on."""

    tex: str
    large: bool
    size: float
    """Of the surrounding text, in pixels."""
    colour: str


class FormulaTooSlowError(BaseException):
    """A formula has taken too much work.

    Not an `Exception`, so that no handler inside the engine can swallow it.
    """


def load_engine() -> None:
    """Load what `typeset` needs: takes 0.3 s, and many conversations have no formula."""
    # It finds its font in a way that Python has replaced; that is nothing for the user's eyes.
    warnings.filterwarnings("ignore", category=DeprecationWarning, module="ziamath")
    from ziamath.config import config  # noqa: PLC0415 - see above

    config.svg2 = False  # QtSvg does not know symbols of SVG 2


def typeset(key: FormulaKey) -> Formula | None:
    """Draw a formula; None when it comes out useless. Takes about 30 ms.

    Raises whatever the engine raises for TeX that it does not understand.
    """
    load_engine()
    from ziamath.zmath import Latex  # noqa: PLC0415 - see there

    drawn = Latex(key.tex, size=key.size, inline=not key.large, color=key.colour, margin=1.0)
    width, height = drawn.getsize()
    svg = drawn.svg().encode()
    if not (0 < width < MAX_SIZE and 0 < height < MAX_SIZE) or len(svg) > _MAX_SVG:
        return None
    return Formula(svg, width + 2, height + 2, 1 - float(drawn.getyofst()))


def question(key: FormulaKey) -> bytes:
    """Return the line that asks for a drawing."""
    return json.dumps(asdict(key)).encode() + b"\n"


def answer(line: bytes) -> Formula | None:
    """Return the drawing in a line of the process; None if there is none."""
    try:
        fields = json.loads(line)
        svg = fields.pop("svg").encode()
        return Formula(svg=svg, **fields)
    except (ValueError, AttributeError, KeyError, TypeError):
        return None


def serve() -> None:
    """Say `ready`, and draw until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl+C in the terminal is for the window
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what the engine prints is no answer
    _be_modest()
    load_engine()
    from ziamath.zmath import Latex  # noqa: PLC0415 - the rest of what takes long

    Latex("x")
    output.write(b"ready\n")
    output.flush()
    for line in sys.stdin.buffer:
        output.write(_reply(line) + b"\n")
        output.flush()


@contextlib.contextmanager
def _limited_work() -> Iterator[None]:
    """Raise FormulaTooSlowError in what takes too much work; not on Windows."""
    if sys.platform == "win32":
        yield
        return

    def give_up(_number: int, _frame: object) -> None:
        raise FormulaTooSlowError

    signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, MAX_WORK)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def _be_modest() -> None:
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on Windows

    with contextlib.suppress(OSError, ValueError):
        os.nice(_NICE)
        resource.setrlimit(resource.RLIMIT_AS, (_MAX_MEMORY, _MAX_MEMORY))


def _reply(line: bytes) -> bytes:
    try:
        with _limited_work():
            drawn = typeset(FormulaKey(**json.loads(line)))
    except (Exception, FormulaTooSlowError):  # noqa: BLE001 - the engine raises anything
        return b"null"
    if drawn is None:
        return b"null"
    return json.dumps({**asdict(drawn), "svg": drawn.svg.decode()}).encode()


if __name__ == "__main__":
    serve()
