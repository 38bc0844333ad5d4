"""`beseda ask`: one question, one answer."""

from __future__ import annotations

import argparse

from core.chat import new_conversation, with_question
from core.errors import AttachmentError, ChatError, InvalidPromptError
from core.instance_messages import Action
from core.models import Attachment
from core.terminal.answer import WRONG_USAGE, JsonPrinter, TextPrinter, show, tell
from core.terminal.files import read_files
from core.terminal.loop import interruptible_loop
from core.terminal.output import Output, note
from core.terminal.service import DEMO_NOTE, Service
from core.terminal.standard_input import LARGEST, InputTooLargeError, read_context, read_question
from core.terminal.window import WindowStart, tell_or_start

STANDARD_INPUT = "-"


def ask(options: argparse.Namespace) -> int | WindowStart:
    """Ask what the options and standard input say; return the exit code, or what to open.

    Raises:
        KeyboardInterrupt: Ctrl+C; what had arrived is printed.
    """
    try:
        if options.window:
            question = _window_question(options.text)
            return tell_or_start(Action.ASK, question, data_dir=options.data_dir)
        question = _question(options.text)
    except InputTooLargeError:
        note(f"Standard input is larger than {LARGEST // 1024**2} MB; send less of it.")
        return WRONG_USAGE
    if not question.strip("\0 \t\r\n"):
        return tell(InvalidPromptError())
    try:
        files = read_files(options.image)
    except AttachmentError as exc:
        tell(exc)
        return WRONG_USAGE
    with interruptible_loop() as runner:
        return runner.run(_ask(options, question, files))


async def _ask(options: argparse.Namespace, question: str, files: tuple[Attachment, ...]) -> int:
    try:
        service = await Service.open(options)
    except ChatError as exc:
        return tell(exc)
    try:
        return await _answer(service, question, files, is_json=options.json)
    finally:
        await service.close()


async def _answer(
    service: Service, question: str, files: tuple[Attachment, ...], *, is_json: bool
) -> int:
    if not (service.is_chosen or is_json):
        note(DEMO_NOTE, dim=True)
    try:
        conversation = with_question(new_conversation(), question, attachments=files)
        reply = await service.begin(conversation)
    except ChatError as exc:
        return tell(exc)
    output = Output()
    printer = JsonPrinter(output, service.profile) if is_json else TextPrinter(output)
    return await show(reply, output, printer)


def _window_question(words: list[str]) -> str:
    """Return TEXT, with standard input where it is asked for: a key's press waits for nothing.

    Raises:
        InputTooLargeError: that is too much.
    """
    text = " ".join(word for word in words if word != STANDARD_INPUT)
    context = read_question() if STANDARD_INPUT in words else ""
    return "\n\n".join(part for part in (text, context.rstrip("\r\n")) if part)


def _question(words: list[str]) -> str:
    """Return TEXT with what standard input adds to it.

    Raises:
        InputTooLargeError: that is too much.
    """
    text = " ".join(word for word in words if word != STANDARD_INPUT)
    is_awaited = not text or STANDARD_INPUT in words
    context = read_question() if is_awaited else read_context()
    return "\n\n".join(part for part in (text, context.rstrip("\r\n")) if part)
