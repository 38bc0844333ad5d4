"""An answer that takes its time: asked again, asked elsewhere, waited for."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from helpers.conversation import signalled, until
from helpers.kept_conversations import keeping
from helpers.scripted_provider import STOP, Step, request, scripted
from helpers.stores import texts

from core.attempts import Attempt, OpenAttempt, RetryPolicy
from core.errors import ConnectionFailedError, Fault
from core.events import ProviderChanged, RetryScheduled, TextDelta
from core.models import MessageState, Profile
from core.patience import Patience
from core.reply import ReplyState
from gui.profiles import profile_of

LATE = RetryPolicy(retries=2, first_wait=1000.0, longest_wait=10_000.0)
OTHER = Profile(name="Other", provider="openai", id="other", address="https://other.invalid")
ANSWER: tuple[Step, ...] = (TextDelta("From elsewhere."), STOP)


def fallback(*script: Step) -> OpenAttempt:
    provider = scripted(script)

    async def open_attempt() -> Attempt:
        return Attempt(provider, request("other-model"), OTHER)

    return open_attempt


async def test_a_retry_is_told_with_its_wait_and_can_be_had_at_once() -> None:
    async with keeping() as kept:
        kept.told.policy = LATE
        kept.told.fail()
        live = kept.conversations.start()
        scheduled = signalled(live.retry_scheduled)
        live.send("Why?", kept.profile)
        retry = await scheduled
        assert isinstance(retry, RetryScheduled)
        assert live.state is ReplyState.RETRYING
        assert live.progress is not None
        assert live.progress.retry is retry
        kept.told.say("So.")
        kept.told.finish()
        live.retry_now()
        await kept.ended(live)
        assert live.progress.retry is None
        assert texts(await kept.on_disk(live)) == ["Why?", "So."]


async def test_stopping_while_a_retry_is_waited_for_leaves_the_question() -> None:
    async with keeping() as kept:
        kept.told.policy = LATE
        kept.told.fail()
        live = kept.conversations.start()
        scheduled = signalled(live.retry_scheduled)
        live.send("Why?", kept.profile)
        await scheduled
        live.stop()
        assert not live.is_running
        await kept.ended(live)
        assert texts(live.conversation) == texts(await kept.on_disk(live)) == ["Why?"]
        assert len(kept.told.requests) == 1


async def test_the_message_says_who_answered_in_anothers_place(tmp_path: Path) -> None:
    async with keeping(tmp_path) as kept:
        kept.told.fallbacks = [fallback(*ANSWER)]
        kept.told.fail(ConnectionFailedError(fault=Fault.DNS, host="told.invalid"))
        live = kept.conversations.start()
        changed, begun = signalled(live.provider_changed), signalled(live.answer_started)
        live.send("Why?", kept.profile)
        change = await changed
        assert isinstance(change, ProviderChanged)
        assert (change.profile, change.error.fault) == (OTHER, Fault.DNS)
        assert (await begun).profile == "Other"
        await kept.ended(live)
        assert live.asked is OTHER
        for conversation in (live.conversation, await kept.on_disk(live)):
            answer = conversation.messages[-1]
            assert (answer.profile, answer.model) == ("Other", "other-model")
            assert answer.text == "From elsewhere."
            assert conversation.profile == kept.profile.key


async def test_who_answers_is_on_the_disk_before_the_first_word(tmp_path: Path) -> None:
    async with keeping(tmp_path) as kept:
        kept.told.fallbacks = [fallback(asyncio.Event())]
        kept.told.fail()
        live = kept.conversations.start()
        changed = signalled(live.provider_changed)
        live.send("Why?", kept.profile)
        await changed

        async def answer_on_disk() -> tuple[str, str, MessageState]:
            message = (await kept.on_disk(live)).messages[-1]
            return message.profile, message.model, message.state

        expected = ("Other", "other-model", MessageState.STREAMING)
        while await answer_on_disk() != expected:  # noqa: ASYNC110 - the disk tells of no change
            await asyncio.sleep(0.002)
        live.stop()
        await kept.ended(live)
        assert texts(await kept.on_disk(live)) == ["Why?"]


async def test_the_next_question_goes_to_the_chosen_profile_again() -> None:
    async with keeping() as kept:
        kept.told.fallbacks = [fallback(*ANSWER)]
        kept.told.fail()
        controller = kept.controller()
        assert controller.send("Why?")
        await kept.ended(controller)
        assert controller.asked is OTHER
        await kept.answered(controller, ("And?", "So."))
        assert controller.asked is kept.profile
        answers = [message.profile for message in controller.conversation.messages[1::2]]
        assert answers == ["Other", kept.profile.name]
        controller.close()


async def test_a_window_that_joins_is_told_what_is_waited_for() -> None:
    async with keeping() as kept:
        kept.told.policy = LATE
        kept.told.fail()
        first, second = kept.controller(), kept.controller()
        scheduled = signalled(first.retry_scheduled)
        assert first.send("Why?")
        retry = await scheduled
        await kept.at_rest()
        joined, states = signalled(second.retry_scheduled), []
        second.state_changed.connect(states.append)
        second.open(first.conversation.id)
        assert await joined is retry
        assert states == [ReplyState.RETRYING]
        assert second.progress == first.progress
        first.stop()
        await kept.ended(first)
        first.close()
        second.close()


async def test_keep_waiting_lifts_the_limit_of_the_reply_in_flight() -> None:
    async with keeping() as kept:
        kept.told.patience = Patience()
        live = kept.conversations.start()
        live.keep_waiting()
        live.send("Why?", kept.profile)
        await kept.told.asked()
        assert not kept.told.patience.is_lifted
        live.keep_waiting()
        assert kept.told.patience.is_lifted
        live.stop()
        await kept.ended(live)


@pytest.mark.parametrize("said", ["", "Half"])
async def test_asking_elsewhere_stops_and_asks_the_other_the_same(said: str) -> None:
    async with keeping() as kept:
        controller = kept.controller()
        assert controller.send("Why?")
        await kept.told.asked()
        if said:
            kept.told.say(said)
            await until(lambda: controller.last_answer == said)
        controller.ask_elsewhere("chatgptfree")
        assert controller.asked == profile_of("chatgptfree")
        kept.told.say("Because.")
        kept.told.finish()
        await kept.ended(controller)
        kept_conversation = await kept.on_disk(controller)
        assert texts(kept_conversation) == ["Why?", "Because."]
        answer = kept_conversation.messages[-1]
        assert answer.profile == profile_of("chatgptfree").name
        assert len(kept_conversation.versions.get(answer.id, (1,))) == (2 if said else 1)
        assert kept.told.hung_up == 2
        assert controller.profile == kept.profile
        controller.close()


async def test_asking_elsewhere_for_another_version_does_not_ask_for_the_last_answer() -> None:
    async with keeping() as kept:
        controller = kept.controller()
        await kept.answered(controller, ("one?", "One."), ("two?", "Two."))
        controller.regenerate(controller.conversation.messages[1].id)
        await kept.told.asked(3)
        controller.ask_elsewhere("chatgptfree")
        kept.told.say("Other one.")
        kept.told.finish()
        await kept.ended(controller)
        assert texts(controller.conversation) == ["one?", "Other one."]
        controller.close()


async def test_asking_elsewhere_after_a_failure_asks_again() -> None:
    async with keeping() as kept:
        controller = kept.controller()
        kept.told.fail()
        assert controller.send("Why?")
        await kept.ended(controller)
        kept.told.say("Because.")
        kept.told.finish()
        controller.ask_elsewhere("chatgptfree")
        await kept.ended(controller)
        assert texts(await kept.on_disk(controller)) == ["Why?", "Because."]
        controller.close()
