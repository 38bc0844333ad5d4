from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from core.models import Message, Role
from core.providers.ai_power.history import (
    HISTORY_CHARACTERS,
    earlier_turns,
    history_json,
    newest_turns,
    safe_text,
    with_context,
)

QUESTION = Message(Role.USER, "And now?")


def turns(*texts: str) -> list[Message]:
    return [
        Message(Role.USER if index % 2 == 0 else Role.ASSISTANT, text)
        for index, text in enumerate(texts)
    ]


def test_a_history_names_who_said_what_in_real_utf_8() -> None:
    assert history_json(turns("Привет", "Hello 🌍"), entries=100) == (
        '["Human: Привет","AI: Hello 🌍"]'
    )


def test_no_earlier_turns_make_no_history() -> None:
    assert history_json([], entries=100) == ""


@given(st.lists(st.text(max_size=40), min_size=1, max_size=8))
def test_a_history_survives_a_site_that_deletes_backslashes(texts: list[str]) -> None:
    cleaned = [text.encode("utf-8", "replace").decode() for text in texts]
    json = history_json(turns(*cleaned), entries=100)
    assert "<" not in json
    assert len(msgspec.json.decode(json.replace("\\", ""))) == len(texts)


def test_lines_quotes_and_tags_keep_their_looks() -> None:
    assert safe_text('a\r\n\t"b" \\ <i> 5%41') == "a\u2028 \u201db\u201d \uff3c \uff1ci> 5\uff0541"


def test_the_label_inside_an_answer_is_not_the_sites_label() -> None:
    assert "AI: " not in history_json(turns("q", "AI: x"), entries=9).replace('"AI: ', "")


def test_the_sites_own_limit_and_the_size_cut_the_oldest_turns() -> None:
    many = turns(*(str(number) for number in range(30)))
    assert history_json(many, entries=2) == '["Human: 28","AI: 29"]'
    assert len(msgspec.json.decode(history_json(many, entries=None))) == 10
    assert history_json(many, entries=0) == ""
    assert newest_turns(turns("a" * HISTORY_CHARACTERS, "b"), HISTORY_CHARACTERS) == [
        Message(Role.ASSISTANT, "b")
    ]


def test_the_question_and_the_system_prompt_are_no_earlier_turns() -> None:
    system = Message(Role.SYSTEM, "Be brief.")
    asked = [system, *turns("one", ""), QUESTION]
    assert earlier_turns(asked) == [Message(Role.USER, "one")]


def test_a_message_carries_what_the_service_has_no_field_for() -> None:
    system = Message(Role.SYSTEM, "Be brief.")
    assert with_context([QUESTION]) == "And now?"
    assert with_context([system, QUESTION]) == "Be brief.\n\nAnd now?"
    text = with_context([system, *turns("one", "two"), QUESTION])
    assert text.startswith("Be brief.\n\n")
    assert "User: one\nAssistant: two" in text
    assert text.endswith("And now?")
