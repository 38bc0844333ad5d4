"""The use cases of a conversation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.chat import (
    asking,
    asking_to_continue,
    begin_reply,
    clean_prompt,
    first_difference,
    new_conversation,
    with_answer,
    with_branch,
    with_edited,
    with_message,
    with_pending_answer,
    with_question,
    with_title,
)
from core.demo import DemoSite, Scenario
from core.errors import ConnectionFailedError, InvalidPromptError, ModelNotSupportedError
from core.models import Conversation, Limits, Message, MessageState, Profile, Role
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
    assert second.messages == with_answer(second, reply).messages[:-1]


async def test_two_megabytes_reach_the_site_whole() -> None:
    prompt = "слово " * (2 * 1024 * 1024 // 11)
    async with DemoSite(scenario=Scenario(speed=0)) as site:
        reply = await answered(site, with_question(new_conversation(), prompt))
        assert reply.state is ReplyState.COMPLETE
        assert site.questions[-1].text.strip() == prompt.strip()


def test_an_answer_of_nothing_leaves_the_conversation_as_it_was() -> None:
    asked = with_question(new_conversation(), "hi")
    assert with_answer(asked, begin_reply(asked, profile())) is asked


def talked(*texts: str) -> Conversation:
    """Return a conversation of questions and answers in turn."""
    conversation = new_conversation()
    for number, text in enumerate(texts):
        if number % 2:
            pending = with_pending_answer(conversation, profile())
            last = replace(pending.messages[-1], text=text, state=MessageState.COMPLETE)
            conversation = with_message(pending, last)
        else:
            conversation = with_question(conversation, text)
    return conversation


def said(conversation: Conversation) -> list[str]:
    return [message.text for message in conversation.messages]


def test_each_message_follows_the_one_before() -> None:
    conversation = talked("one?", "One.", "two?")
    ids = [message.id for message in conversation.messages]
    assert [message.parent_id for message in conversation.messages] == [None, *ids[:-1]]
    assert conversation.leaf_id == ids[-1]
    assert len(set(ids)) == 3


def test_an_answer_that_is_to_come_is_empty_and_knows_who_writes_it() -> None:
    pending = with_pending_answer(talked("one?"), profile("gpt"), clock=lambda: 5.0).messages[-1]
    assert (pending.role, pending.text, pending.state) == (Role.ASSISTANT, "", "streaming")
    assert (pending.profile, pending.model, pending.created_at) == ("x", "gpt", 5.0)


def test_other_words_for_a_question_are_a_version_of_it() -> None:
    before = talked("one?", "One.", "two?", "Two.")
    edited = with_edited(before, before.messages[2].id, "other?")
    assert said(edited) == ["one?", "One.", "other?"]
    assert edited.messages[-1].parent_id == before.messages[1].id
    assert edited.versions == {edited.messages[-1].id: (before.messages[2].id, edited.leaf_id)}
    again = with_edited(edited, edited.messages[-1].id, "third?")
    assert again.versions[again.messages[-1].id] == (
        before.messages[2].id,
        edited.leaf_id,
        again.leaf_id,
    )
    assert said(before) == ["one?", "One.", "two?", "Two."]


def test_other_words_for_the_first_question_begin_anew() -> None:
    before = talked("one?", "One.")
    edited = with_edited(before, before.messages[0].id, "other?")
    assert said(edited) == ["other?"]
    assert edited.messages[0].parent_id is None
    with pytest.raises(InvalidPromptError):
        with_edited(before, before.messages[0].id, " ")
    with pytest.raises(KeyError):
        with_edited(before, 1, "other?")


def test_another_answer_stands_beside_the_first() -> None:
    before = talked("one?", "One.", "two?", "Two.")
    pending = with_pending_answer(before, profile(), instead_of=before.messages[1].id)
    assert said(pending) == ["one?", ""]
    assert pending.messages[-1].parent_id == before.messages[0].id
    assert pending.versions[pending.messages[-1].id] == (before.messages[1].id, pending.leaf_id)
    with pytest.raises(KeyError):
        with_pending_answer(before, profile(), instead_of=1)


def test_a_version_takes_the_place_of_what_follows_a_hidden_message() -> None:
    before = talked("one?", "One.", "two?")
    # The answer is in the trash: it is not shown, but the question still follows it.
    hidden = replace(before, messages=(before.messages[0], before.messages[2]))
    edited = with_edited(hidden, before.messages[2].id, "other?")
    assert edited.messages[-1].parent_id == before.messages[1].id


def test_going_on_is_asked_for_after_the_answer_and_kept_nowhere() -> None:
    before = talked("one?", "On")
    asked = asking_to_continue(before)
    assert said(asked)[:-1] == said(before)
    assert asked.messages[-1].role is Role.USER
    for conversation in (new_conversation(), talked("one?"), talked("one?", " ")):
        with pytest.raises(InvalidPromptError):
            asking_to_continue(conversation)


def test_a_title_is_made_once() -> None:
    titled = with_title(talked("one?"))
    assert titled.title == "one?"
    assert with_title(replace(titled, title="Mine")).title == "Mine"
    assert with_title(replace(titled, title="", has_own_title=True)).title == ""


def test_two_values_of_a_conversation_become_one() -> None:
    branch = asking(talked("one?", "One."), Profile(name="y", provider="demo", model="m"))
    renamed = replace(branch, messages=(), title="Mine", is_pinned=True, draft="t", profile="")
    both = with_branch(renamed, branch)
    assert said(both) == ["one?", "One."]
    assert (both.title, both.is_pinned, both.draft) == ("Mine", True, "t")
    assert (both.profile, both.model, both.leaf_id) == ("demo", "m", branch.leaf_id)


def test_where_two_values_begin_to_differ_is_found() -> None:
    one = talked("one?", "One.", "two?")
    assert first_difference(one, replace(one, title="other")) is None
    assert first_difference(one, replace(one, messages=one.messages[:2])) == 2
    assert first_difference(replace(one, messages=one.messages[:1]), one) == 1
    assert first_difference(one, talked("one?", "One.", "two?")) == 0
    other = with_message(one, replace(one.messages[1], text="Other."))
    assert first_difference(one, other) == 1
    stopped = with_message(one, replace(one.messages[1], state=MessageState.STOPPED))
    assert first_difference(one, stopped) == 1
    versions = replace(one, versions={one.messages[2].id: (1, one.messages[2].id)})
    assert first_difference(one, versions) == 2
