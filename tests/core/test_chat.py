"""The use cases of a conversation."""

from __future__ import annotations

import pytest

from core.chat import (
    begin_reply,
    clean_prompt,
    new_conversation,
    with_answer,
    with_question,
    without_answer,
)
from core.demo import DemoSite, Scenario
from core.errors import ConnectionFailedError, InvalidPromptError, ModelNotSupportedError
from core.models import Conversation, Limits, Message, Profile, Role
from core.reply import Reply, ReplyState


def profile(model: str = "") -> Profile:
    return Profile(name="x", provider="ai_power", address="http://127.0.0.1:9", model=model)


def test_every_conversation_has_an_id_of_its_own() -> None:
    assert len({new_conversation().id for _ in range(100)}) == 100


def test_a_question_is_added_and_the_id_stays() -> None:
    empty = new_conversation()
    asked = with_question(empty, "hi")
    assert asked == Conversation(empty.id, (Message(Role.USER, "hi"),))
    assert empty.messages == ()


@pytest.mark.parametrize("text", ["", "  \n\t", "\0", "\0 \0"])
def test_a_question_with_nothing_in_it_is_refused(text: str) -> None:
    with pytest.raises(InvalidPromptError):
        with_question(new_conversation(), text)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\0b", "ab"),
        ("a\ud83d", "a�"),
        ("\ud83d\ude00", "😀"),
        ("\udc80", "�"),
        (" keeps\r\n  space\t", " keeps\r\n  space\t"),
    ],
)
def test_a_prompt_is_made_fit_to_be_sent(text: str, cleaned: str) -> None:
    assert clean_prompt(text) == cleaned


def test_a_reply_to_nothing_is_refused() -> None:
    with pytest.raises(InvalidPromptError):
        begin_reply(new_conversation(), profile())


def test_an_unknown_model_is_refused() -> None:
    with pytest.raises(ModelNotSupportedError):
        begin_reply(with_question(new_conversation(), "hi"), profile(model="gpt-99"))


def test_what_is_no_address_is_refused() -> None:
    nowhere = Profile(name="x", provider="ai_power", address="http://")
    with pytest.raises(ConnectionFailedError):
        begin_reply(with_question(new_conversation(), "hi"), nowhere)


def test_a_request_carries_what_the_profile_says() -> None:
    chosen = Profile(
        name="x",
        provider="ai_power",
        address="http://127.0.0.1:9",
        model="gpt-4o-mini",
        system_prompt="Be\0 brief \ud83d",
        proxy="socks5://127.0.0.1:1",
        limits=Limits(silence=7),
    )
    conversation = with_question(new_conversation(), "hi")
    request = begin_reply(conversation, chosen, client_id="abcdefghij").request
    assert request.model == "gpt-4o-mini-2024-07-18"
    assert request.messages == (
        Message(Role.SYSTEM, "Be brief �"),
        Message(Role.USER, "hi"),
    )
    assert request.proxy == "socks5://127.0.0.1:1"
    assert request.limits.silence == 7
    assert request.conversation_id == f"{conversation.id:x}"
    assert request.client_id == "abcdefghij"


async def answered(site: DemoSite, conversation: Conversation) -> Reply:
    reply = begin_reply(conversation, Profile(name="demo", provider="demo", address=site.url))
    await reply.run(lambda _: None)
    return reply


async def test_a_conversation_goes_on_over_the_demo_site() -> None:
    async with DemoSite(scenario=Scenario(speed=0)) as site:
        first = with_question(new_conversation(), "Hello there")
        reply = await answered(site, first)
        assert reply.state is ReplyState.COMPLETE
        assert "Hello there" in reply.text
        second = with_question(with_answer(first, reply), "And now?")
        assert [message.role for message in second.messages] == ["user", "assistant", "user"]
        reply = await answered(site, second)
    assert "Hello there" in reply.text
    assert without_answer(with_answer(second, reply)) == second


async def test_two_megabytes_reach_the_site_whole() -> None:
    prompt = "слово " * (2 * 1024 * 1024 // 11)
    async with DemoSite(scenario=Scenario(speed=0)) as site:
        reply = await answered(site, with_question(new_conversation(), prompt))
        assert reply.state is ReplyState.COMPLETE
        assert site.questions[-1].text.strip() == prompt.strip()


def test_an_answer_of_nothing_leaves_the_conversation_as_it_was() -> None:
    asked = with_question(new_conversation(), "hi")
    assert with_answer(asked, begin_reply(asked, profile())) is asked


def test_going_back_from_an_empty_conversation_gives_an_empty_one() -> None:
    empty = new_conversation()
    assert without_answer(empty) == empty
