"""What the demo service says, and the commands that it obeys."""

from __future__ import annotations

import re

import pytest
from helpers.raw_visitor import visiting

from core.demo import Failure, Prompt, Scenario, Version
from core.demo.answers import language_of, long_text, write_answer
from core.demo.commands import Command, order_in

FAST = Scenario(speed=0)
KINDS_OF_MARKDOWN = (
    r"^#+ \w",
    r"^1\. ",
    r"^ +- ",
    r"^- \[x\] ",
    r"^- \[ \] ",
    r"^\|---\|",
    r"^```python$",
    r"^> ",
    r"\*\*[^*]+\*\*",
    r"(?<!\*)\*[^*\s][^*]*\*(?!\*)",
    r"(?<!`)`[^`]+`(?!`)",
    r"\[[^\]]+\]\(https://",
    r"\$[^$]+\$",
)


def prompt(*questions: str) -> Prompt:
    turns = [turn for text in questions for turn in (("user", text), ("assistant", "…"))]
    return (("system", "Be kind."), *turns[:-1])


def text_for(*questions: str) -> str:
    return "".join(write_answer(prompt(*questions), FAST).pieces)


@pytest.mark.parametrize(
    ("questions", "honest"),
    [
        (("Hello there",), ("not a language model", "built into Beseda")),
        (("Hello", "And now?"), ("not a model", "built into Beseda")),
        (("Привет",), ("не языковая модель", "встроенная в Беседу")),
        (("Привет", "А теперь?"), ("а не модель", "встроенная в Беседу")),
    ],
)
def test_an_answer_is_honest_and_echoes_and_shows_every_kind_of_markdown(
    questions: tuple[str, ...], honest: tuple[str, ...]
) -> None:
    text = text_for(*questions)
    assert all(words in text for words in honest)
    assert all(f"> {question}" in text for question in questions)
    for kind in KINDS_OF_MARKDOWN:
        assert re.search(kind, text, re.MULTILINE), kind
    assert "{" not in re.sub(r"```.*?```|\$.*?\$", "", text, flags=re.DOTALL)
    assert len(text) < 2500


def test_the_language_is_that_of_the_question() -> None:
    assert language_of("Привет, Python!") == "ru"
    assert language_of("What does привет mean?") == "en"
    assert language_of("42") == "en"
    assert language_of("Привет", "/help") == "ru"


def test_an_echo_is_short_and_as_the_person_wrote_it() -> None:
    assert "> 1<2\n> & more" in text_for("1&lt;2\n&amp; more")
    echo = text_for("x" * 2_000_000)
    assert "x" * 400 + "…" in echo
    assert len(echo) < 3000


@pytest.mark.parametrize(
    ("text", "command", "number"),
    [
        ("/long 50000", Command.LONG, 50_000),
        ("  /LONG 5", Command.LONG, 5),
        ("/длинно 7", Command.LONG, 7),
        ("/help", Command.HELP, None),
        ("/Помощь", Command.HELP, None),
        ("/no-such-thing", Command.HELP, None),
        ("Be kind.\n\n/cut", Command.CUT, None),
    ],
)
def test_a_command_is_found(text: str, command: Command, number: int | None) -> None:
    order = order_in(text)
    assert order is not None
    assert (order.command, order.number) == (command, number)


@pytest.mark.parametrize("text", ["long 5", "and/or", "what is /help?", "", "  \n "])
def test_a_question_is_no_command(text: str) -> None:
    assert order_in(text) is None


def test_help_names_every_command_in_the_persons_language() -> None:
    english, russian = text_for("/help"), text_for("/помощь")
    assert text_for("Привет", "/help") == russian
    assert text_for("/what") == english
    for command in Command:
        assert f"`/{command.value[0]}" in english
        assert f"`/{command.value[0]}" in russian
        assert f"`/{command.value[1]}" in russian


@pytest.mark.parametrize("length", [0, 1, 1000, 50_000])
def test_a_long_answer_has_exactly_the_length_and_is_always_the_same(length: int) -> None:
    first, second = text_for(f"/long {length}"), text_for(f"/long {length}")
    assert len(first) == length
    assert first == second
    assert len(long_text("ru", length)) == length


def test_code_and_tables() -> None:
    assert text_for("/code").count("```") == 6
    assert text_for("/table").count("|---") >= 3
    assert "таблиц" in text_for("/таблица")


def test_commands_that_go_wrong_on_purpose() -> None:
    assert write_answer(prompt("/cut"), FAST).failure is Failure.CUT_SHORT
    assert write_answer(prompt("/reset"), FAST).failure is Failure.RESET_MIDDLE
    assert write_answer(prompt("/silent"), FAST).failure is Failure.SILENT_START
    assert write_answer(prompt("/stall"), FAST).failure is Failure.SILENT_MIDDLE
    slow = write_answer(prompt("/slow"), FAST)
    assert slow.delay == 2
    assert slow.speed
    assert slow.speed <= 20


@pytest.mark.parametrize("version", list(Version))
@pytest.mark.parametrize("status", [401, 402, 403, 429, 500, 502, 503])
async def test_error_answers_with_the_status(version: Version, status: int) -> None:
    async with visiting(Scenario(version=version, speed=0)) as visitor:
        answer = await visitor.ask(f"/error {status}")
        assert answer.status == status
        assert f"<h1>{status} " in answer.text
        assert ("Retry-After" in answer.headers) is (status in {429, 503})
        assert "/error 429" in (await visitor.ask("/error 7")).said


@pytest.mark.parametrize("version", list(Version))
async def test_commands_work_over_every_release(version: Version) -> None:
    async with visiting(Scenario(version=version, speed=0)) as visitor:
        assert len((await visitor.ask("/long 50000")).said) == 50_000
        cut = await visitor.ask("/cut")
        assert cut.said.startswith("This answer begins like any other.")
        assert "[DONE]" not in cut.text
        assert "event: done" not in cut.text


async def test_a_scripted_answer_comes_once_and_in_its_pieces() -> None:
    async with visiting(Scenario(version=Version.V1_9_18, speed=0)) as visitor:
        visitor.site.answer("Hel", "lo")
        visitor.site.answer_text("x" * 20)
        first = await visitor.ask("hi")
        assert '"content":"Hel"' in first.text
        assert first.said == "Hello"
        assert (await visitor.ask("hi")).text.count('"content":"xxxx') == 3
        assert "demo service" in (await visitor.ask("hi")).said
