"""The program as a process, on the offscreen platform: how it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.conversation import until
from PySide6.QtGui import QImage

from core.demo import DemoSite, Failure

ROOT = Path(__file__).parents[2]


class Running:
    """The program, and what it writes to standard error."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.folder = folder
        self._errors = (folder / "stderr").open("w+")
        command = [sys.executable, "-W", "default", "-m", "gui", "--data-dir", str(folder / "data")]
        self.process = subprocess.Popen(
            [*command, *arguments],
            cwd=ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            stderr=self._errors,
        )

    def errors(self) -> str:
        """Return all it wrote to standard error so far."""
        return Path(self._errors.name).read_text()

    async def code(self) -> int:
        await until(lambda: self.process.poll() is not None)
        return self.process.returncode

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        self._errors.close()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[type[Running]]:
    started: list[Running] = []

    class Started(Running):
        def __init__(self, *arguments: str) -> None:
            super().__init__(tmp_path, *arguments)
            started.append(self)

    yield Started
    for program in started:
        program.end()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
async def test_a_signal_ends_an_idle_program_in_order(
    start: type[Running], demo_site: DemoSite, number: signal.Signals
) -> None:
    program = start("--provider", demo_site.url, "--ask", "Hello")
    await until(lambda: bool(demo_site.questions))
    await demo_site.questions[-1].ended.wait()
    program.process.send_signal(number)

    assert await program.code() == 0, program.errors()
    assert program.errors() == ""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize(
    "failure", [Failure.SILENT_MIDDLE, Failure.SILENT_START, Failure.PAGE_SILENT]
)
async def test_ending_in_the_middle_of_a_reply_hangs_up_without_a_word(
    start: type[Running], demo_site: DemoSite, failure: Failure
) -> None:
    demo_site.use(failure=failure)
    program = start("--provider", demo_site.url, "--ask", "Tell me something long")
    is_page = failure is Failure.PAGE_SILENT
    await until(lambda: bool(demo_site.requests if is_page else demo_site.questions))
    program.process.send_signal(signal.SIGINT)

    assert await program.code() == 0, program.errors()
    assert program.errors() == ""
    request = demo_site.requests[-1]
    await request.hung_up.wait()


async def test_a_screenshot_shows_the_answer_and_ends_the_program(
    start: type[Running], tmp_path: Path
) -> None:
    picture = tmp_path / "picture.png"
    options = ("--theme", "dark", "--language", "ru", "--size", "500x600")
    program = start("--demo", "--screenshot", str(picture), "--ask", "/hello", *options)

    assert await program.code() == 0, program.errors()
    assert program.errors() == ""
    image = QImage(str(picture))
    assert (image.width(), image.height()) == (500, 600)
    assert image.pixelColor(2, 2).lightness() < 60
    colours = {image.pixel(x, y) for x in range(0, 500, 3) for y in range(50, 400, 3)}
    assert len(colours) > 10
    assert not (tmp_path / "data" / "state.json").exists()


async def test_a_screenshot_without_a_question_shows_the_welcome(
    start: type[Running], tmp_path: Path
) -> None:
    picture = tmp_path / "picture.png"
    program = start("--demo", "--screenshot", str(picture))
    assert await program.code() == 0, program.errors()
    assert not QImage(str(picture)).isNull()


async def test_a_screenshot_of_a_failure_says_why_and_ends_with_1(
    start: type[Running], tmp_path: Path, demo_site: DemoSite
) -> None:
    demo_site.use(failure=Failure.PAGE_NO_CHAT)
    picture = tmp_path / "picture.png"
    program = start(
        "--provider", demo_site.url, "--screenshot", str(picture), "--ask", "?", "--language", "en"
    )
    assert await program.code() == 1
    assert "There is no AI Power chat on the page" in program.errors()
    assert "Traceback" not in program.errors()
    assert picture.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
async def test_place_and_provider_are_remembered(start: type[Running], demo_site: DemoSite) -> None:
    program = start("--provider", demo_site.url, "--ask", "Hello", "--size", "640x480")
    await until(lambda: bool(demo_site.questions))
    program.process.send_signal(signal.SIGTERM)
    assert await program.code() == 0, program.errors()

    state = json.loads((program.folder / "data" / "state.json").read_text())
    assert state["geometry"]
    assert state["client_secret"]


async def test_a_broken_state_file_is_set_aside(start: type[Running], tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "state.json").write_text("{broken")
    program = start("--demo", "--screenshot", str(tmp_path / "picture.png"))
    assert await program.code() == 0
    assert "Traceback" not in program.errors()
    assert (folder / "state.broken.json").exists()
