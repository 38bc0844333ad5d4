"""The window while its conversations cannot be read or kept: it says so, and still answers."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.killing import check_file, kept_exchanges
from helpers.running_program import RunningProgram, beseda
from helpers.store_troubles import (
    damage,
    fill_disk,
    held_by_another_process,
    like_anybody,
    make_newer,
    without_write_permission,
)
from helpers.stores import opened, said
from helpers.unwritable import small_disk
from helpers.window import Window

from core.storage.store import FILE_NAME

if TYPE_CHECKING:
    from helpers.accessibility import AccessibleDriver
    from helpers.display import Display
    from helpers.served_site import ServedSite

pytestmark = [
    pytest.mark.end_to_end,
    pytest.mark.skipif(sys.platform != "linux", reason="takes rights from root as Linux does"),
]

LONGEST_END = 40.0
"""Seconds; a file that another process holds is waited for more than once."""


@contextlib.contextmanager
def damaged(folder: Path) -> Iterator[None]:
    """A file whose beginning is overwritten."""
    damage(folder)
    yield


@contextlib.contextmanager
def newer(folder: Path) -> Iterator[None]:
    """A file of a version that does not exist yet."""
    make_newer(folder)
    yield


@pytest.fixture
def open_with_trouble(
    started: tuple[ExitStack, list[Window]],
    display: Display,
    driver: AccessibleDriver,
    tmp_path: Path,
    site: ServedSite,
) -> Callable[[Path], Window]:
    """Open the window over a data folder, without the rights of root."""
    stack, reporters = started

    def open_window(data: Path) -> Window:
        command = like_anybody(beseda("--provider", site.url, "--data-dir", str(data)))
        program = RunningProgram(command, environment=display.environment)
        window = Window(stack.enter_context(program), display, driver, folder=tmp_path)
        reporters.append(window)
        window.wait_until_ready()
        return window

    return open_window


def make_conversations(data: Path) -> None:
    """Make a store with something in it."""

    async def fill() -> None:
        async with opened(data) as store:
            await said(store, "Asked before", "Answered before")

    asyncio.run(fill())


def wait_for_sentence(window: Window, words: str) -> None:
    """Return once a notice above the composer says this."""

    def is_said() -> bool:
        labels = [thing for thing in window.driver.tree() if thing.object_name == "bannerText"]
        return any(words in thing.name and thing.is_shown for thing in labels)

    window.driver.wait_until(is_said, f"a notice with {words!r}", limit=30)


def ask(window: Window) -> None:
    """Ask something, and see it answered."""
    window.ask("What are you?")
    window.driver.wait_until(
        lambda: "not a language model" in window.transcript, "an answer", limit=40
    )
    window.wait_for_answer()


def leave(window: Window) -> None:
    """End the program by key, and see that it ends in order."""
    window.display.key("ctrl+q")
    assert window.program.wait(LONGEST_END) == 0
    assert "Traceback" not in window.program.stderr.text
    assert "not caught" not in window.program.stderr.text


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (without_write_permission, "may not be written to"),
        (held_by_another_process, "Another program holds the file"),
        (damaged, "is damaged or of another kind"),
        (newer, "A newer version of this program wrote"),
    ],
)
def test_what_is_wrong_is_said_and_the_file_stays_as_it_is(
    tmp_path: Path,
    open_with_trouble: Callable[[Path], Window],
    trouble: Callable[[Path], AbstractContextManager[None]],
    words: str,
) -> None:
    data = tmp_path / "data"
    make_conversations(data)
    with trouble(data):
        before = (data / FILE_NAME).read_bytes()
        window = open_with_trouble(data)
        wait_for_sentence(window, words)
        ask(window)
        wait_for_sentence(window, words)
        leave(window)
        assert (data / FILE_NAME).read_bytes() == before


def test_a_folder_in_which_nothing_may_be_made_is_said(
    tmp_path: Path, open_with_trouble: Callable[[Path], Window]
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    with without_write_permission(data):
        window = open_with_trouble(data)
        wait_for_sentence(window, "may not be written to")
        ask(window)
        leave(window)
        assert list(data.iterdir()) == []


def test_a_disk_that_becomes_full_is_said_and_what_was_kept_stays(
    tmp_path: Path, open_with_trouble: Callable[[Path], Window]
) -> None:
    with small_disk(tmp_path / "disk", kilobytes=3000) as data:
        make_conversations(data)
        window = open_with_trouble(data)
        window.driver.wait_until(lambda: len(window.driver.names("conversationList")) > 1, "a list")
        fill_disk(data)
        ask(window)
        wait_for_sentence(window, "The disk is full")
        (data / "ballast").unlink()
        leave(window)
        check_file(data / FILE_NAME)
        kept = kept_exchanges(data)
        assert kept["Asked before"].text == "Answered before"
        # What was refused is brought to the disk at the end, now that there is room.
        assert "not a language model" in kept["What are you?"].text.replace("*", "")


def test_a_disk_that_is_full_from_the_start_is_said(
    tmp_path: Path, open_with_trouble: Callable[[Path], Window]
) -> None:
    with small_disk(tmp_path / "disk", kilobytes=40) as data:
        window = open_with_trouble(data)
        wait_for_sentence(window, "The disk is full")
        ask(window)
        leave(window)
