"""`beseda chat` on a terminal and in a pipe."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
from helpers.pseudo_terminal import CTRL_C, CTRL_D, PseudoTerminal
from helpers.running_program import RunningProgram, beseda

if TYPE_CHECKING:
    from helpers.served_site import ServedSite

Start = Callable[..., RunningProgram]
StartOnTerminal = Callable[..., PseudoTerminal]


@pytest.fixture
def chat(start_on_terminal: StartOnTerminal, site: ServedSite) -> PseudoTerminal:
    """A chat with the site, at its prompt."""
    terminal = start_on_terminal("chat", "--provider", site.url)
    terminal.wait_for_prompt()
    return terminal


def wait_until_idle(terminal: PseudoTerminal) -> None:
    """Return once the program waits for a key.

    Python's readline loses a Ctrl+C that comes while it still draws what was typed.
    """
    program = psutil.Process(terminal.pid)
    while program.status() != psutil.STATUS_SLEEPING:
        time.sleep(0.01)


def test_ctrl_c_at_the_prompt_clears_the_line(chat: PseudoTerminal, site: ServedSite) -> None:
    chat.type("half a line")
    chat.wait_for("half a line")
    wait_until_idle(chat)
    chat.type(CTRL_C)
    chat.wait_for("> ", times=2)
    chat.type("whole\n")
    chat.wait_for("> ", times=3)
    chat.wait_for_prompt()
    chat.type(CTRL_D)
    assert chat.wait() == 0
    assert [question.text for question in site.questions] == ["whole"]


def test_a_stopped_answer_hangs_up_at_once_and_its_part_is_remembered(
    chat: PseudoTerminal, site: ServedSite
) -> None:
    chat.type("/stall\n")
    chat.wait_for("and copy ")  # its last words
    chat.type(CTRL_C)
    chat.wait_for("> ", times=2)
    site.wait_for_hang_up()
    chat.type("And then?\n")
    chat.wait_for("/stall", times=2)
    chat.wait_for_prompt()
    chat.type("/quit\n")
    assert chat.wait() == 0


class PastingTerminal(PseudoTerminal):
    """A terminal with a clipboard, which marks a paste where a program has asked for that."""

    def paste(self, text: str) -> None:
        is_asked_for = "\x1b[?2004h" in self._screen.text
        self.type(f"\x1b[200~{text}\x1b[201~" if is_asked_for else text)


@pytest.mark.parametrize("setting", ["on", "off"])
def test_a_paste_of_many_lines_is_one_question(
    environment: dict[str, str], site: ServedSite, tmp_path: Path, setting: str
) -> None:
    settings = tmp_path / "inputrc"
    settings.write_text(f"set enable-bracketed-paste {setting}\n", encoding="utf-8")
    environment["INPUTRC"] = str(settings)
    with PastingTerminal(beseda("chat", "--provider", site.url), environment=environment) as chat:
        chat.wait_for_prompt()
        chat.paste("first\nsecond\n\nthird")
        chat.wait_for("third")
        chat.type("\n")
        chat.wait_for("> third")
        chat.wait_for_prompt()
        chat.type(CTRL_D)
        assert chat.wait() == 0
    assert [question.text for question in site.questions] == ["first\nsecond\n\nthird"]


def test_help_is_given_by_the_chat_itself(chat: PseudoTerminal, site: ServedSite) -> None:
    chat.type("/help\n")
    chat.wait_for("Ctrl+D leaves.")
    chat.wait_for("> ", times=2)
    chat.type(CTRL_D)
    assert chat.wait() == 0
    assert site.questions == []


def test_new_forgets_what_was_said(start: Start, site: ServedSite) -> None:
    program = start("chat", "--provider", site.url, piped="Anna\n/new\nBoris\n\n")
    assert program.wait() == 0
    assert [question.text for question in site.questions] == ["Anna", "Boris"]
    assert "Anna" not in program.stdout.text.partition("Boris")[2]
    assert "> " not in program.stdout.text.splitlines()[0]


def test_a_conversation_goes_on_in_a_pipe(start: Start, site: ServedSite) -> None:
    program = start("chat", "--provider", site.url, piped="Anna\nBoris")
    assert program.wait() == 0
    assert "Anna" in program.stdout.text.rpartition("Boris")[2]


def test_a_service_gets_the_commands_that_are_not_ours(start: Start, site: ServedSite) -> None:
    assert start("chat", "--provider", site.url, piped="/code\n/quit\nlost\n").wait() == 0
    assert [question.text for question in site.questions] == ["/code"]


def test_a_failed_question_is_told_and_the_chat_goes_on(start: Start, site: ServedSite) -> None:
    options = ("--provider", site.url, "--retries", "0")
    program = start("chat", *options, piped="/error 429\nHello\n")
    assert program.wait() == 0
    assert len(program.complaints.splitlines()) == 1
    assert "Hello" in program.stdout.text
    assert "/error 429" not in program.stdout.text


def test_in_a_pipe_the_exit_code_is_that_of_the_last_answer(start: Start, site: ServedSite) -> None:
    options = ("--provider", site.url, "--retries", "0")
    assert start("chat", *options, piped="/error 429\n").wait() == 1


def test_wrong_usage_is_told_with_2(start: Start) -> None:
    assert start("chat", "surplus").wait() == 2
