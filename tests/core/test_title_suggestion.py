"""A title that a model gives."""

from __future__ import annotations

import asyncio

import pytest
from helpers.told_provider import Told

from core.chat import begin_reply, new_conversation, with_question
from core.demo import DemoSite, Scenario
from core.errors import ConnectionFailedError, ModelNotSupportedError
from core.models import Conversation, Profile
from core.reply import Reply
from core.title_suggestion import LONGEST_LOOK, suggest_title
from core.titles import TITLE_QUESTION

PROFILE = Profile(name="Told", provider="demo")


def asked() -> Conversation:
    return with_question(new_conversation(), "How do I sort a list?")


async def test_a_title_is_asked_for_apart_from_the_conversation() -> None:
    told, conversation = Told(), asked()
    opened: list[Conversation] = []

    async def open_reply(conversation: Conversation, profile: Profile) -> Reply:
        opened.append(conversation)
        return await told.open(conversation, profile)

    told.say("“Sorting", " lists”\n")
    told.finish()
    assert await suggest_title(conversation, PROFILE, open_reply) == "Sorting lists"
    assert [m.text for m in told.requests[0].messages] == ["How do I sort a list?", TITLE_QUESTION]
    assert opened[0].id != conversation.id
    assert told.hung_up == 1


async def test_who_talks_on_is_left() -> None:
    told = Told()
    told.say(*(["word "] * LONGEST_LOOK))
    title = await suggest_title(asked(), PROFILE, told.open)
    assert title.startswith("word word")
    assert told.hung_up == 1


async def test_what_came_in_time_counts() -> None:
    told = Told()
    told.say("Sorting")
    assert await suggest_title(asked(), PROFILE, told.open, longest_wait=0.05) == "Sorting"
    assert told.hung_up == 1


async def test_who_cannot_be_asked_in_time_gives_no_title() -> None:
    async def open_reply(_conversation: Conversation, _profile: Profile) -> Reply:
        return await asyncio.get_running_loop().create_future()  # type: ignore[no-any-return]  # never

    assert await suggest_title(asked(), PROFILE, open_reply, longest_wait=0.01) == ""


async def test_a_failure_is_raised() -> None:
    told = Told()
    told.say("Sort")
    told.fail()
    with pytest.raises(ConnectionFailedError):
        await suggest_title(asked(), PROFILE, told.open)


async def test_cancelling_hangs_up() -> None:
    told = Told()
    task = asyncio.create_task(suggest_title(asked(), PROFILE, told.open))
    await told.asked()
    task.cancel()
    await asyncio.wait([task])
    assert task.cancelled()
    assert told.hung_up == 1


async def test_the_demo_site_gives_one() -> None:
    async def open_reply(conversation: Conversation, profile: Profile) -> Reply:
        return begin_reply(conversation, profile)

    async with DemoSite(scenario=Scenario(speed=0, answer="Lists, sorted")) as site:
        profile = Profile(name="Demo", provider="demo", address=site.url)
        assert await suggest_title(asked(), profile, open_reply) == "Lists, sorted"
        nowhere = Profile(name="Demo", provider="ai_power", address=site.url, model="no such model")
        with pytest.raises(ModelNotSupportedError):
            await suggest_title(asked(), nowhere, open_reply)
