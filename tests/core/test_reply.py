"""One reply in flight, whatever becomes of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable
from itertools import pairwise
from typing import ClassVar

import pytest

from core.errors import ChatError, ConnectionFailedError, Fault, ResponseFormatError
from core.events import (
    Finished,
    FinishReason,
    ReasoningDelta,
    Stage,
    StageReached,
    StreamEvent,
    TextDelta,
    Usage,
)
from core.models import ChatRequest, Message, Role
from core.providers.base import AsyncGeneratorProvider
from core.reply import TURN_SECONDS, Reply, ReplyState

REQUEST = ChatRequest(model="m", messages=(Message(Role.USER, "hi"),))
STOP = Finished(FinishReason.STOP)

Step = StreamEvent | Exception | asyncio.Event


def provider(steps: Callable[[], Iterable[Step]]) -> type[AsyncGeneratorProvider]:
    """Return a provider that yields events, raises errors, and waits for what never comes."""

    class Scripted(AsyncGeneratorProvider):
        url = "https://chat.example:8443/page"
        closed: ClassVar[list[bool]] = []

        @classmethod
        async def stream(cls, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:
            assert request is REQUEST
            try:
                for step in steps():
                    if isinstance(step, Exception):
                        raise step
                    if isinstance(step, asyncio.Event):
                        await step.wait()
                        continue
                    yield step
            finally:
                cls.closed.append(True)

    return Scripted


def reply_of(*steps: Step) -> Reply:
    return Reply(provider(lambda: steps), REQUEST)


async def collected(reply: Reply) -> list[StreamEvent]:
    events: list[StreamEvent] = []
    await reply.run(events.append)
    return events


async def started(reply: Reply, until: type[StreamEvent]) -> asyncio.Task[None]:
    """Return the reply's task once an event of that kind has come."""
    has_come = asyncio.Event()

    def sink(event: StreamEvent) -> None:
        if isinstance(event, until):
            has_come.set()

    task = asyncio.create_task(reply.run(sink))
    await has_come.wait()
    return task


async def test_a_reply_collects_what_a_provider_yields() -> None:
    events: list[StreamEvent] = [
        StageReached(Stage.CONNECTING),
        StageReached(Stage.WAITING),
        ReasoningDelta("hm"),
        TextDelta("Hel"),
        TextDelta("lo"),
        Usage(3, 2),
        STOP,
    ]
    reply = reply_of(*events)
    assert await collected(reply) == events
    assert (reply.text, reply.reasoning) == ("Hello", "hm")
    assert reply.state is ReplyState.COMPLETE
    assert reply.finish_reason is FinishReason.STOP
    assert reply.usage == Usage(3, 2)
    assert reply.error is None


async def test_the_state_follows_the_stages_until_text_comes() -> None:
    states: list[ReplyState] = []
    reply = reply_of(
        StageReached(Stage.CONNECTING),
        StageReached(Stage.WAITING),
        StageReached(Stage.CONNECTING),
        StageReached(Stage.WAITING),
        TextDelta("x"),
        StageReached(Stage.WAITING),
        STOP,
    )
    await reply.run(lambda _: states.append(reply.state))
    names = "connecting waiting connecting waiting streaming streaming streaming"
    assert states == [ReplyState(name) for name in names.split()]


async def test_text_can_be_read_while_it_arrives() -> None:
    seen: list[str] = []
    reply = reply_of(TextDelta("a"), TextDelta("b"), TextDelta("c"), STOP)
    await reply.run(lambda _: seen.append(reply.text))
    assert seen == ["a", "ab", "abc", "abc"]


async def test_a_cut_off_stream_ends_as_cut() -> None:
    reply = reply_of(TextDelta("half"), Finished(FinishReason.CUT))
    await collected(reply)
    assert reply.state is ReplyState.CUT
    assert reply.text == "half"


async def test_a_provider_that_never_says_it_is_finished_was_cut_off() -> None:
    reply = reply_of(TextDelta("half"))
    assert (await collected(reply))[-1] == Finished(FinishReason.CUT)
    assert reply.state is ReplyState.CUT


@pytest.mark.parametrize("reason", [FinishReason.STOP, FinishReason.LENGTH])
@pytest.mark.parametrize("text", ["", " \n"])
async def test_an_empty_answer_is_an_error(reason: FinishReason, text: str) -> None:
    reply = reply_of(TextDelta(text), Finished(reason))
    events: list[StreamEvent] = []
    with pytest.raises(ResponseFormatError) as caught:
        await reply.run(events.append)
    assert caught.value.fault is Fault.EMPTY_ANSWER
    assert caught.value.data["host"] == "chat.example:8443"
    assert reply.state is ReplyState.FAILED
    assert Finished(reason) not in events


async def test_thoughts_alone_are_no_answer_unless_they_came_to_the_limit() -> None:
    with pytest.raises(ResponseFormatError):
        await collected(reply_of(ReasoningDelta("hm"), Finished(FinishReason.STOP)))
    reply = reply_of(ReasoningDelta("hm"), Finished(FinishReason.LENGTH))
    await collected(reply)
    assert (reply.state, reply.reasoning) == (ReplyState.COMPLETE, "hm")


async def test_a_failed_reply_keeps_its_part_and_its_error() -> None:
    error = ConnectionFailedError()
    reply = reply_of(TextDelta("half"), error)
    with pytest.raises(ConnectionFailedError):
        await collected(reply)
    assert reply.state is ReplyState.FAILED
    assert reply.error is error
    assert reply.text == "half"
    assert error.data["host"] == "chat.example:8443"


