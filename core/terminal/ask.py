"""`beseda ask`: one question, one answer."""

from __future__ import annotations

import argparse

from core.chat import begin_reply, new_conversation, with_question
from core.errors import ChatError, InvalidPromptError
from core.terminal.answer import WRONG_USAGE, JsonPrinter, TextPrinter, show, tell
from core.terminal.loop import interruptible_loop
from core.terminal.output import Output, note
from core.terminal.service import DEMO_NOTE, Service
from core.terminal.standard_input import LARGEST, InputTooLargeError, read_context, read_question

STANDARD_INPUT = "-"


def ask(options: argparse.Namespace) -> int:
    """Ask what the options and standard input say; return the exit code.

    Raises:
        KeyboardInterrupt: Ctrl+C; what had arrived is printed.
    """
    try:
        question = _question(options.text)
    except InputTooLargeError:
        note(f"Standard input is larger than {LARGEST // 1024**2} MB; send less of it.")
        return WRONG_USAGE
    if not question.strip("\0 \t\r\n"):
        return tell(InvalidPromptError())
    with interruptible_loop() as runner:
        return runner.run(_ask(options, question))


async def _ask(options: argparse.Namespace, question: str) -> int:
    try:
        service = await Service.open(options)
    except ChatError as exc:
        return tell(exc)
    try:
        return await _answer(service, question, is_json=options.json)
    finally:
        await service.close()


async def _answer(service: Service, question: str, *, is_json: bool) -> int:
    if not (service.is_chosen or is_json):
        note(DEMO_NOTE, dim=True)
    try:
        conversation = with_question(new_conversation(), question)
        reply = begin_reply(conversation, service.profile, client_id=service.client_id)
    except ChatError as exc:
        return tell(exc)
    output = Output()
    printer = JsonPrinter(output, service.profile) if is_json else TextPrinter(output)
    return await show(reply, output, printer)


def _question(words: list[str]) -> str:
    """Return TEXT with what standard input adds to it.

    Raises:
        InputTooLargeError: that is too much.
    """
    text = " ".join(word for word in words if word != STANDARD_INPUT)
    is_awaited = not text or STANDARD_INPUT in words
    context = read_question() if is_awaited else read_context()
    return "\n\n".join(part for part in (text, context.rstrip("\r\n")) if part)
