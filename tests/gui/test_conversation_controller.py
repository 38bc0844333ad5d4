from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator
from typing import Any

import pytest
from helpers.conversation import signalled, until
from helpers.providers import AlwaysReady, Breaking, Broken, Waiting, reply_of
from PySide6.QtCore import QTimer

from core.demo import DemoSite
from core.errors import ChatError, Fault
from core.events import Finished, FinishReason, StreamEvent, TextDelta
from core.models import ChatRequest, Conversation, Message, Profile, Role
from core.providers.base import AsyncGeneratorProvider
from core.reply import Reply, ReplyState
from gui.conversation_controller import ConversationController
from gui.live_conversation import Sources
from gui.open_conversations import OpenConversations
from gui.profiles import profile_of
from gui.tasks import TaskScope

Make = Callable[[type[AsyncGeneratorProvider]], ConversationController]


@pytest.fixture
def scope(run: Callable[[Coroutine[Any, Any, Any]], Any]) -> Iterator[TaskScope]:
    scope = TaskScope()
    yield scope
    run(scope.close())


async def nothing_kept() -> None:
    return None


@pytest.fixture
def make(scope: TaskScope) -> Make:
    def controller(provider: type[AsyncGeneratorProvider]) -> ConversationController:
        async def open_reply(conversation: Conversation, _profile: Profile) -> Reply:
            return reply_of(provider, conversation)

        conversations = OpenConversations(Sources(open_reply, nothing_kept), scope=scope)
        controller = ConversationController(conversations, profile_of("demo"), scope=scope)
        conversations.setParent(controller)
        return controller

    return controller


async def test_an_answer_comes_in_one_piece_a_frame(make: Make) -> None:
    controller = make(AlwaysReady)
    pieces: list[str] = []
    controller.text_arrived.connect(pieces.append)
    started = time.monotonic()
    assert controller.send("?")
    state = await signalled(controller.reply_finished)
    frames = (time.monotonic() - started) / 0.016

    assert state is ReplyState.COMPLETE
    assert "".join(pieces) == "word " * AlwaysReady.deltas
    assert len(pieces) <= frames + 2


async def test_a_stream_that_is_always_ready_does_not_starve_the_window(make: Make) -> None:
    controller = make(AlwaysReady)
    ticks: list[float] = []
    timer = QTimer()
    timer.setInterval(5)
    timer.timeout.connect(lambda: ticks.append(time.monotonic()))
    timer.start()
    started = time.monotonic()
    controller.send("?")
    await signalled(controller.reply_finished)
    took = time.monotonic() - started
    timer.stop()

    # A turn of the reader is 8 ms long; three of them for each tick is generous.
    assert len(ticks) >= took / 0.024 / 2


async def test_nothing_ticks_when_nothing_happens(make: Make) -> None:
    controller = make(AlwaysReady)
    timers = controller.findChildren(QTimer)
    assert not any(timer.isActive() for timer in timers)
    controller.send("?")
    await until(lambda: any(timer.isActive() for timer in timers))
    await signalled(controller.reply_finished)

    assert not any(timer.isActive() for timer in timers)


async def test_nothing_ticks_while_a_service_pauses(make: Make) -> None:
    controller = make(Waiting)
    controller.send("?")
    await signalled(controller.text_arrived)
    timers = controller.findChildren(QTimer)
    await until(lambda: not any(timer.isActive() for timer in timers))

    assert controller.is_running
    controller.stop()


async def test_the_states_come_in_order(make: Make) -> None:
    controller = make(Waiting)
    states: list[ReplyState] = []
    controller.state_changed.connect(states.append)
    controller.send("?")
    await signalled(controller.text_arrived)
    controller.stop()

    assert states == [
        ReplyState.CONNECTING,
        ReplyState.WAITING,
        ReplyState.STREAMING,
        ReplyState.STOPPED,
    ]


async def test_stopping_keeps_what_arrived_and_hangs_up(make: Make, scope: TaskScope) -> None:
    controller = make(Waiting)
    Waiting.hung_up = 0
    controller.send("?")
    await signalled(controller.text_arrived)
    controller.stop()

    assert controller.state is ReplyState.STOPPED
    assert not controller.is_running
    assert controller.last_answer == "Word"
    assert controller.conversation.messages[-1] == Message(Role.ASSISTANT, "Word")
    await until(lambda: len(scope) == 0)
    assert Waiting.hung_up == 1


async def test_what_is_handed_on_at_a_stop_is_what_is_kept(make: Make) -> None:
    controller = make(AlwaysReady)
    pieces: list[str] = []
    controller.text_arrived.connect(pieces.append)
    controller.send("?")
    await signalled(controller.text_arrived)
    controller.stop()

    assert "".join(pieces) == controller.conversation.messages[-1].text


