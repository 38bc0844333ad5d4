"""What is sent of a conversation that is longer than a model takes."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from fnmatch import translate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.chat import asking_to_continue, begin_reply, new_conversation
from core.context import (
    IMAGE_TOKENS,
    History,
    WhenTooLong,
    far_too_few,
    fitted,
    prompt_of,
    question_size,
    reserve_of,
    size_of,
    smaller_window,
    to_send,
    window_of,
)
from core.errors import ContextLengthError
from core.models import Attachment, Message, ModelInfo, Parameters, Profile, Role
from core.options import WHEN_TOO_LONG
from resources import FOLDER

OPENAI = Profile("OpenAI", "openai", "https://api.openai.com/v1", "gpt-4o-mini")
OLLAMA = Profile("Ollama", "openai", "http://127.0.0.1:11434/v1", "llama3.2", preset="ollama")


def talk(*, exchanges: int, words: int = 100, system: str = "") -> tuple[Message, ...]:
    """Return so many answered questions, and one that is not; ids from 1 on."""
    said = [Message(Role.SYSTEM, system)] if system else []
    for _ in range(exchanges):
        said += [Message(Role.USER, "why " * words), Message(Role.ASSISTANT, "because " * words)]
    said.append(Message(Role.USER, "and then? " * 10))
    return tuple(replace(message, id=index) for index, message in enumerate(said, start=1))


def sent_ids(
    messages: tuple[Message, ...], window: int | None, choice: WhenTooLong
) -> tuple[list[int], list[int]]:
    result = fitted(messages, window=window, when_too_long=choice)
    return [message.id for message in result.messages], list(result.left_out)


def test_what_fits_is_sent_as_it_is() -> None:
    messages = talk(exchanges=3)
    total = sum(map(size_of, messages))
    result = fitted(messages, window=total)
    assert (result.messages, result.left_out) == (messages, ())
    assert (result.tokens, result.window) == (total, total)


def test_without_a_known_window_everything_is_sent() -> None:
    messages = talk(exchanges=30)
    assert fitted(messages, window=None).messages == messages


def test_the_oldest_exchanges_are_left_out_whole() -> None:
    messages = talk(exchanges=4)
    window = sum(map(size_of, messages)) - size_of(messages[0])
    sent, left_out = sent_ids(messages, window, WhenTooLong.OLDEST)
    assert left_out == [1, 2]
    assert sent == [3, 4, 5, 6, 7, 8, 9]


def test_out_of_the_middle_the_first_exchange_is_kept() -> None:
    messages = talk(exchanges=4)
    window = sum(map(size_of, messages)) - size_of(messages[0])
    sent, left_out = sent_ids(messages, window, WhenTooLong.MIDDLE)
    assert left_out == [3, 4]
    assert sent == [1, 2, 5, 6, 7, 8, 9]


def test_a_first_exchange_that_is_too_long_itself_is_left_out_with_the_middle() -> None:
    messages = talk(exchanges=3)
    sent, _ = sent_ids(messages, size_of(messages[-1]) + 10, WhenTooLong.MIDDLE)
    assert sent == [7]


def test_everything_is_sent_when_that_is_wanted() -> None:
    messages = talk(exchanges=4)
    result = fitted(messages, window=50, when_too_long=WhenTooLong.NOTHING)
    assert result.messages == messages
    assert result.tokens > 50


@pytest.mark.parametrize("choice", [WhenTooLong.OLDEST, WhenTooLong.MIDDLE])
def test_the_system_prompt_and_the_question_are_never_left_out(choice: WhenTooLong) -> None:
    messages = talk(exchanges=4, system="Be brief. " * 50)
    sent, _ = sent_ids(messages, 1, choice)
    assert sent == [1, 10]


def test_an_answer_that_goes_on_stays_with_its_question() -> None:
    conversation = replace(new_conversation(), messages=talk(exchanges=3)[:-1])
    messages = asking_to_continue(conversation).messages
    sent, left_out = sent_ids(messages, 1, WhenTooLong.OLDEST)
    assert left_out == [1, 2, 3, 4]
    assert sent == [5, 6, 0]


@given(
    words=st.lists(st.integers(0, 60), min_size=1, max_size=12),
    window=st.integers(1, 800),
    reserve=st.integers(0, 300),
    choice=st.sampled_from([WhenTooLong.OLDEST, WhenTooLong.MIDDLE]),
    has_prompt=st.booleans(),
)
def test_what_is_sent_fits_or_is_the_question_alone(
    words: list[int], window: int, reserve: int, choice: WhenTooLong, *, has_prompt: bool
) -> None:
    roles = [Role.SYSTEM] * has_prompt + [Role.USER, Role.ASSISTANT] * len(words)
    said = [Message(role, "word " * count) for role, count in zip(roles, words, strict=False)]
    messages = (*said, Message(Role.USER, "why?"))
    result = fitted(messages, window=window, reserve=reserve, when_too_long=choice)
    assert result.tokens == sum(map(size_of, result.messages))
    assert len(result.messages) + len(result.left_out) == len(messages)
    assert result.messages[-1] == messages[-1]
    # Unless it fits, nothing but the prompt and the question is left.
    rest = [message for message in result.messages[:-1] if message.role is not Role.SYSTEM]
    assert result.tokens <= max(0, window - reserve) or not rest


def test_a_question_that_is_being_written_counts_as_one_that_is_asked() -> None:
    messages = talk(exchanges=4)
    question = size_of(messages[-1])
    assert question_size(messages[-1].text) == question
    for window in range(question, sum(map(size_of, messages)) + 50, 40):
        asked = fitted(messages, window=window)
        cut = History(messages[:-1]).cut(
            window=window, reserve=0, when_too_long=WhenTooLong.OLDEST, question=question
        )
        assert (cut.tokens, cut.count) == (asked.tokens, len(asked.left_out))


def test_files_count_a_picture_about_as_much_as_services_do() -> None:
    picture = Attachment("a.png", "image/png", b"\x89PNG\r\n\x1a\n" + bytes(100_000))
    text = Attachment("a.txt", "text/plain", b"some words of a file\n" * 100)
    plain = Message(Role.USER, "What is this?")
    assert size_of(replace(plain, attachments=(picture,))) == size_of(plain) + IMAGE_TOKENS
    assert size_of(replace(plain, attachments=(text,))) > size_of(plain) + 400
    assert question_size("", (picture,)) > IMAGE_TOKENS
    assert question_size(" \n") == 0


def test_what_the_profile_says_of_its_window_counts_before_the_service_and_the_name() -> None:
    told = (ModelInfo("other", 1), ModelInfo("gpt-4o-mini", 64_000))
    assert window_of(OPENAI) == 128_000
    assert window_of(OPENAI, told) == 64_000
    assert window_of(replace(OPENAI, context_window=8_000), told) == 8_000
    assert window_of(replace(OPENAI, model=""), told) == 1
    assert window_of(OPENAI, (ModelInfo("gpt-4o-mini"),)) == 128_000


@pytest.mark.parametrize(
    ("model", "window"),
    [
        ("openai/GPT-4o", 128_000),
        ("gpt-4", 8_192),
        ("gpt-4-0613", 8_192),
        ("gpt-4-turbo-preview", 128_000),
        ("claude-haiku-5-5", 200_000),
        ("meta-llama/Meta-Llama-3-8B-Instruct", 8_192),
        ("meta-llama/Llama-3.3-70B-Instruct-Turbo", 131_072),
        ("nobody-knows-it", None),
        ("", None),
    ],
)
def test_a_model_is_known_by_its_name(model: str, window: int | None) -> None:
    assert window_of(replace(OPENAI, model=model)) == window


def test_a_service_on_this_computer_takes_what_it_was_started_with() -> None:
    assert window_of(OLLAMA) is None
    assert window_of(replace(OLLAMA, address="http://big-machine:11434/v1")) is None
    assert window_of(OLLAMA, (ModelInfo("llama3.2", 4_096),)) == 4_096


def test_room_is_kept_for_the_answer() -> None:
    assert reserve_of(OPENAI, None) == 0
    assert reserve_of(OPENAI, 8_192) == 2_048
    assert reserve_of(OPENAI, 128_000) == 4_096
    limited = replace(OPENAI, parameters=Parameters(max_tokens=500))
    assert reserve_of(limited, 128_000) == 500
    assert reserve_of(limited, 400) == 200


def test_a_reply_is_asked_with_what_fits_and_the_prompt() -> None:
    profile = replace(OPENAI, context_window=600, system_prompt="Be brief.")
    conversation = replace(new_conversation(), messages=talk(exchanges=6))
    sent = begin_reply(conversation, profile).request.messages
    assert sent == to_send(conversation, profile).messages
    assert sent[0] == Message(Role.SYSTEM, "Be brief.")
    assert sent[-1] == conversation.messages[-1]
    assert 2 < len(sent) < 13
    everything = replace(profile, when_too_long="nothing")
    assert len(begin_reply(conversation, everything).request.messages) == 14
    assert prompt_of(conversation, profile)[1:] == conversation.messages


def test_the_choices_are_those_of_the_settings() -> None:
    assert [choice.value for choice in WHEN_TOO_LONG.choices] == [str(one) for one in WhenTooLong]


def test_a_service_that_saw_far_less_than_was_sent_is_found_out() -> None:
    assert far_too_few(9_300, 2_048)
    assert not far_too_few(9_300, 6_500)
    assert not far_too_few(300, 60)  # a few tokens are no matter
    assert not far_too_few(9_300, 0)  # it counts nothing at all


@pytest.mark.parametrize(
    ("message", "window"),
    [
        (
            "This model's maximum context length is 8192 tokens. You sent 9300 tokens.",
            8_192,
        ),
        (
            "the request exceeds the available context size (4096 tokens), try increasing it",
            4_096,
        ),
        ("prompt is too long: 9300 tokens > 8000 maximum", 8_000),
        ("max context window of 8,191 tokens", 8_191),
        ("Too long.", 5_000),
        ("maximum context length is 200000 tokens", 5_000),
    ],
)
def test_after_a_refusal_the_service_is_believed_or_half_is_sent(message: str, window: int) -> None:
    assert smaller_window(ContextLengthError(message), sent=10_000, window=128_000) == window


def test_patterns_of_models_are_in_small_letters_and_each_can_be_met() -> None:
    table = tomllib.loads((FOLDER / "models.toml").read_text(encoding="utf-8"))
    patterns = list(table)
    assert all(pattern == pattern.lower() and "/" not in pattern for pattern in patterns)
    for index, pattern in enumerate(patterns):
        name = pattern.replace("*", "")
        earlier = [one for one in patterns[:index] if re.match(translate(one), name)]
        assert not earlier, f"{pattern} stands behind {earlier}"
    assert all(isinstance(window, int) and window >= 4_096 for window in table.values())
