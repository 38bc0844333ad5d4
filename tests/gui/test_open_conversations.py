"""The conversations that are in memory, and when they are let go."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from pathlib import Path

from helpers.conversation import signalled, until
from helpers.kept_conversations import Kept, impatient, keeping, locked
from helpers.stores import loaded, opened, texts

from core.errors import Fault, StorageError
from core.events import Finished, FinishReason, StreamEvent, TextDelta
from core.models import ChatRequest, Conversation, MessageState, Profile
from core.providers.base import AsyncGeneratorProvider
from core.reply import Reply, ReplyState
from core.storage.store import FILE_NAME, Store
from gui.live_conversation import LiveConversation, Sources
from gui.open_conversations import OpenConversations
from gui.tasks import TaskScope


async def forgotten(kept: Kept, conversation_id: int) -> None:
    await until(lambda: kept.conversations.find(conversation_id) is None)


async def asked(kept: Kept) -> LiveConversation:
    """Return a conversation of which an answer is being written."""
    live = kept.conversations.start()
    live.send("one?", kept.profile)
    kept.told.say("Part")
    await signalled(live.text_arrived)
    return live


async def test_everybody_gets_the_same_conversation() -> None:
    async with keeping() as kept:
        live = kept.conversations.start()
        await kept.answered(live, ("one?", "One."))
        identity = live.conversation.id
        assert await kept.conversations.open(identity) is live
        kept.conversations.release(live)
        assert await kept.conversations.open(identity) is live
        kept.conversations.release(live)
        kept.conversations.release(live)
        await forgotten(kept, identity)
        one, other = await asyncio.gather(
            kept.conversations.open(identity), kept.conversations.open(identity)
        )
        assert one is other
        assert one is not live
        assert await kept.conversations.open(12345) is None


async def test_nobody_looks_and_it_is_let_go() -> None:
    async with keeping() as kept:
        live = kept.conversations.start()
        held = kept.conversations.start()
        kept.conversations.release(live)
        await forgotten(kept, live.conversation.id)
        assert kept.conversations.find(held.conversation.id) is held
        assert kept.conversations.findChildren(LiveConversation) == [held]


async def test_an_answer_ends_unseen_and_is_let_go_then() -> None:
    async with keeping() as kept:
        live = await asked(kept)
        identity = live.conversation.id
        answered = signalled(kept.conversations.answered)
        kept.conversations.release(live)
        assert kept.conversations.find(identity) is live
        kept.told.say(".")
        kept.told.finish()
        assert await answered is live
        await forgotten(kept, identity)
        assert texts(await loaded(await kept.store(), identity)) == ["one?", "Part."]


async def test_what_is_not_on_the_disk_is_not_let_go(tmp_path: Path) -> None:
    async with impatient(tmp_path) as kept:
        live = kept.conversations.start()
        identity = live.conversation.id
        with locked(tmp_path):
            await kept.answered(live, ("one?", "One."))
            kept.conversations.release(live)
            assert await kept.conversations.open(identity) is live
            assert texts(live.conversation) == ["one?", "One."]
            kept.conversations.release(live)
            await live.settled()  # that is: refused again
            for _ in range(5):
                await asyncio.sleep(0)
            assert kept.conversations.find(identity) is live
        await live.settled()
        await forgotten(kept, identity)
        assert texts(await loaded(await kept.store(), identity)) == ["one?", "One."]


async def test_deleted_during_its_answer_it_goes_to_the_trash_with_what_came() -> None:
    async with keeping() as kept:
        live = await asked(kept)
        removed = signalled(kept.conversations.removed)
        store = await kept.store()
        deletion = await store.delete_conversations([live.conversation.id])
        assert await removed == live.conversation.id
        assert live.state is ReplyState.STOPPED
        await live.settled()
        await until(lambda: kept.told.hung_up == 1)
        assert not (await store.index()).ids
        await store.restore(deletion)
        answer = (await kept.on_disk(live)).messages[-1]
        assert (answer.text, answer.state) == ("Part", MessageState.STOPPED)


async def test_all_deleted_at_once_all_answers_are_stopped() -> None:
    async with keeping() as kept:
        one, other, new = (kept.conversations.start() for _ in range(3))
        for number, live in enumerate((one, other), start=1):
            live.send("?", kept.profile)
            await kept.told.asked(number)
        await (await kept.store()).clear()
        await until(lambda: not one.is_running and not other.is_running)
        assert {one.state, other.state, new.state} == {ReplyState.STOPPED, None}


async def test_a_message_that_came_back_from_the_trash_is_shown() -> None:
    async with keeping() as kept:
        live = kept.conversations.start()
        await kept.answered(live, ("one?", "One."))
        store = await kept.store()
        message_id = live.conversation.messages[0].id
        await store.delete_message(message_id)
        await kept.conversations.refresh(live)
        changed = signalled(live.branch_changed)
        await store.restore_message(message_id)
        assert await changed == 0
        assert texts(live.conversation) == ["one?", "One."]


async def test_another_name_reaches_the_conversation_and_nothing_moves() -> None:
    async with keeping() as kept:
        live = kept.conversations.start()
        await kept.answered(live, ("one?", "One."))
        moved: list[int] = []
        live.branch_changed.connect(moved.append)
        await (await kept.store()).update(live.conversation.id, title="Mine", is_pinned=True)
        await until(lambda: live.conversation.title == "Mine")
        assert live.conversation.is_pinned
        assert not moved


async def test_a_store_that_opens_late_gets_what_was_said_before(tmp_path: Path) -> None:
    store = await Store.open(tmp_path / FILE_NAME)
    is_well = False

    async def open_store() -> Store:
        if not is_well:
            raise StorageError(fault=Fault.STORE_READ_ONLY)
        return store

    async with keeping(open_store=open_store) as kept:
        live = kept.conversations.start()
        troubles: list[StorageError] = []
        kept.conversations.not_saved.connect(troubles.append)
        await kept.answered(live, ("one?", "One."))
        assert [trouble.fault for trouble in troubles] == [Fault.STORE_READ_ONLY]
        is_well = True
        await kept.answered(live, ("two?", "Two."))
        assert texts(await loaded(store, live.conversation.id)) == ["one?", "One.", "two?", "Two."]
        assert len(troubles) == 1
        removed = signalled(kept.conversations.removed)
        await store.delete_conversations([live.conversation.id])
        assert await removed == live.conversation.id
    await store.close()


async def test_a_draft_that_is_refused_is_told_once_and_not_lost(tmp_path: Path) -> None:
    async with impatient(tmp_path) as kept:
        live = kept.conversations.start()
        await kept.answered(live, ("one?", "One."))
        identity = live.conversation.id
        told = 0
        with locked(tmp_path):
            for text in ("t", "tw", "two"):
                try:
                    await kept.conversations.keep_draft(live, text)
                except StorageError:
                    told += 1
            assert told == 1
            assert kept.conversations.has_unsaved_draft(identity)
        kept.conversations.release(live)
        await forgotten(kept, identity)
        assert (await loaded(await kept.store(), identity)).draft == "two"


async def test_what_was_refused_is_kept_at_once_when_somebody_says_so(tmp_path: Path) -> None:
    async with impatient(tmp_path) as kept:
        live = kept.conversations.start()
        with locked(tmp_path):
            await kept.answered(live, ("one?", "One."))
            with contextlib.suppress(StorageError):
                await kept.conversations.keep_draft(live, "two")
        await kept.conversations.save_again()
        await kept.conversations.save_again()
        conversation = await kept.on_disk(live)
        assert (texts(conversation), conversation.draft) == (["one?", "One."], "two")


async def test_a_store_in_the_place_of_another_gets_what_is_in_memory(tmp_path: Path) -> None:
    async with keeping(tmp_path) as kept:
        live = kept.conversations.start()
        await kept.answered(live, ("one?", "One."), ("two?", "Two."))
        live.set_draft("three")
        await kept.source.close()
        (tmp_path / FILE_NAME).unlink()
        await kept.conversations.save_again()
        assert (await kept.on_disk(live)).draft == "three"
        kept.told.say("Three.")
        kept.told.finish()
        live.send("three?", kept.profile)
        await kept.ended(live)
        assert texts(await kept.on_disk(live)) == texts(live.conversation)
        assert len(live.conversation.messages) == 6


async def test_leaving_during_an_answer_keeps_what_came_of_it(tmp_path: Path) -> None:
    async with keeping(tmp_path) as kept:
        live = await asked(kept)
    async with opened(tmp_path) as store:
        assert not store.recovered
        answer = (await loaded(store, live.conversation.id)).messages[-1]
        assert (answer.text, answer.state) == ("Part", MessageState.STOPPED)


async def test_leaving_before_anything_was_done_keeps_the_question(tmp_path: Path) -> None:
    async with keeping(tmp_path) as kept:
        live = kept.conversations.start()
        live.send("one?", kept.profile)
        identity = live.conversation.id
        kept.conversations.release(live)
    async with opened(tmp_path) as store:
        assert texts(await loaded(store, identity)) == ["one?"]


async def test_leaving_while_a_complete_answer_hangs_up_keeps_it_complete(tmp_path: Path) -> None:
    class SlowToLeave(AsyncGeneratorProvider):
        url = "http://slow.invalid"

        @classmethod
        async def stream(cls, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:  # noqa: ARG003
            yield TextDelta("Whole")
            yield Finished(FinishReason.STOP)
            try:
                await asyncio.Event().wait()
            finally:
                for _ in range(20):
                    await asyncio.sleep(0)

    async def open_reply(conversation: Conversation, _profile: Profile) -> Reply:
        return Reply(SlowToLeave, ChatRequest("", conversation.messages))

    async with opened(tmp_path) as store:

        async def open_store() -> Store:
            return store

        scope = TaskScope()
        conversations = OpenConversations(Sources(open_reply, open_store), scope=scope)
        live = conversations.start()
        troubles: list[StorageError] = []
        live.not_saved.connect(troubles.append)
        live.send("one?", Profile(name="Slow", provider="demo"))
        await signalled(live.text_arrived)
        conversations.release(live)
        conversations.stop_all()
        await conversations.settled()
        await scope.close()
    assert not troubles
    async with opened(tmp_path) as store:
        answer = (await loaded(store, live.conversation.id)).messages[-1]
        assert (answer.text, answer.state) == ("Whole", MessageState.COMPLETE)


async def test_a_draft_that_is_kept_last_of_all_disturbs_nothing(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    controller = kept.controller()
    await kept.answered(controller, ("one?", "One."))
    identity = controller.conversation.id
    with locked(tmp_path):
        controller.keep_draft("two")
        controller.start_conversation()
        kept.conversations.stop_all()
        await kept.conversations.settled()
        await kept.replies.close()
    await kept.keeping.finish()
    await kept.source.close()
    async with opened(tmp_path) as store:
        assert (await loaded(store, identity)).draft == "two"
