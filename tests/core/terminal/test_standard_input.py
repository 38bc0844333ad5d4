"""What comes through standard input."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.running_program import RunningProgram, beseda, python_environment

from core.terminal.standard_input import LARGEST, InputTooLargeError, read_all

if TYPE_CHECKING:
    from helpers.served_site import ServedSite

Start = Callable[..., RunningProgram]


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    """A pipe: the end to read from, and the end to write to."""
    reading, writing = os.pipe()
    yield reading, writing
    os.close(writing)
    # Its reader now ends; it must not meet a descriptor that another test has got again.
    for thread in threading.enumerate():
        if thread.name == "standard input":
            thread.join(10)
    os.close(reading)


def test_an_idle_pipe_is_given_up(pipe: tuple[int, int]) -> None:
    assert read_all(pipe[0], patience=0.05) is None


def test_a_pipe_that_has_begun_is_waited_for_to_its_end() -> None:
    reading, writing = os.pipe()

    def end() -> None:
        os.write(writing, b"b")
        os.close(writing)

    os.write(writing, b"a")
    late = threading.Timer(1.5, end)  # longer than the patience: that is what is tested
    late.start()
    assert read_all(reading, patience=1.0) == "ab"
    late.join()
    os.close(reading)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", ""),
        ("чай\r\n".encode(), "чай\r\n"),
        (b"\xef\xbb\xbfbom", "bom"),
        ("чай".encode("utf-16"), "чай"),
        (b"a\xffb", "a�b"),
    ],
    ids=["empty", "utf-8", "bom", "utf-16", "broken"],
)
def test_a_file_is_read_as_text(tmp_path: Path, content: bytes, text: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    with path.open("rb") as file:
        assert read_all(file.fileno(), patience=1) == text


@pytest.mark.parametrize(("surplus", "fits"), [(0, True), (1, False)])
def test_the_limit_is_exact(tmp_path: Path, surplus: int, fits: bool) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x" * (LARGEST + surplus))
    with path.open("rb") as file:
        if fits:
            assert read_all(file.fileno(), patience=1) == "x" * LARGEST
        else:
            with pytest.raises(InputTooLargeError):
                read_all(file.fileno(), patience=1)


def test_more_than_two_megabytes_are_refused(start: Start) -> None:
    program = start("ask", "--provider", "demo", "hi", piped="x" * (LARGEST + 1))
    assert program.wait() == 2
    assert "2 MB" in program.complaints
    assert len(program.complaints.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "piped", "question"),
    [
        (("Sum up",), "text\n", "Sum up\n\ntext"),
        (("Sum up",), "", "Sum up"),
        ((), "just this\n", "just this"),
        (("-",), "just this", "just this"),
        (("Sum up", "-"), "text", "Sum up\n\ntext"),
        (("NUL",), "a\0b", "NUL\n\nab"),
    ],
)
def test_a_pipe_is_added_as_context(
    start: Start, site: ServedSite, words: tuple[str, ...], piped: str, question: str
) -> None:
    assert start("ask", "--provider", site.url, *words, piped=piped).wait() == 0
    assert site.questions[-1].text == question


def test_nothing_from_nowhere_is_wrong_usage(start: Start) -> None:
    assert start("ask", "--provider", "demo", piped=" \n").wait() == 2


def test_a_file_is_added_as_context(
    site: ServedSite, environment: dict[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "context.txt"
    path.write_text("from a file", encoding="utf-8")
    with path.open("rb") as file:
        done = subprocess.run(
            beseda("ask", "--provider", site.url, "hi"),
            stdin=file,
            env=python_environment(environment),
            capture_output=True,
            check=False,
        )
    assert done.returncode == 0
    assert site.questions[-1].text == "hi\n\nfrom a file"


def test_a_pipe_that_nobody_writes_to_does_not_hold_up_a_question(
    site: ServedSite, environment: dict[str, str], pipe: tuple[int, int]
) -> None:
    done = subprocess.run(
        beseda("ask", "--provider", site.url, "hi"),
        stdin=pipe[0],
        env=python_environment(environment),
        capture_output=True,
        check=False,
        timeout=30,
    )
    assert done.returncode == 0
    assert site.questions[-1].text == "hi"
    assert "Nothing came through standard input" in done.stderr.decode()
