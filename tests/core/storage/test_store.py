"""What is said is saved before it is asked, kept while it is answered, and found again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from helpers.stores import (
    DAY,
    NOON,
    Clock,
    answer,
    beginning,
    conversation,
    ended,
    loaded,
    opened,
    question,
    said,
    texts,
)

from core.errors import StorageError
from core.models import Conversation, ConversationSummary, Message, MessageState
from core.storage.changes import ChangeKind, Section, StoreChange
from core.storage.opening import open_file
from core.storage.store import Store


async def begun(store: Store) -> tuple[Conversation, Message]:
    new, asked = conversation("Title"), question()
    reply = beginning(after=asked)
    await store.save_exchange(new, [asked, reply])
    return new, reply


async def test_an_exchange_is_read_as_it_was_saved() -> None:
    async with opened(None, clock=Clock()) as store:
        asked = question(created_at=NOON - 5)
        reply = answer(
            "Because.",
            after=asked,
            reasoning="Hm.",
            profile="site",
            model="m",
            finish_reason="stop",
            error="odd",
            prompt_tokens=3,
            completion_tokens=4,
            ended_at=NOON + 1.5,
        )
        new = conversation(
            "Title",
            has_own_title=True,
            profile="site",
            model="m",
            system_prompt="Be brief.",
            parameters={"temperature": 0.5, "stop": ["а"]},
            is_pinned=True,
        )
        await store.save_exchange(new, [asked, reply])
        found = await loaded(store, new.id)
        assert found.messages == (asked, reply)
        for name in (
            *("id", "parent_id", "reasoning", "profile", "model", "finish_reason", "error"),
            *("prompt_tokens", "completion_tokens", "ended_at", "state"),
        ):
            assert getattr(found.messages[1], name) == getattr(reply, name), name
        for name in ("title", "has_own_title", "profile", "model", "system_prompt", "is_pinned"):
            assert getattr(found, name) == getattr(new, name), name
        assert dict(found.parameters) == new.parameters
        assert (found.created_at, found.updated_at, found.leaf_id) == (NOON, NOON, reply.id)
        assert (found.messages[0].created_at, found.messages[1].created_at) == (NOON - 5, NOON)


async def test_what_is_not_there_is_none() -> None:
    async with opened(None) as store:
        assert await store.load(1) is None
        assert await store.load_tree(1) is None
        assert await store.newest_id() is None
        assert not await store.update(1, title="x")
        with pytest.raises(StorageError):
            await store.choose_version(1, 2)


async def test_saving_twice_changes_nothing() -> None:
    async with opened(None) as store:
        new, asked = conversation(), question("first words")
        await store.save_exchange(new, [asked])
        await store.save_exchange(new, [ended(asked, "other words")])
        assert texts(await loaded(store, new.id)) == ["first words"]


async def test_a_message_of_another_conversation_is_not_taken_for_ones_own() -> None:
    async with opened(None) as store:
        asked = question()
        await store.save_exchange(conversation(), [asked])
        other = conversation()
        with pytest.raises(StorageError):
            await store.save_exchange(other, [question(), asked])
        assert await store.load(other.id) is None


async def test_a_message_whose_parent_is_gone_is_kept() -> None:
    async with opened(None) as store:
        new = conversation()
        await store.save_exchange(new, [question("kept", after=question("kept nowhere"))])
        assert texts(await loaded(store, new.id)) == ["kept"]


async def test_checkpoints_are_read_before_the_reply_has_ended() -> None:
    async with opened(None) as store:
        new, reply = await begun(store)
        await store.checkpoint(reply.id, reasoning="Let me ")
        await store.checkpoint(reply.id, text="Be", reasoning="see.")
        await store.checkpoint(reply.id, text="cause")
        found = (await loaded(store, new.id)).messages[-1]
        assert (found.text, found.reasoning) == ("Because", "Let me see.")
        assert found.state is MessageState.STREAMING
        assert (await store.summaries([new.id]))[0].is_streaming


async def test_a_reply_that_ended_is_what_it_was_in_the_end() -> None:
    async with opened(None) as store:
        new, reply = await begun(store)
        await store.checkpoint(reply.id, text="Becau")
        await store.end_message(ended(reply, "Because.", state=MessageState.STOPPED))
        await store.checkpoint(reply.id, text="too late")
        found = (await loaded(store, new.id)).messages[-1]
        assert (found.text, found.state) == ("Because.", MessageState.STOPPED)
        assert not (await store.summaries([new.id]))[0].is_streaming
        await store.reopen_message(reply.id)
        assert (await loaded(store, new.id)).messages[-1].text == "Because."


async def test_a_reply_that_goes_on_keeps_its_text() -> None:
    async with opened(None) as store:
        new, reply = await begun(store)
        await store.end_message(ended(reply, "Because ", state=MessageState.CUT))
        await store.reopen_message(reply.id)
        await store.checkpoint(reply.id, text="of that.")
        found = (await loaded(store, new.id)).messages[-1]
        assert (found.text, found.state) == ("Because of that.", MessageState.STREAMING)
        await store.end_message(ended(reply, "Because of that."))
        assert texts(await loaded(store, new.id))[-1] == "Because of that."


async def test_a_reply_that_was_removed_meanwhile_ends_quietly() -> None:
    async with opened(None) as store:
        new, reply = await begun(store)
        await store.delete_conversations([new.id])
        await store.empty_trash()
        await store.checkpoint(reply.id, text="x")
        await store.end_message(ended(reply, "x"))
        await store.reopen_message(reply.id)
        assert await store.load(new.id) is None


async def test_what_was_streaming_is_interrupted_at_the_next_start(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        new, reply = await begun(store)
        await store.checkpoint(reply.id, text="Beca", reasoning="Hm")
        await store.checkpoint(reply.id, text="use")
        other, again = await begun(store)
        await store.end_message(ended(again, "Because "))
        await store.reopen_message(again.id)
        await store.checkpoint(again.id, text="of")
    async with opened(tmp_path) as store:
        assert set(store.recovered) == {new.id, other.id}
        found = (await loaded(store, new.id)).messages[-1]
        assert (found.text, found.reasoning) == ("Because", "Hm")
        assert found.state is MessageState.INTERRUPTED
        assert (await loaded(store, other.id)).messages[-1].text == "Because of"
    async with opened(tmp_path) as store:
        assert store.recovered == ()


async def test_a_list_has_the_pinned_first_and_then_the_newest() -> None:
    clock = Clock()
    async with opened(None, clock=clock) as store:
        made = []
        for number in range(4):
            clock.now += 1
            made.append(await said(store, "?", title=str(number)))
        await store.update(made[1].id, is_pinned=True)
        await store.update(made[3].id, is_archived=True)
        index = await store.index()
        assert list(index.ids) == [made[1].id, made[2].id, made[0].id]
        assert list(index.times) == [NOON + 2, NOON + 3, NOON + 1]
        assert index.pinned_count == 1
        assert list((await store.index(section=Section.ARCHIVED)).ids) == [made[3].id]
        assert await store.newest_id() == made[2].id


@pytest.mark.parametrize(
    "condition",
    [
        "deleted_at = 0 AND is_archived = 0 ORDER BY is_pinned DESC, updated_at DESC, id DESC",
        """deleted_at = 0 AND is_archived = 0 AND folder_id IS 1
        ORDER BY is_pinned DESC, updated_at DESC, id DESC""",
        "deleted_at > 0 ORDER BY deleted_at DESC, id DESC",
    ],
)
def test_a_list_is_read_along_an_index_alone(condition: str) -> None:
    connection = open_file(None)
    columns = "id, deleted_at" if "> 0" in condition else "id, updated_at, is_pinned"
    plan = connection.execute(
        f"EXPLAIN QUERY PLAN SELECT {columns} FROM conversation WHERE {condition}"  # noqa: S608 - ours
    ).fetchall()
    connection.close()
    assert len(plan) == 1
    assert "USING COVERING INDEX" in plan[0][3]


async def test_summaries_come_in_the_order_asked_for() -> None:
    async with opened(None, clock=Clock()) as store:
        one, two = await said(store, "?", title="1"), await said(store, "?", title="2")
        found = await store.summaries([two.id, 5, one.id])
        assert found == [
            ConversationSummary(two.id, "2", NOON),
            ConversationSummary(one.id, "1", NOON),
        ]


async def test_what_is_changed_does_not_count_as_said() -> None:
    clock = Clock()
    async with opened(None, clock=clock) as store:
        folder = await store.add_folder("Work")
        new = await said(store, "?")
        clock.now += DAY
        assert await store.update(
            new.id,
            title="Заголовок",
            has_own_title=True,
            parameters={"top_p": 1},
            folder_id=folder.id,
            draft="half a sen",
        )
        found = await loaded(store, new.id)
        assert (found.title, found.has_own_title, found.draft) == ("Заголовок", True, "half a sen")
        assert (dict(found.parameters), found.folder_id) == ({"top_p": 1}, folder.id)
        assert found.updated_at == NOON
        await store.save_exchange(found, [question()])
        found = await loaded(store, new.id)
        assert (found.draft, found.updated_at) == ("", NOON + DAY)


async def test_only_what_can_be_changed_is_changed() -> None:
    async with opened(None) as store:
        new = await said(store, "?")
        with pytest.raises(TypeError):
            await store.update(new.id, leaf_id=1)  # type: ignore[call-arg]  # that is the test
        assert await store.update(new.id)


async def test_folders_are_sorted_by_name_and_hold_conversations() -> None:
    async with opened(None) as store:
        work, art = await store.add_folder("work"), await store.add_folder("Art")
        await store.rename_folder(work.id, "Zoo")
        assert [folder.name for folder in await store.folders()] == ["Art", "Zoo"]
        new, other = await said(store, "?", folder_id=art.id), await said(store, "?")
        assert list((await store.index(folder_id=art.id)).ids) == [new.id]
        assert list((await store.index(folder_id=None)).ids) == [other.id]


async def test_the_newest_version_is_shown_and_others_can_be_chosen() -> None:
    async with opened(None) as store:
        first = await said(store, "Why?", "One.", "And?", "More.")
        why, one, _, more = first.messages
        two = answer("Two.", after=why)
        await store.save_exchange(first, [two])
        found = await loaded(store, first.id)
        assert texts(found) == ["Why?", "Two."]
        assert found.versions == {two.id: (one.id, two.id)}
        found = await store.choose_version(first.id, one.id)
        assert (texts(found)[-1], found.leaf_id) == ("More.", more.id)


async def test_a_branch_goes_on_by_what_is_not_deleted() -> None:
    async with opened(None) as store:
        talk = await said(store, "Why?", "One.")
        newer = answer("Two.", after=talk.messages[0])
        await store.save_exchange(talk, [newer])
        await store.delete_message(newer.id)
        found = await store.choose_version(talk.id, talk.messages[0].id)
        assert texts(found) == ["Why?", "One."]


async def test_a_clock_that_jumps_back_leaves_the_order_as_it_was_said() -> None:
    clock = Clock()
    async with opened(None, clock=clock) as store:
        first = await said(store, "Why?", "One.")
        why, one = first.messages
        clock.now -= 1000 * DAY
        # An id that was made while the clock was behind is smaller than the others.
        two = ended(one, "Two.", id=5)
        await store.save_exchange(first, [two])
        found = await store.choose_version(first.id, why.id)
        assert texts(found) == ["Why?", "Two."]
        assert found.versions == {two.id: (one.id, two.id)}


async def test_listeners_are_told_after_the_change_on_the_loops_thread() -> None:
    async with opened(None) as store:
        told: list[StoreChange] = []
        stop = store.subscribe(told.append)
        new, reply = await begun(store)
        assert told == [
            StoreChange(ChangeKind.CONVERSATION_ADDED, new.id),
            StoreChange(ChangeKind.MESSAGES_CHANGED, new.id),
        ]
        told.clear()
        await store.checkpoint(reply.id, text="x")
        assert told == []
        await store.end_message(ended(reply, "x"))
        assert StoreChange(ChangeKind.MESSAGES_CHANGED, new.id) in told
        told.clear()
        deletion = await store.delete_conversations([new.id])
        assert told == [StoreChange(ChangeKind.CONVERSATION_REMOVED, new.id)]
        stop()
        await store.restore(deletion)
        assert len(told) == 1


async def test_a_change_that_failed_is_told_to_nobody() -> None:
    async with opened(None) as store:
        told: list[StoreChange] = []
        store.subscribe(told.append)
        with pytest.raises(StorageError):
            await store.choose_version(1, 2)
        assert told == []


async def test_the_place_may_have_any_letters(tmp_path: Path) -> None:
    folder = tmp_path / "Мои данные #1 ?%20" / "ёж"
    async with opened(folder) as store:
        await said(store, "Ёлка")
        assert len(await store.search("елка")) == 1
        assert await store.back_up_if_due() is not None
    async with opened(folder) as store:
        assert len((await store.index()).ids) == 1


def test_importing_the_store_is_cheap() -> None:
    code = (
        "import asyncio, sys; before = set(sys.modules); import core.storage.store;"
        "print(*{name.partition('.')[0] for name in set(sys.modules) - before})"
    )
    root = Path(__file__).parents[3]
    found = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, check=True)
    heavy = {"aiohttp", "msgspec", "platformdirs", "shutil", "tempfile", "PySide6", "logging"}
    assert not heavy & set(found.stdout.decode().split())


async def test_a_store_in_memory_finds_and_needs_no_backup() -> None:
    async with opened(None) as store:
        await said(store, "secret")
        assert await store.back_up_if_due() is None
        assert len(await store.search("secret")) == 1
