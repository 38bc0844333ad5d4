"""A screen of its own for keys that are pressed in earnest."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from helpers.display import Display, what_is_missing

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def display() -> Iterator[Display]:
    """Give a screen with a window manager, and nobody who reads it."""
    missing = what_is_missing()
    if missing and os.environ.get("CI") == "true":
        pytest.fail(f"not installed here: {', '.join(missing)}", pytrace=False)
    if missing:
        pytest.skip(f"a screen needs {', '.join(missing)}")
    with Display(has_screen_reader=False) as display:
        yield display


@pytest.fixture
def keyboard(display: Display, monkeypatch: pytest.MonkeyPatch) -> Iterator[Display]:
    """Give a screen that this process is on, too, with an American and a Russian layout."""
    monkeypatch.setenv("DISPLAY", display.environment["DISPLAY"])
    yield display
    display.run(["setxkbmap", "-layout", "us,ru"])
