"""`beseda ask` as a process, over a real demo site."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.loopback_server import unused_port
from helpers.pseudo_terminal import CTRL_C, PseudoTerminal
from helpers.running_program import RunningProgram, beseda, python_environment

from core.demo import Failure
from core.state import State, StateFile

if TYPE_CHECKING:
    from helpers.served_site import ServedSite

Start = Callable[..., RunningProgram]
StartOnTerminal = Callable[..., PseudoTerminal]

STALLS = "/stall"
LAST_WORDS = "and copy "
"""What the demo site says to that before it falls silent."""


def said(lines: str) -> str:
    """Return the text of the whole lines of JSON."""
    events = [json.loads(line) for line in lines.splitlines(keepends=True) if line.endswith("\n")]
    return "".join(event["text"] for event in events if event["event"] == "text")


def test_words_become_one_question_wherever_options_stand(start: Start, site: ServedSite) -> None:
    program = start("ask", "one", "--provider", site.url, "two", "--timeout", "9", "three")
    assert program.wait() == 0
    assert site.questions[-1].text == "one two three"
    assert program.stdout.text.endswith("\n")
    assert program.complaints == ""


def test_the_demo_stands_in_and_says_so_once(start: Start) -> None:
    program = start("ask", "/error 429")
    assert program.wait() == 1
    note, error = program.complaints.splitlines()
    assert "built-in demo" in note
    assert "asks to wait" in error
    assert "\x1b" not in program.complaints


def test_the_service_that_was_last_talked_to_is_asked(
    start: Start, site: ServedSite, tmp_path: Path
) -> None:
    StateFile(tmp_path / "data" / "state.json").save(State(provider=site.url))
    program = start("ask", "hi", BESEDA_DATA_DIR=str(tmp_path / "data"))
    assert program.wait() == 0
    assert program.complaints == ""
    assert site.questions[-1].text == "hi"


def test_a_site_knows_this_installation_by_one_id(
    start: Start, site: ServedSite, tmp_path: Path
) -> None:
    options = ("--provider", site.url, "--data-dir", str(tmp_path / "data"))
    assert start("ask", "one", *options).wait() == 0
    assert start("ask", "two", *options).wait() == 0
    ids = {question.fields["wpaicg_chat_client_id"] for question in site.questions}
    assert len(site.questions) == 2
    assert len(ids) == 1
    assert len(ids.pop()) == 10


def test_the_demo_leaves_nothing_on_the_disk(start: Start, tmp_path: Path) -> None:
    assert start("ask", "--provider", "demo", "/error 429").wait() == 1
    assert list(tmp_path.rglob("state*")) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("--provider", "nonsense", "hi"),
        ("--provider", "http://", "hi"),
        ("--timeout", "0", "hi"),
        ("--proxy", "ftp://user:secret@127.0.0.1", "hi"),
        ("--provider", "demo", "--model", "gpt-99", "hi"),
        ("--no-such-option", "hi"),
        ("--provider", "demo"),
        ("--provider", "demo", " \n"),
    ],
    ids=["provider", "address", "timeout", "proxy", "model", "option", "no text", "blank"],
)
def test_wrong_usage_is_told_with_2(start: Start, arguments: tuple[str, ...]) -> None:
    program = start("ask", *arguments)
    assert program.wait() == 2
    assert program.stdout.text == ""
    assert program.complaints
    assert "Traceback" not in program.complaints
    assert "secret" not in program.complaints


def test_an_unreachable_service_is_one_sentence(start: Start) -> None:
    address = f"http://127.0.0.1:{unused_port()}"
    program = start("ask", "--provider", address, "--retries", "0", "hi")
    assert program.wait() == 1
    assert len(program.complaints.splitlines()) == 1
    assert "127.0.0.1" in program.complaints


def test_a_connection_that_breaks_in_the_middle_keeps_the_part(
    start: Start, site: ServedSite
) -> None:
    site.site.use(failure=Failure.RESET_MIDDLE)
    program = start("ask", "--provider", site.url, "--json", "hi")
    assert program.wait() == 3
    assert len(program.complaints.splitlines()) == 1
    end = json.loads(program.stdout.text.splitlines()[-1])
    assert end["text"]


def test_json_tells_of_an_error(start: Start) -> None:
    program = start("ask", "--provider", "demo", "--json", "/error 429")
    assert program.wait() == 1
    end = json.loads(program.stdout.text.splitlines()[-1])
    assert end["event"] == "end"
    assert end["state"] == "failed"
    assert end["provider"] == "Demo"
    assert end["text"] == ""
    assert end["error"]["class"] == "RateLimitError"
    assert end["error"]["sentence"] == program.complaints.strip()


def test_json_is_one_object_a_line(start: Start, site: ServedSite) -> None:
    program = start("ask", "--json", "/code", "--provider", site.url)
    assert program.wait() == 0
    lines = [json.loads(line) for line in program.stdout.text.splitlines()]
    assert {line["event"] for line in lines} >= {"stage", "text", "end"}
    assert lines[-1]["text"] == said(program.stdout.text)
    assert lines[-1]["model"] == "gpt-4o-mini-2024-07-18"
    assert lines[-1]["seconds"] > 0
    assert lines[-1]["error"] is None
    assert program.complaints == ""


def test_json_has_no_demo_note(start: Start) -> None:
    program = start("ask", "--json", "/error 429")
    assert program.wait() == 1
    assert len(program.complaints.splitlines()) == 1
    assert "demo" not in program.complaints


def test_system_instructions_reach_the_service(start: Start, site: ServedSite) -> None:
    assert start("ask", "--provider", site.url, "--system", "Be brief", "hi").wait() == 0
    assert "Be brief" in site.questions[-1].text


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_told(environment: dict[str, str], site: ServedSite) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            beseda("ask", "--provider", site.url, "/code"),
            stdout=full,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            env=python_environment(environment),
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == [
        "The output could not be written: No space left on device."
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="closing descriptors is a Unix shell's art")
def test_closed_standard_streams_do_no_harm(environment: dict[str, str], site: ServedSite) -> None:
    command = shlex.join(beseda("ask", "--provider", site.url, "/code"))
    done = subprocess.run(
        ["sh", "-c", f"{command} <&- >&- 2>&-"],
        env=python_environment(environment),
        check=False,
    )
    assert done.returncode == 0


def test_a_terminal_without_unicode_gets_what_it_can_show(start: Start, site: ServedSite) -> None:
    program = start("ask", "--provider", site.url, "Привет", PYTHONIOENCODING="ascii")
    assert program.wait() == 0
    assert "????" in program.stdout.text
    assert program.complaints == ""


@pytest.mark.skipif(os.name != "posix", reason="only Unix has arguments of any bytes")
def test_an_argument_of_foreign_bytes_is_sent(
    site: ServedSite, environment: dict[str, str]
) -> None:
    command: list[bytes | str] = [*beseda("ask", "--provider", site.url), b"a\xff\xfeb"]
    done = subprocess.run(
        command,
        env=python_environment(environment),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert site.questions[-1].text == "a��b"


def test_a_terminal_is_not_steered_by_an_answer(
    start_on_terminal: StartOnTerminal, site: ServedSite
) -> None:
    site.site.answer("before\x1b]0;owned\x07", "\x1b[2J\x9b31m", "mid\rdle\n\ttab\x08")
    terminal = start_on_terminal("ask", "--provider", site.url, "hi")
    assert terminal.wait() == 0
    # Without its escape character a code is mere text.
    assert "before]0;owned[2J31mmiddle" in terminal.text
    assert "\ttab" in terminal.text or "        tab" in terminal.text
    assert not {"\x1b", "\x07", "\x9b", "\x08"} & set(terminal.text)


def test_a_pipe_gets_an_answer_as_it_is(start: Start, site: ServedSite) -> None:
    site.site.answer("a\x1b[1mb\n")
    program = start("ask", "--provider", site.url, "hi")
    assert program.wait() == 0
    assert program.stdout.text == "a\x1b[1mb\n"


def test_a_terminal_is_not_read(start_on_terminal: StartOnTerminal) -> None:
    terminal = start_on_terminal("ask", "--provider", "demo")
    assert terminal.wait() == 2
    assert "nothing to send" in terminal.text


def test_a_long_wait_has_a_clock_that_ctrl_c_ends(
    start_on_terminal: StartOnTerminal, site: ServedSite
) -> None:
    site.site.use(delay=60)
    terminal = start_on_terminal("ask", "--provider", site.url, "hi")
    terminal.wait_for("waiting 2 s")
    terminal.wait_for("waiting 3 s")
    terminal.type(CTRL_C)
    assert terminal.wait() == 130
    assert "Traceback" not in terminal.text


def test_ctrl_c_ends_the_json_with_its_last_line(start: Start, site: ServedSite) -> None:
    program = start("ask", "--provider", site.url, "--json", STALLS)
    program.stdout.wait_for(lambda text: said(text).endswith(LAST_WORDS), "all that is said")
    program.interrupt()
    assert program.wait() == 130
    end = json.loads(program.stdout.text.splitlines()[-1])
    assert end["event"] == "end"
    assert end["state"] == "stopped"
    assert end["text"]
    site.wait_for_hang_up()


def test_a_reader_that_leaves_hangs_up_the_service(start: Start, site: ServedSite) -> None:
    site.site.use(speed=400)
    program = start("ask", "--provider", site.url, "/long 50000")
    program.stdout.wait_for(bool, "the first words")
    program.stdout.leave()
    assert program.wait() == 141
    assert program.complaints == ""
    site.wait_for_hang_up()
