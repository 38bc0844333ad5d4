"""A reply that is asked for again, and one that another profile answers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from helpers.scripted_provider import STOP, Scripted, Step, request, scripted

from core.attempts import Attempt, RetryPolicy
from core.errors import (
    AuthenticationError,
    ChatError,
    ConnectionFailedError,
    Fault,
    ProviderError,
    RateLimitError,
)
from core.events import (
    ProviderChanged,
    ReasoningDelta,
    RetryScheduled,
    Stage,
    StageReached,
    StreamEvent,
    TextDelta,
    Usage,
)
from core.models import Profile
from core.reply import Reply, ReplyState

SOON = RetryPolicy(retries=2, first_wait=0.001, longest_wait=60.0)
LATE = RetryPolicy(retries=2, first_wait=1000.0, longest_wait=10_000.0)
FIRST = Profile(name="First", provider="openai", id="first")
SECOND = Profile(name="Second", provider="openai", id="second")
THIRD = Profile(name="Third", provider="openai", id="third")
ANSWER: tuple[Step, ...] = (TextDelta("Well."), STOP)


def broken() -> ChatError:
    return ProviderError(fault=Fault.SERVER_ERROR, status=502, retryable=True)


def opening(
    provider: type[Scripted], profile: Profile, opened: list[str] | None = None
) -> Callable[[], Awaitable[Attempt]]:
    async def open_attempt() -> Attempt:
        if opened is not None:
            opened.append(profile.name)
        return Attempt(provider, request(profile.id), profile)

    return open_attempt


def refusing(error: ChatError) -> Callable[[], Awaitable[Attempt]]:
    async def open_attempt() -> Attempt:
        raise error

    return open_attempt


async def collected(reply: Reply) -> list[StreamEvent]:
    events: list[StreamEvent] = []
    await reply.run(events.append)
    return events


async def test_a_service_that_stumbles_is_asked_again_and_each_retry_is_told() -> None:
    errors = broken(), broken()
    provider = scripted([errors[0]], [errors[1]], ANSWER)
    reply = Reply(provider, request(), profile=FIRST, policy=SOON)
    events = await collected(reply)
    retries = [event for event in events if isinstance(event, RetryScheduled)]
    assert [(event.number, event.of, event.error) for event in retries] == [
        (1, 2, errors[0]),
        (2, 2, errors[1]),
    ]
    assert (reply.text, reply.state, len(provider.asked)) == ("Well.", ReplyState.COMPLETE, 3)
    assert reply.error is None


async def test_after_the_last_retry_the_error_is_that_of_the_last_attempt() -> None:
    last = broken()
    provider = scripted([broken()], [broken()], [last])
    reply = Reply(provider, request(), policy=SOON)
    with pytest.raises(ProviderError) as caught:
        await collected(reply)
    assert caught.value is reply.error is last
    assert caught.value.__context__ is None
    assert (reply.state, len(provider.asked)) == (ReplyState.FAILED, 3)


@pytest.mark.parametrize("said", [TextDelta("Half"), ReasoningDelta("Hm")])
async def test_nothing_is_asked_again_once_something_has_come(said: StreamEvent) -> None:
    provider = scripted([said, broken()], ANSWER)
    reply = Reply(provider, request(), policy=SOON, fallbacks=[opening(scripted(ANSWER), SECOND)])
    with pytest.raises(ProviderError):
        await collected(reply)
    assert len(provider.asked) == 1
    assert reply.text + reply.reasoning in {"Half", "Hm"}


async def test_what_an_attempt_counted_is_forgotten_with_it() -> None:
    provider = scripted([Usage(1, 1), TextDelta("\ud83d"), broken()], [TextDelta("a"), STOP])
    reply = Reply(provider, request(), policy=SOON)
    await collected(reply)
    assert (reply.text, reply.usage) == ("a", None)


async def test_the_state_says_what_is_waited_for() -> None:
    states: list[ReplyState] = []
    provider = scripted(
        [StageReached(Stage.WAITING), broken()], [StageReached(Stage.LOADING), *ANSWER]
    )
    reply = Reply(provider, request(), policy=SOON)
    await reply.run(lambda _: states.append(reply.state))
    names = "waiting retrying connecting loading streaming streaming"
    assert states == [ReplyState(name) for name in names.split()]


def noticed(reply: Reply, kind: type[StreamEvent]) -> tuple[asyncio.Task[None], asyncio.Event]:
    """Return the running reply, and an event that is set when an event of that kind comes."""
    has_come = asyncio.Event()

    def sink(event: StreamEvent) -> None:
        if isinstance(event, kind):
            has_come.set()

    return asyncio.create_task(reply.run(sink)), has_come


async def test_who_does_not_want_to_wait_is_answered_at_once() -> None:
    reply = Reply(scripted([broken()], ANSWER), request(), policy=LATE)
    task, has_come = noticed(reply, RetryScheduled)
    await has_come.wait()
    reply.retry_now()
    await task
    assert reply.text == "Well."


async def test_asking_at_once_before_there_is_a_wait_shortens_none() -> None:
    reply = Reply(scripted([broken()], ANSWER), request(), policy=LATE)
    reply.retry_now()
    task, has_come = noticed(reply, RetryScheduled)
    await has_come.wait()
    assert reply.state is ReplyState.RETRYING
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_stopping_while_a_retry_is_waited_for_asks_nobody_again() -> None:
    provider = scripted([broken()], ANSWER)
    reply = Reply(provider, request(), policy=LATE)
    task, has_come = noticed(reply, RetryScheduled)
    await has_come.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (reply.state, len(provider.asked)) == (ReplyState.STOPPED, 1)


async def test_the_wait_that_a_service_asks_for_is_kept() -> None:
    provider = scripted([RateLimitError(retry_after=30.0)], ANSWER)
    reply = Reply(provider, request(), policy=SOON)
    waits: list[float] = []

    def sink(event: StreamEvent) -> None:
        if isinstance(event, RetryScheduled):
            waits.append(event.seconds)
            asyncio.get_running_loop().call_soon(reply.retry_now)

    await reply.run(sink)
    assert len(waits) == 1
    assert 30.0 <= waits[0] < 30.1


async def test_the_next_profile_answers_and_says_so() -> None:
    error = ConnectionFailedError(fault=Fault.SILENCE, host="first.example")
    second = scripted(ANSWER)
    reply = Reply(scripted([error]), request(), profile=FIRST, fallbacks=[opening(second, SECOND)])
    events = await collected(reply)
    assert ProviderChanged(SECOND, FIRST, error) in events
    assert reply.profile is SECOND
    assert reply.request.model == "second"
    assert (reply.text, reply.error, len(second.asked)) == ("Well.", None, 1)


async def test_retries_come_before_the_fallback_and_the_fallback_has_its_own() -> None:
    first, second = scripted([broken()]), scripted([broken()], ANSWER)
    reply = Reply(first, request(), profile=FIRST, policy=SOON, fallbacks=[opening(second, SECOND)])
    events = await collected(reply)
    told = [type(event) for event in events if isinstance(event, RetryScheduled | ProviderChanged)]
    assert told == [RetryScheduled, RetryScheduled, ProviderChanged, RetryScheduled]
    assert (len(first.asked), len(second.asked)) == (3, 2)


async def test_nobody_looks_for_the_key_of_a_fallback_that_is_not_needed() -> None:
    opened: list[str] = []
    others = [
        opening(scripted([broken()]), SECOND, opened),
        opening(scripted(ANSWER), THIRD, opened),
    ]
    await collected(Reply(scripted(ANSWER), request(), profile=FIRST, fallbacks=others))
    assert opened == []
    await collected(
        Reply(scripted([broken()]), request(), profile=FIRST, fallbacks=[others[1], others[0]])
    )
    assert opened == ["Third"]


async def test_a_fallback_without_its_key_is_left_out_and_the_details_tell_of_it() -> None:
    missing = AuthenticationError(fault=Fault.KEY_MISSING, host="second.example")
    reply = Reply(
        scripted([broken()]),
        request(),
        profile=FIRST,
        fallbacks=[refusing(missing), opening(scripted(ANSWER), THIRD)],
    )
    await collected(reply)
    assert reply.profile is THIRD

    error = broken()
    alone = Reply(scripted([error]), request(), profile=FIRST, fallbacks=[refusing(missing)])
    with pytest.raises(ProviderError) as caught:
        await collected(alone)
    assert caught.value is error
    assert alone.profile is FIRST
    assert "second.example needs a key" in str(error.data["fallback"])


async def test_when_all_fail_the_last_tells_why() -> None:
    last = ConnectionFailedError(fault=Fault.DNS)
    reply = Reply(
        scripted([broken()]),
        request(),
        profile=FIRST,
        fallbacks=[opening(scripted([broken()]), SECOND), opening(scripted([last]), THIRD)],
    )
    with pytest.raises(ConnectionFailedError):
        await collected(reply)
    assert reply.error is last
    assert reply.profile is THIRD


async def test_a_wrong_key_is_not_covered_up_by_a_fallback() -> None:
    second = scripted(ANSWER)
    wrong = AuthenticationError(status=401)
    reply = Reply(scripted([wrong]), request(), fallbacks=[opening(second, SECOND)])
    with pytest.raises(AuthenticationError):
        await collected(reply)
    assert second.asked == []
