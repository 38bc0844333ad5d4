"""An answer that is on the disk before it is asked for, and however it ends."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from helpers.recorded_talk import (
    PROFILE,
    locked,
    rows,
    talking,
    until,
)
from helpers.stores import texts
from helpers.told_provider import Told

from core.chat import begin_reply, with_edited, with_pending_answer
from core.demo import DemoSite, Scenario
from core.errors import ConnectionFailedError
from core.events import FinishReason, ReasoningDelta, Usage
from core.models import Conversation, MessageState, Profile, Role
from core.reply import Reply, ReplyState


async def test_question_and_empty_answer_are_on_the_disk_before_the_request_leaves(
    tmp_path: Path,
) -> None:
    seen: list[list[tuple[Any, ...]]] = []

    def look() -> None:
        seen.append(rows(tmp_path, "SELECT role, text, state FROM message ORDER BY number"))

    async with talking(tmp_path, Told(look)) as talk:
        talk.told.say("Because.")
        talk.told.finish()
        talk.ask("Why?")
        await talk.end()
        assert texts(await talk.kept()) == ["Why?", "Because."]
    assert seen == [[("user", "Why?", "complete"), ("assistant", "", "streaming")]]


@pytest.mark.parametrize(
    ("end", "state", "finish_reason"),
    [
        (lambda told: told.finish(), MessageState.COMPLETE, "stop"),
        (lambda told: told.finish(FinishReason.LENGTH), MessageState.CUT, "length"),
        (lambda told: told.break_off(), MessageState.CUT, "cut"),
        (lambda told: told.fail(), MessageState.FAILED, ""),
    ],
)
async def test_an_answer_is_kept_with_how_it_ended(
    end: Callable[[Told], None], state: MessageState, finish_reason: str
) -> None:
    async with talking(None) as talk:
        talk.told.tell(ReasoningDelta("Hmm"))
        talk.told.say("Part")
        talk.told.tell(Usage(3, 5))
        end(talk.told)
        talk.ask("Why?")
        in_memory = (await talk.end()).messages[-1]
        answer = (await talk.kept()).messages[-1]

    assert (answer.text, answer.reasoning) == ("Part", "Hmm")
    assert (answer.state, answer.finish_reason) == (state, finish_reason)
    assert (answer.prompt_tokens, answer.completion_tokens) == (3, 5)
    assert (answer.profile, answer.model) == ("Told", "told")
    assert bool(answer.error) == (state is MessageState.FAILED)
    assert answer.ended_at == pytest.approx(in_memory.ended_at, abs=0.01)
    assert replace(in_memory, ended_at=0, created_at=0) == replace(answer, ended_at=0, created_at=0)


async def test_a_stopped_answer_is_kept_with_what_came_of_it() -> None:
    async with talking(None) as talk:
        talk.told.say("Part")
        recorded = talk.ask("Why?")
        await until(lambda: recorded.text == "Part")
        await talk.stop()
        answer = (await talk.kept()).messages[-1]
        assert (answer.text, answer.state) == ("Part", MessageState.STOPPED)
        assert recorded.state is ReplyState.STOPPED
    assert talk.told.hung_up == 1


@pytest.mark.parametrize("turns", range(6))
async def test_a_question_that_is_stopped_at_once_is_kept_alone(turns: int) -> None:
    async with talking(None) as talk:
        talk.ask("Why?")
        for _ in range(turns):
            await asyncio.sleep(0)
        await talk.stop()
        kept = await talk.kept()
        assert texts(kept) == ["Why?"]
        assert kept.leaf_id == kept.messages[0].id == talk.conversation.leaf_id
        assert kept.title == "Why?"


async def test_a_failure_with_nothing_leaves_the_question_alone() -> None:
    async with talking(None) as talk:
        talk.told.fail()
        recorded = talk.ask("Why?")
        await talk.end()
        assert isinstance(recorded.error, ConnectionFailedError)
        assert recorded.state is ReplyState.FAILED
        assert texts(talk.conversation) == texts(await talk.kept()) == ["Why?"]


def again(before: Conversation, index: int) -> Conversation:
    return with_pending_answer(before, PROFILE, instead_of=before.messages[index].id)


async def test_a_second_version_stands_beside_the_first() -> None:
    async with talking(None) as talk:
        before = await talk.answered(("Why?", "First."), ("And?", "So."))
        talk.told.say("Second.")
        talk.told.finish()
        talk.begin(again(before, 1), fallback=before)
        await talk.end()
        kept = await talk.kept()
        assert texts(kept) == ["Why?", "Second."]
        versions = kept.versions[kept.messages[-1].id]
        assert versions == talk.conversation.versions[kept.messages[-1].id]
        assert versions[0] == before.messages[1].id
        old = await talk.store.choose_version(kept.id, versions[0]) if talk.store else None
        assert old is not None
        assert texts(old) == ["Why?", "First.", "And?", "So."]


@pytest.mark.parametrize("is_begun", [True, False])
async def test_a_version_of_which_nothing_came_leaves_the_old_one(
    tmp_path: Path, is_begun: bool
) -> None:
    async with talking(tmp_path, busy_timeout=0.01) as talk:
        before = await talk.answered(("Why?", "First."), ("And?", "So."))
        assert talk.store is not None
        await talk.store.update(before.id, draft="not sent yet")
        with contextlib.nullcontext() if is_begun else locked(tmp_path):
            talk.begin(again(before, 1), fallback=before)
            await talk.told.asked(3)
            talk.told.fail()
            assert talk.task is not None
            await asyncio.wait([talk.task])
        await talk.end()
        kept = await talk.kept()
        assert texts(talk.conversation) == texts(kept) == ["Why?", "First.", "And?", "So."]
        assert not kept.versions
    assert rows(tmp_path, "SELECT count(*) FROM message WHERE state = 'streaming'") == [(0,)]


async def test_other_words_for_a_question_are_kept_though_nothing_was_answered() -> None:
    async with talking(None) as talk:
        before = await talk.answered(("Why?", "First."))
        edited = with_edited(before, before.messages[0].id, "How?")
        talk.told.fail()
        talk.begin(with_pending_answer(edited, PROFILE))
        await talk.end()
        kept = await talk.kept()
        assert texts(kept) == ["How?"]
        assert len(kept.versions[kept.messages[0].id]) == 2


@pytest.mark.parametrize("reason", [FinishReason.LENGTH, FinishReason.CUT])
async def test_going_on_joins_the_text_to_the_same_message(reason: FinishReason) -> None:
    async with talking(None) as talk:
        talk.told.say("The quick brown")
        talk.told.tell(Usage(10, 3))
        talk.told.finish(reason)
        talk.ask("Say it")
        before = await talk.end()
        assert before.messages[-1].state is MessageState.CUT

        talk.told.say("quick", " brown fox ", "jumps.")
        talk.told.tell(Usage(20, 4))
        talk.told.finish()
        talk.begin(before, continues=True)
        await talk.end()
        kept = await talk.kept()

    assert texts(talk.conversation) == texts(kept) == ["Say it", "The quick brown fox jumps."]
    answer = kept.messages[-1]
    assert answer.id == before.messages[-1].id
    assert answer.state is MessageState.COMPLETE
    assert (answer.prompt_tokens, answer.completion_tokens) == (20, 7)
    sent = talk.told.requests[-1].messages
    assert [message.role for message in sent] == [Role.USER, Role.ASSISTANT, Role.USER]


async def test_going_on_that_is_stopped_before_a_word_changes_nothing() -> None:
    async with talking(None) as talk:
        talk.told.say("One")
        talk.told.finish(FinishReason.LENGTH)
        talk.ask("Count")
        before = await talk.end()
        talk.begin(before, continues=True)
        await talk.told.asked(2)
        await talk.stop()
        for conversation in (talk.conversation, await talk.kept()):
            answer = conversation.messages[-1]
            assert (answer.text, answer.state) == ("One", MessageState.CUT)
            assert answer.finish_reason == "length"


async def test_going_on_that_fails_keeps_the_text_that_was_there() -> None:
    async with talking(None) as talk:
        talk.told.say("One")
        talk.told.break_off()
        talk.ask("Count")
        before = await talk.end()
        talk.told.fail()
        talk.begin(before, continues=True)
        await talk.end()
        answer = (await talk.kept()).messages[-1]
        assert (answer.text, answer.state) == ("One", MessageState.FAILED)


async def test_a_whole_exchange_with_the_demo_site_is_on_the_disk(tmp_path: Path) -> None:
    async with DemoSite(scenario=Scenario(speed=0)) as site, talking(tmp_path) as talk:
        profile = Profile(name="Demo", provider="demo", address=site.url)

        async def ask_the_site(conversation: Conversation) -> Reply:
            return begin_reply(conversation, profile)

        talk.told.open = ask_the_site  # type: ignore[method-assign,assignment]  # the real one
        for number in range(3):
            talk.ask(f"Hello {number}")
            await talk.end()
        kept = await talk.kept()

    assert texts(kept) == texts(talk.conversation)
    assert len(kept.messages) == 6
    assert {message.state for message in kept.messages} == {MessageState.COMPLETE}
