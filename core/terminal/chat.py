"""`beseda chat`: one conversation, line by line."""

from __future__ import annotations

import argparse
import asyncio
import sys

from core.chat import begin_reply, new_conversation, with_answer, with_question
from core.errors import ChatError
from core.models import Conversation
from core.reply import Reply
from core.terminal.answer import ANSWERED, TextPrinter, show, tell
from core.terminal.keyboard import Keyboard
from core.terminal.loop import INTERRUPTED, interruptible_loop
from core.terminal.output import Output, note
from core.terminal.service import DEMO_NOTE, Service

HELP = (
    "/new starts a new conversation.",
    "/quit or Ctrl+D leaves.",
    "/help shows this.",
    "Ctrl+C stops an answer, or clears the line.",
    "Everything else is sent, also what begins with another /.",
)


def chat(options: argparse.Namespace) -> int:
    """Talk until the user leaves; return the exit code.

    For standard input that is no terminal it is that of the last answer.
    """
    with interruptible_loop() as runner:
        try:
            service = runner.run(Service.open(options))
        except ChatError as exc:
            return tell(exc)
        try:
            return _Talk(runner, service).run()
        finally:
            runner.run(service.close())


class _Talk:
    """The loop of questions and answers."""

    def __init__(self, runner: asyncio.Runner, service: Service) -> None:
        self._runner = runner
        self._service = service
        self._keyboard = Keyboard()
        self._output = Output()
        self._conversation = new_conversation()
        self._last_code = ANSWERED

    def run(self) -> int:
        """Answer each line; return the exit code."""
        if not self._service.is_chosen:
            note(DEMO_NOTE, dim=True)
        while self._output.failure is None:
            try:
                line = self._keyboard.read_line()
                if line is None or line.strip() == "/quit":
                    break
                self._obey(line)
            except KeyboardInterrupt:
                print(file=sys.stderr)
                if not self._keyboard.is_interactive:
                    return INTERRUPTED
        return ANSWERED if self._keyboard.is_interactive else self._last_code

    def _obey(self, line: str) -> None:
        match line.strip():
            case "":
                pass
            case "/new":
                self._conversation = new_conversation()
                note("A new conversation.", dim=True)
            case "/help":
                for sentence in HELP:
                    note(sentence)
            case _:
                self._ask(line)

    def _ask(self, line: str) -> None:
        try:
            asked = with_question(self._conversation, line)
            reply = begin_reply(asked, self._service.profile, client_id=self._service.client_id)
        except ChatError as exc:
            self._last_code = tell(exc)
            return
        try:
            self._last_code = self._runner.run(show(reply, self._output, TextPrinter(self._output)))
        finally:
            self._keep(asked, reply)

    def _keep(self, asked: Conversation, reply: Reply) -> None:
        """Remember the exchange; a question without any answer is as if it was never asked."""
        if reply.text.strip():
            self._conversation = with_answer(asked, reply)
