"""The commands of the terminal as processes, in a pipe and on a terminal."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.pseudo_terminal import CTRL_C, CTRL_D, PseudoTerminal
from helpers.running_program import RunningProgram, plain_environment

if TYPE_CHECKING:
    from helpers.served_site import ServedSite

pytestmark = pytest.mark.end_to_end

Start = Callable[..., RunningProgram]
StartOnTerminal = Callable[..., PseudoTerminal]

NEVER_ENDS = "/stall"
"""The demo site begins to answer this, and then says nothing more and keeps the line open."""


def test_ask_streams_an_answer_into_a_pipe(start: Start) -> None:
    program = start("ask", "--provider", "demo", "Привет")
    first = program.stdout.wait_for(bool, "the first words")
    was_running = program.exit_code is None
    assert program.wait() == 0
    pieces = program.stdout.pieces
    assert was_running, "everything came at once, at the end"
    assert "Привет" in program.stdout.text
    assert "демонстрация" in program.stdout.text
    assert len(first) < len(program.stdout.text)
    assert len(pieces) > 10
    assert pieces[-1].at - pieces[0].at > 0.5, "the demo writes 400 characters a second"
    assert program.complaints == ""


def test_first_words_reach_a_pipe_while_the_answer_is_far_from_its_end(
    start: Start, site: ServedSite
) -> None:
    program = start("ask", "--provider", site.url, NEVER_ENDS)
    program.stdout.wait_for(bool, "the first words")
    assert not site.questions[-1].ended.is_set()
    assert program.exit_code is None


def test_ctrl_c_ends_ask_with_130_and_keeps_what_was_printed(
    start: Start, site: ServedSite
) -> None:
    program = start("ask", "--provider", site.url, NEVER_ENDS)
    part = program.stdout.wait_for(lambda text: len(text) > 20, "the first words")
    program.interrupt()
    assert program.wait() == 130
    assert program.stdout.text.startswith(part)
    assert program.stdout.text.endswith("\n")
    assert "Traceback" not in program.complaints
    site.wait_for_hang_up()


def test_ask_adds_what_a_pipe_brings(start: Start, site: ServedSite) -> None:
    program = start("ask", "--provider", site.url, "Сократи", piped="Текст из файла")
    assert program.wait() == 0
    assert site.questions[-1].text == "Сократи\n\nТекст из файла"


def test_ask_prints_json_lines_on_request(start: Start, site: ServedSite) -> None:
    program = start("ask", "--provider", site.url, "--json", "/code")
    assert program.wait() == 0
    events = [json.loads(line) for line in program.stdout.text.splitlines()]
    text = "".join(event["text"] for event in events if event["event"] == "text")
    assert events[-1]["event"] == "end"
    assert events[-1]["state"] == "complete"
    assert events[-1]["text"] == text
    assert "```" in text


@pytest.mark.parametrize(
    ("question", "code"), [("/error 429", 1), ("/cut", 3), ("", 2)], ids=["refused", "cut", "empty"]
)
def test_ask_says_in_one_sentence_what_went_wrong(start: Start, question: str, code: int) -> None:
    program = start("ask", "--provider", "demo", question)
    assert program.wait() == code
    assert len(program.complaints.splitlines()) == 1
    assert program.complaints.rstrip().endswith(".")
    assert bool(program.stdout.text) == (code == 3)


def test_ask_ends_quietly_when_its_reader_leaves(start: Start) -> None:
    program = start("ask", "--provider", "demo", "/long 20000")
    program.stdout.wait_for(bool, "the first words")
    program.stdout.leave()
    assert program.wait() == 141
    assert program.complaints == ""


def test_demo_server_prints_its_address_and_ends_on_ctrl_c(start: Start) -> None:
    server = start("demo-server", "--speed", "0")
    address = server.stdout.wait_for(lambda text: text.endswith("\n"), "an address").strip()
    assert address.startswith("http://127.0.0.1:")
    client = start("ask", "--provider", address, "Hello")
    assert client.wait() == 0
    assert "Hello" in client.stdout.text
    server.interrupt()
    assert server.wait() == 0
    assert server.complaints == ""
    assert server.stdout.text.strip() == address


def test_demo_server_ends_while_it_answers(start: Start) -> None:
    server = start("demo-server")
    address = server.stdout.wait_for(lambda text: text.endswith("\n"), "an address").strip()
    client = start("ask", "--provider", address, NEVER_ENDS)
    client.stdout.wait_for(bool, "the first words")
    server.interrupt()
    assert server.wait() == 0
    assert server.complaints == ""
    assert client.wait() == 3
    assert len(client.complaints.splitlines()) == 1


def test_chat_answers_stops_and_leaves(start_on_terminal: StartOnTerminal) -> None:
    terminal = start_on_terminal("chat", "--provider", "demo")
    terminal.wait_for_prompt()
    terminal.type("Привет\n")
    terminal.wait_for("демонстрация")
    terminal.wait_for_prompt()
    terminal.type(f"{NEVER_ENDS}\n")
    stopped = terminal.wait_for_more_than(f"> {NEVER_ENDS}\n")
    terminal.type(CTRL_C)
    assert terminal.wait_for_prompt().startswith(stopped)
    terminal.type("/code\n")
    terminal.wait_for("```", times=4)
    terminal.wait_for_prompt()
    terminal.type(CTRL_D)
    assert terminal.wait() == 0
    assert "Traceback" not in terminal.text


def test_chat_leaves_on_ctrl_d_at_once(start_on_terminal: StartOnTerminal) -> None:
    terminal = start_on_terminal("chat", "--provider", "demo")
    terminal.wait_for_prompt()
    terminal.type(CTRL_D)
    assert terminal.wait() == 0
    assert "Traceback" not in terminal.text


def test_ask_imports_no_qt(start: Start, tmp_path: Path) -> None:
    environment = {**plain_environment(tmp_path), "PYTHONPROFILEIMPORTTIME": "1"}
    program = start("ask", "--provider", "demo", "/error 429", environment=environment)
    assert program.wait() == 1
    imported = {line.rpartition("|")[2].strip() for line in program.stderr.text.splitlines()}
    assert "core.reply" in imported
    assert not {name for name in imported if name.startswith(("PySide6", "shiboken6", "qasync"))}
