"""The demo goes on with an answer that broke off, as a model does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.chat import (
    asking_to_continue,
    begin_reply,
    new_conversation,
    with_answer,
    with_message,
    with_question,
)
from core.demo import DemoSite, Scenario
from core.models import Conversation, Profile


def letters(text: str) -> str:
    """What is left of a text on its way through a site's history, whatever it holds."""
    return "".join(filter(str.isalnum, text))


async def answer_to(site: DemoSite, conversation: Conversation) -> str:
    reply = begin_reply(conversation, Profile(name="demo", provider="demo", address=site.url))
    await reply.run(lambda _: None)
    return reply.text


@pytest.mark.parametrize("length", [20, 700])
@pytest.mark.parametrize("question", ["Tell me more", "Расскажи ещё"])
async def test_the_rest_of_an_answer_is_given_and_nothing_twice(length: int, question: str) -> None:
    async with DemoSite(scenario=Scenario(speed=0)) as site:
        asked = with_question(new_conversation(), question)
        reply = begin_reply(asked, Profile(name="demo", provider="demo", address=site.url))
        await reply.run(lambda _: None)
        whole = with_answer(asked, reply)
        part = replace(whole.messages[-1], text=reply.text[:length])
        cut = with_message(whole, part)
        rest = await answer_to(site, asking_to_continue(cut))
    assert letters(part.text + rest) == letters(reply.text)


async def test_a_wish_to_go_on_with_something_else_is_a_question_like_any() -> None:
    async with DemoSite(scenario=Scenario(speed=0)) as site:
        asked = with_question(new_conversation(), "Hello")
        reply = begin_reply(asked, Profile(name="demo", provider="demo", address=site.url))
        await reply.run(lambda _: None)
        whole = with_answer(asked, reply)
        other = with_message(whole, replace(whole.messages[-1], text="Nothing that it said"))
        assert len(await answer_to(site, asking_to_continue(other))) > 100
