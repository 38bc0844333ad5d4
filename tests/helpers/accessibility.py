"""What a blind user's screen reader finds in a window, and what it can do there."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeVar

from helpers.display import SYSTEM_PYTHON, Display, end

T = TypeVar("T")

WAIT = 15.0
"""Seconds after which a test gives up; nothing here takes more than two on a slow machine."""
_POLL = 0.1
"""Seconds after which a condition is looked at again when no event told of a change."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One accessible object, as it was when it was looked at."""

    id: str
    object_name: str
    name: str
    description: str
    role: str
    states: frozenset[str]
    extents: tuple[int, int, int, int] | None
    """x, y, width, height on the screen."""
    depth: int
    text: str | None = None
    """None for what has none, and in a tree, which is read without texts."""

    @property
    def is_shown(self) -> bool:
        """Whether it is on the screen."""
        return "showing" in self.states

    @property
    def is_enabled(self) -> bool:
        """Whether it can be used."""
        return "enabled" in self.states

    @property
    def is_focused(self) -> bool:
        """Whether it has the keyboard."""
        return "focused" in self.states


class GoneError(Exception):
    """The program, or the part of it that was asked for, has just gone."""


class AccessibleDriver:
    """The window of one program at a time, through AT-SPI; a context manager.

    A target is an object name (`sendButton`) or an accessible name.
    """

    def __init__(self, display: Display) -> None:
        self._process = subprocess.Popen(
            [SYSTEM_PYTHON, "-W", "ignore", str(Path(__file__).with_name("atspi_driver.py"))],
            env=display.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        end(self._process)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def attach(self, pid: int) -> bool:
        """Choose a program; False while it is not on the accessibility bus."""
        return bool(self._ask("attach", pid))

    def tree(self) -> list[Thing]:
        """Return everything in the program, parents before children."""
        return [_thing(values) for values in self._ask("tree")]

    def look(self, target: str) -> Thing | None:
        """Return a thing with its text; None when there is none."""
        values = self._ask("look", target)
        return None if values is None else _thing(values)

    def text(self, target: str) -> str:
        """Return the text of a thing; empty when there is no such thing or text."""
        thing = self.look(target)
        return "" if thing is None or thing.text is None else thing.text

    def items(self, target: str) -> list[str]:
        """Return the texts of the things in a list; none when there is no such list."""
        return [str(text) for text in self._ask("items", target)]

    def is_shown(self, target: str) -> bool:
        """Whether there is such a thing on the screen."""
        thing = self.look(target)
        return thing is not None and thing.is_shown

    def names(self, target: str) -> list[str]:
        """Return the names of the things in a list; none when there is no such list."""
        return [str(name) for name in self._ask("names", target)]

    def press(self, target: str) -> None:
        """Press a button."""
        assert self._ask("press", target), f"cannot press {target}"

    def set_text(self, target: str, text: str) -> None:
        """Replace the text of a thing that can be edited."""
        assert self._ask("set_text", target, text), f"cannot edit {target}"

    def focus(self, target: str) -> None:
        """Give a thing the keyboard."""
        assert self._ask("focus", target), f"cannot focus {target}"

    def announced(self) -> list[str]:
        """Return what a screen reader was asked to say."""
        return [str(text) for text in self._ask("announced")]

    def wait_until(self, condition: Callable[[], T], what: str, *, limit: float = WAIT) -> T:
        """Return the first true answer of `condition`, asked again after every event.

        Raises:
            AssertionError: `limit` seconds have passed.
        """
        deadline = time.monotonic() + limit
        while True:
            try:
                answer = condition()
            except GoneError:
                pass
            else:
                if answer:
                    return answer
            if time.monotonic() > deadline:
                raise AssertionError(f"waited {limit:g} s in vain: {what}")
            self._ask("event", _POLL)

    def _ask(self, *command: object) -> Any:
        pipe_in, pipe_out = self._process.stdin, self._process.stdout
        assert pipe_in is not None
        assert pipe_out is not None
        pipe_in.write(json.dumps(command).encode() + b"\n")
        pipe_in.flush()
        line = pipe_out.readline()
        if not line:
            raise RuntimeError(f"the driver ended with {self._process.wait()} at {command}")
        answer = json.loads(line)
        if "gone" in answer:
            raise GoneError(answer["gone"])
        return answer["value"]


def _thing(values: dict[str, Any]) -> Thing:
    extents = values.pop("extents")
    return Thing(
        states=frozenset(values.pop("states")),
        extents=None if extents is None else tuple(extents),
        **values,
    )
