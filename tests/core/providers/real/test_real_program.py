"""The program as a process, with llama.cpp's server."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.running_program import RunningProgram, beseda, plain_environment

if TYPE_CHECKING:
    from helpers.real_server import RealServer

Start = Callable[..., RunningProgram]


@pytest.fixture
def start(real_server: RealServer, tmp_path: Path) -> Iterator[Start]:
    """Start a command with the options that lead to the server."""
    environment = {**plain_environment(tmp_path), "REAL_KEY": real_server.key}
    service = ("--provider", "openai", "--address", real_server.url, "--key-variable", "REAL_KEY")
    with ExitStack() as stack:

        def start(command: str, *arguments: str, piped: str | None = None) -> RunningProgram:
            program = RunningProgram(
                beseda(command, *service, *arguments), environment=environment, piped=piped
            )
            return stack.enter_context(program)

        yield start


def test_ask_prints_the_answer_and_what_is_known_of_it(start: Start) -> None:
    program = start("ask", "--json", "--max-tokens", "12", "--seed", "3", "Hello")
    assert program.wait() == 0, program.report()
    events = [json.loads(line) for line in program.stdout.text.splitlines()]
    texts = [event["text"] for event in events if event["event"] == "text"]
    end = events[-1]
    assert end["text"] == "".join(texts) != ""
    assert (end["state"], end["finish_reason"]) == ("complete", "length")
    assert end["usage"]["completion_tokens"] == 12
    assert len(texts) > 5


def test_chat_asks_one_question_after_the_other(start: Start) -> None:
    program = start("chat", "--max-tokens", "10", piped="One\nTwo\n")
    assert program.wait() == 0, program.report()
    assert program.stdout.text.strip(), program.report()
    assert "Traceback" not in program.stderr.text


def test_models_lists_what_the_server_has(start: Start) -> None:
    program = start("models")
    assert program.wait() == 0, program.report()
    assert "tiny" in program.stdout.text
    assert "4,096" in program.stdout.text.replace("4096", "4,096")


def test_ask_says_in_one_sentence_that_a_question_is_too_long(start: Start) -> None:
    program = start("ask", "слово " * 2000)
    assert program.wait() == 1
    assert len(program.complaints.splitlines()) == 1
    assert "too long" in program.complaints