async def test_a_fault_of_ours_ends_the_reply_too() -> None:
    reply = reply_of(TextDelta("half"), ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        await collected(reply)
    assert reply.state is ReplyState.FAILED
    assert reply.error is None


async def test_stopping_closes_the_provider_and_keeps_the_part() -> None:
    scripted = provider(lambda: (TextDelta("half"), asyncio.Event(), STOP))
    reply = Reply(scripted, REQUEST)
    task = await started(reply, TextDelta)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert reply.state is ReplyState.STOPPED
    assert reply.text == "half"
    assert scripted.closed == [True]  # type: ignore[attr-defined]  # of the class made here


async def test_stopping_after_the_last_word_leaves_the_answer_complete() -> None:
    reply = reply_of(TextDelta("all"), STOP, asyncio.Event())
    task = await started(reply, Finished)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert reply.state is ReplyState.COMPLETE


async def test_a_reply_stopped_before_its_first_step_is_stopped() -> None:
    reply = reply_of(TextDelta("x"), STOP)
    task = asyncio.create_task(reply.run(lambda _: None))
    task.add_done_callback(lambda _: reply.abandon())
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert reply.state is ReplyState.STOPPED
    assert reply.text == ""


async def test_abandoning_a_finished_reply_changes_nothing() -> None:
    reply = reply_of(TextDelta("x"), STOP)
    await collected(reply)
    reply.abandon()
    assert reply.state is ReplyState.COMPLETE


async def test_a_hundred_replies_in_quick_order_all_end() -> None:
    replies = [reply_of(TextDelta("x"), asyncio.Event()) for _ in range(100)]
    for turns, reply in enumerate(replies):
        task = asyncio.create_task(reply.run(lambda _: None))
        for _ in range(turns % 4):
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        reply.abandon()
    assert {reply.state for reply in replies} == {ReplyState.STOPPED}


async def test_a_reply_runs_once() -> None:
    reply = reply_of(TextDelta("x"), STOP)
    await collected(reply)
    with pytest.raises(RuntimeError):
        await collected(reply)


class Clock:
    """A clock that goes on by one millisecond whenever it is read."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 0.001
        return self.now


async def test_a_stream_that_is_always_ready_lets_others_have_their_turn() -> None:
    count = 100_000
    clock = Clock()
    reply = Reply(provider(lambda: [*[TextDelta("x")] * count, STOP]), REQUEST, clock=clock)
    turns: list[float] = []

    async def other() -> None:
        while not reply.state.is_over:
            turns.append(clock.now)
            await asyncio.sleep(0)

    task = asyncio.create_task(other())
    await asyncio.sleep(0)
    await reply.run(lambda _: None)
    await task
    gaps = [later - earlier for earlier, later in pairwise(turns)]
    assert len(reply.text) == count
    assert max(gaps) <= 2 * TURN_SECONDS
    assert len(turns) >= count * 0.001 / (2 * TURN_SECONDS)


async def test_a_stream_that_is_always_ready_can_be_stopped() -> None:
    def endless() -> Iterable[Step]:
        while True:
            yield TextDelta("x")

    scripted = provider(endless)
    reply = Reply(scripted, REQUEST)
    task = await started(reply, TextDelta)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert reply.state is ReplyState.STOPPED
    assert scripted.closed == [True]  # type: ignore[attr-defined]  # of the class made here


async def test_the_times_tell_how_long_was_waited() -> None:
    clock = Clock()
    reply = Reply(provider(lambda: (TextDelta("x"), STOP)), REQUEST, clock=clock)
    assert (reply.started_at, reply.elapsed, reply.silence) == (None, 0.0, 0.0)
    silences: list[float] = []
    await reply.run(lambda _: silences.append(reply.silence))
    assert reply.started_at is not None
    assert reply.first_text_at is not None
    assert reply.last_activity_at is not None
    assert reply.ended_at is not None
    assert reply.started_at < reply.first_text_at < reply.last_activity_at < reply.ended_at
    assert reply.elapsed == pytest.approx(reply.ended_at - reply.started_at)
    assert all(silence > 0 for silence in silences)
    assert reply.silence == 0.0


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        (["a\0b"], "a�b"),
        (["a\ud83d", "\ude00b"], "a😀b"),
        (["\ud83d\ude00"], "😀"),
        (["a\ud83d", "b"], "a�b"),
        (["a\ude00"], "a�"),
        (["\ud83d", "", "\ude00"], "😀"),
        (["a\ud83d", "\ud83d", "\ude00"], "a�😀"),
    ],
)
async def test_text_that_cannot_be_encoded_is_made_harmless(pieces: list[str], text: str) -> None:
    reply = reply_of(*map(TextDelta, pieces), *map(ReasoningDelta, pieces), TextDelta("."), STOP)
    events = await collected(reply)
    handed_on = "".join(event.text for event in events if isinstance(event, TextDelta))
    assert reply.text == handed_on == f"{text}."
    assert reply.reasoning == text
    (reply.text + reply.reasoning).encode()


async def test_half_a_character_at_the_very_end_is_not_lost_silently() -> None:
    reply = reply_of(TextDelta("a\ud83d"), STOP)
    await collected(reply)
    assert reply.text == "a�"


async def test_an_error_may_come_before_the_first_event() -> None:
    reply = reply_of(ChatError(fault=Fault.DNS, host="named.example"))
    with pytest.raises(ChatError) as caught:
        await collected(reply)
    assert caught.value.data["host"] == "named.example"
