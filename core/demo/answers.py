"""What the demo service answers, in the place of a model. It says so itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

from core.continuation import CONTINUE_QUESTION
from core.demo.commands import (
    ERROR_DEFAULT,
    LONG_DEFAULT,
    LONG_MOST,
    Command,
    Language,
    Order,
    order_in,
)
from core.demo.failure import Failure
from core.demo.recording import Prompt
from core.demo.sanitise import unescaped
from core.demo.scenario import Scenario

ECHO_LENGTH = 400
SLOW_SPEED = 20.0
SLOW_START = 2.0
LONG_SPEED = 4000.0
LONG_PIECE = 40

_TEXTS = {
    Command.HELP: "help",
    Command.CODE: "code",
    Command.TABLE: "table",
    Command.SLOW: "slow",
}
_FAILURES = {
    Command.CUT: Failure.CUT_SHORT,
    Command.RESET: Failure.RESET_MIDDLE,
    Command.SILENT: Failure.SILENT_START,
    Command.STALL: Failure.SILENT_MIDDLE,
}


@dataclass(frozen=True, slots=True)
class Script:
    """One answer, and how it is given."""

    pieces: tuple[str, ...]
    """The deltas, as they are sent."""
    failure: Failure | None = None
    status: int | None = None
    """An HTTP status to answer with instead."""
    delay: float = 0.0
    """Seconds before the first word."""
    speed: float | None = None
    """Characters a second; None for the scenario's."""


def write_answer(prompt: Prompt, scenario: Scenario) -> Script:
    """Return the answer to the last question of `prompt`."""
    questions = [_meant(text) for role, text in prompt if role == "user"]
    order = order_in(questions[-1])
    if order is not None:
        return _obey(order, order.language or language_of(*questions), scenario)
    if scenario.answer is not None:
        return Script(cut(scenario.answer, scenario.piece))
    rest = _rest_of_answer(prompt, scenario)
    if rest:
        return Script(cut(rest, scenario.piece))
    language = language_of(questions[-1])
    template = _text(language, "first" if len(questions) == 1 else "again")
    text = (
        template.replace("{number}", str(len(questions)))
        .replace("{question}", _quoted(questions[-1]))
        .replace("{previous}", _quoted(questions[-2]) if len(questions) > 1 else "")
    )
    return Script(cut(text, scenario.piece))


def _rest_of_answer(prompt: Prompt, scenario: Scenario) -> str:
    """Return what is missing of the last answer, where the prompt asks to go on with it.

    Only where the site is told of earlier turns one by one, as v1 is.
    """
    turns = [(role, _meant(text)) for role, text in prompt]
    wish = " ".join(turns[-1][1].split())
    if len(turns) < 3 or wish != CONTINUE_QUESTION or turns[-2][0] != "assistant":
        return ""
    whole = "".join(write_answer(prompt[:-2], scenario).pieces)
    # Sites change white space and marks of what they are told of earlier turns.
    position = 0
    for character in filter(str.isalnum, turns[-2][1]):
        while position < len(whole) and not whole[position].isalnum():
            position += 1
        if whole[position : position + 1] != character:
            return ""
        position += 1
    letters = turns[-2][1].rstrip()
    while letters and not letters[-1].isalnum():
        letters = letters[:-1]
    for character in turns[-2][1][len(letters) :].rstrip():
        position += whole[position : position + 1] == character
    return whole[position:]


def cut(text: str, length: int) -> tuple[str, ...]:
    """Return `text` in pieces of `length` characters."""
    return tuple(text[start : start + length] for start in range(0, len(text), max(1, length)))


def language_of(*texts: str) -> Language:
    """Return Russian when the letters of `texts`, commands aside, are half Cyrillic or more."""
    letters = [
        letter for text in texts if order_in(text) is None for letter in text if letter.isalpha()
    ]
    cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in letters)
    latin = sum(letter.isascii() for letter in letters)
    return "ru" if cyrillic and cyrillic >= latin else "en"


def long_text(language: Language, length: int) -> str:
    """Return exactly `length` characters of Markdown in numbered sections, always the same."""
    template = _text(language, "long")
    sections: list[str] = []
    written = 0
    while written < length:
        section = template.replace("{number}", str(len(sections) + 1))
        sections.append(section)
        written += len(section)
    return "".join(sections)[:length]


def _obey(order: Order, language: Language, scenario: Scenario) -> Script:
    match order.command:
        case Command.LONG:
            length = min(LONG_DEFAULT if order.number is None else order.number, LONG_MOST)
            speed = max(scenario.speed, LONG_SPEED) if scenario.speed else 0.0
            pieces = cut(long_text(language, length), max(scenario.piece, LONG_PIECE))
            return Script(pieces, speed=speed)
        case Command.ERROR:
            status = ERROR_DEFAULT if order.number is None else order.number
            if 400 <= status <= 599:
                return Script((), status=status)
            return Script(cut(_text(language, "help"), scenario.piece))
        case Command.SLOW:
            words = _text(language, "slow").split(" ")
            pieces = tuple([f"{word} " for word in words[:-1]] + words[-1:])
            return Script(pieces, delay=SLOW_START, speed=SLOW_SPEED)
    if order.command in _FAILURES:
        text = _text(language, "broken")
        return Script(cut(text, scenario.piece), failure=_FAILURES[order.command])
    return Script(cut(_text(language, _TEXTS[order.command]), scenario.piece))


def _meant(text: str) -> str:
    """Return what the person wrote, as far as it can be told from what arrived."""
    return unescaped(text).replace("\u2028", "\n")


def _quoted(text: str) -> str:
    """Return the beginning of `text` as a block quote."""
    short = text.strip()
    if len(short) > ECHO_LENGTH:
        short = short[:ECHO_LENGTH].rstrip() + "…"
    return "\n".join(f"> {line}".rstrip() for line in short.splitlines() or [""])


@cache
def _text(language: Language, name: str) -> str:
    path = resources.files("resources") / "demo" / language / f"{name}.md"
    return path.read_text(encoding="utf-8")