async def test_send_stop_send_a_hundred_times_leaves_nothing_behind(
    make: Make, scope: TaskScope
) -> None:
    controller = make(Waiting)
    Waiting.hung_up = 0
    started = 0
    for number in range(100):
        assert controller.send(f"question {number}")
        # Some are stopped before the task's first step, some in the middle of its way.
        for _ in range(number % 4):
            await asyncio.sleep(0)
        started += controller.state is not ReplyState.CONNECTING
        controller.stop()
        assert controller.state is ReplyState.STOPPED
    assert controller.send("the last question")
    await signalled(controller.text_arrived)
    controller.stop()
    await until(lambda: len(scope) == 0)
    gc.collect()

    questions = [m for m in controller.conversation.messages if m.role is Role.USER]
    assert len(questions) == 101
    assert Waiting.hung_up >= started
    assert not [t for t in asyncio.all_tasks() if t.get_name() == "reply"]
    assert not [o for o in gc.get_objects() if isinstance(o, Reply) and not o.state.is_over]


async def test_retry_asks_again_and_keeps_the_part_as_a_version(make: Make) -> None:
    Breaking.asked = 0
    controller = make(Breaking)
    errors: list[ChatError] = []
    controller.failed.connect(errors.append)
    controller.send("Why")
    assert await signalled(controller.reply_finished) is ReplyState.FAILED
    assert controller.last_answer == "Why: part"

    controller.retry()
    assert await signalled(controller.reply_finished) is ReplyState.COMPLETE

    assert [error.fault for error in errors] == [Fault.RESET]
    answer = controller.conversation.messages[-1]
    assert len(controller.versions_of(answer.id)) == 2
    assert controller.conversation.messages == (
        Message(Role.USER, "Why"),
        Message(Role.ASSISTANT, "Why: part and whole"),
    )


async def test_retry_without_a_question_does_nothing(make: Make) -> None:
    controller = make(Breaking)
    controller.retry()
    assert controller.state is None


@pytest.mark.parametrize("text", ["", "  \n\t ", "\0", "\0 \n"])
async def test_nothing_is_not_sent(make: Make, text: str) -> None:
    controller = make(Waiting)
    assert not controller.send(text)
    assert controller.state is None
    assert not controller.conversation.messages


async def test_a_second_question_is_refused_while_an_answer_comes(make: Make) -> None:
    controller = make(Waiting)
    assert controller.send("one")
    assert not controller.send("two")
    assert len(controller.conversation.messages) == 1
    controller.stop()


async def test_nul_and_lone_surrogates_are_made_harmless(make: Make) -> None:
    controller = make(AlwaysReady)
    controller.send("a\0b\ud800c")
    await signalled(controller.reply_finished)
    assert controller.conversation.messages[0].text == "ab�c"


async def test_a_new_conversation_lets_the_answer_go_on_unseen(
    make: Make, scope: TaskScope
) -> None:
    controller = make(Waiting)
    before = controller.conversation.id
    controller.send("?")
    await signalled(controller.text_arrived)
    pieces: list[str] = []
    controller.text_arrived.connect(pieces.append)
    controller.start_conversation()

    assert controller.conversation.id != before
    assert not controller.conversation.messages
    assert controller.state is None
    assert controller.last_answer == ""
    assert not controller.is_running
    assert len(scope) == 1
    controller.open(before)
    await until(lambda: controller.conversation.id == before)
    assert controller.is_running
    assert controller.last_answer == "Word"
    assert not pieces
    controller.stop()
    await until(lambda: len(scope) == 0)


async def test_a_bug_in_a_provider_ends_the_reply_and_reaches_the_last_resort(make: Make) -> None:
    controller = make(Broken)
    contexts: list[dict[str, Any]] = []
    loop = asyncio.get_running_loop()
    before = loop.get_exception_handler()
    loop.set_exception_handler(lambda _loop, context: contexts.append(context))
    controller.send("?")
    state = await signalled(controller.reply_finished)
    await until(lambda: bool(contexts))
    loop.set_exception_handler(before)

    assert state is ReplyState.FAILED
    assert not controller.is_running
    assert isinstance(contexts[0]["exception"], ZeroDivisionError)


async def test_an_answer_that_is_complete_stays_complete_when_stopped_while_hanging_up(
    make: Make,
) -> None:
    release = asyncio.Event()

    class SlowToLeave(AsyncGeneratorProvider):
        url = "http://slow.invalid"

        @classmethod
        async def stream(cls, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:  # noqa: ARG003
            yield TextDelta("Whole")
            yield Finished(FinishReason.STOP)
            await release.wait()

    controller = make(SlowToLeave)
    controller.send("?")
    await signalled(controller.text_arrived)
    finished = signalled(controller.reply_finished)
    controller.stop()

    assert await finished is ReplyState.COMPLETE


async def test_the_profile_that_was_asked_is_the_author_of_the_answer(
    make: Make, demo_site: DemoSite
) -> None:
    controller = make(AlwaysReady)
    answers: list[Message] = []
    controller.answer_started.connect(answers.append)
    controller.send("?")
    controller.set_profile(profile_of(demo_site.url))
    await signalled(controller.reply_finished)

    assert [answer.profile for answer in answers] == [profile_of("demo").name]
    assert controller.asked == profile_of("demo")
    assert controller.profile.address == demo_site.url
