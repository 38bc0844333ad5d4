"""`beseda --screenshot`: the program makes a picture of itself, and a person would call it one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.running_program import RunningProgram
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from helpers.display import Display
    from helpers.served_site import ServedSite

pytestmark = pytest.mark.end_to_end

Start = Callable[..., RunningProgram]

COLOURS = 40
"""Smoothed text alone has more; a blank window has fewer."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG file, as far as its colours go."""

    width: int
    height: int
    colours: Counter[int]

    @property
    def brightness(self) -> float:
        """That of its background, from 0 to 255."""
        return sum(self.background.to_bytes(4, "big")[1:]) / 3

    @property
    def background(self) -> int:
        """The colour that most of it has, as 0xffRRGGBB."""
        return self.colours.most_common(1)[0][0]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_picture_shows_the_answer_in_a_theme(
    start: Start, display: Display, site: ServedSite, tmp_path: Path, theme: str
) -> None:
    path = tmp_path / "window.png"
    arguments = ["--provider", site.url, "--screenshot", str(path), "--ask", "Привет"]
    arguments += ["--theme", theme, "--size", "900x700"]
    program = start(*arguments, environment=_on(display, tmp_path))
    assert program.wait() == 0
    assert program.complaints == ""
    picture = read_picture(path)
    assert (picture.width, picture.height) == (900, 700)
    assert len(picture.colours) > COLOURS
    assert picture.brightness > 200 if theme == "light" else picture.brightness < 80
    text = picture.width * picture.height - picture.colours[picture.background]
    assert text > 0.03 * picture.width * picture.height, "hardly anything is on it"


def test_a_picture_of_nothing_asked_shows_the_welcome(
    start: Start, display: Display, tmp_path: Path
) -> None:
    path = tmp_path / "window.png"
    program = start("--demo", "--screenshot", str(path), environment=_on(display, tmp_path))
    assert program.wait() == 0
    assert len(read_picture(path).colours) > COLOURS
    assert program.complaints == ""


def test_a_picture_of_an_error_is_made_and_told_by_the_exit_code(
    start: Start, display: Display, tmp_path: Path
) -> None:
    path = tmp_path / "window.png"
    arguments = ["--demo", "--screenshot", str(path), "--ask", "/error 429"]
    program = start(*arguments, environment=_on(display, tmp_path))
    assert program.wait() == 1
    assert len(read_picture(path).colours) > COLOURS
    assert len(program.complaints.splitlines()) == 1


def read_picture(path: Path) -> Picture:
    """Read a picture by Qt, which needs no display for that."""
    image = QImage(str(path))
    assert not image.isNull(), "not a picture"
    pixels = image.convertToFormat(QImage.Format.Format_RGB32).constBits()
    return Picture(image.width(), image.height(), Counter(memoryview(pixels).cast("I")))


def _on(display: Display, folder: Path) -> dict[str, str]:
    return {**display.environment, "BESEDA_DATA_DIR": str(folder / "data")}
