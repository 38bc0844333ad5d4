"""What reaches the disk while an answer comes, and what happens when the disk refuses it."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from pathlib import Path

from helpers.recorded_talk import (
    AT_ONCE,
    NEVER,
    RecordedTalk,
    checkpointed,
    locked,
    rows,
    talking,
    until,
)
from helpers.stores import loaded, said, texts
from helpers.told_provider import Told
from helpers.unwritable import small_disk

from core.chat import asking, with_pending_answer, with_question
from core.errors import Fault, StorageError
from core.models import MessageState, Profile
from core.reply import ReplyState
from core.reply_keeper import Pace
from core.storage.store import Store


async def test_four_kilobytes_are_on_the_disk_while_more_comes(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        talk.pace = replace(NEVER, checkpoint_bytes=4_096)
        talk.told.say("я" * 2_000)
        talk.ask("Why?")
        await talk.told.asked()
        assert checkpointed(tmp_path) == ""
        talk.told.say("я" * 100)
        await until(lambda: checkpointed(tmp_path) == "я" * 2_100)
        await talk.stop()


async def test_what_has_come_is_on_the_disk_after_a_while_of_silence(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        talk.pace = AT_ONCE
        pieces = [f"{number} " for number in range(300)]
        talk.ask("Why?")
        for piece in pieces:
            talk.told.say(piece)
            await asyncio.sleep(0)
        await until(lambda: checkpointed(tmp_path) == "".join(pieces))
        await talk.stop()
        assert (await talk.kept()).messages[-1].text == "".join(pieces)


async def test_what_comes_during_a_checkpoint_does_not_wait_for_the_end(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        talk.pace = AT_ONCE
        talk.told.say("one ")
        recorded = talk.ask("Why?")
        await until(lambda: checkpointed(tmp_path) == "one ")
        with locked(tmp_path):
            talk.told.say("two ")
            await until(lambda: recorded.text == "one two " and talk.attempts == 3)
            talk.told.say("three")
            await until(lambda: recorded.text == "one two three")
        await until(lambda: checkpointed(tmp_path) == "one two three")
        assert not talk.troubles
        await talk.stop()


async def test_white_space_is_no_answer_not_even_on_the_disk(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        talk.pace = replace(AT_ONCE, checkpoint_bytes=4)
        talk.told.say("\n", " " * 9_000)
        recorded = talk.ask("Why?")
        await until(lambda: len(recorded.text) == 9_001)
        await talk.stop()
        assert not recorded.is_kept
        assert texts(await talk.kept()) == ["Why?"]
    assert rows(tmp_path, "SELECT role FROM message") == [("user",)]
    assert rows(tmp_path, "SELECT count(*) FROM message_part") == [(0,)]


async def test_stopping_while_the_question_is_being_saved_saves_it(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        with locked(tmp_path):
            recorded = talk.ask("Why?")
            for _ in range(5):
                await asyncio.sleep(0)
            assert talk.task is not None
            talk.task.cancel()
            recorded.abandon()
            await asyncio.wait([talk.task])
        await talk.end()
        assert texts(await talk.kept()) == ["Why?"]
        assert not talk.told.requests
        assert not talk.troubles


async def test_a_question_waits_for_a_store_that_is_slow_to_open() -> None:
    is_open = asyncio.Event()
    async with talking(None) as talk:
        store = talk.store

        async def open_slowly() -> Store | None:
            await is_open.wait()
            return store

        talk.open_store = open_slowly  # type: ignore[method-assign]  # as a slow source gives it
        talk.told.say("Because.")
        talk.told.finish()
        recorded = talk.ask("Why?")
        for _ in range(20):
            await asyncio.sleep(0)
        assert recorded.state is ReplyState.CONNECTING
        assert not talk.told.requests
        is_open.set()
        await talk.end()
        assert texts(await talk.kept()) == ["Why?", "Because."]


async def test_a_question_stopped_before_the_store_was_open_is_kept_when_it_is() -> None:
    is_open = asyncio.Event()
    async with talking(None) as talk:
        store = talk.store

        async def open_slowly() -> Store | None:
            await is_open.wait()
            return store

        talk.open_store = open_slowly  # type: ignore[method-assign]  # as a slow source gives it
        recorded = talk.ask("Why?")
        await asyncio.sleep(0)
        assert talk.task is not None
        talk.task.cancel()
        recorded.abandon()
        await asyncio.wait([talk.task])
        is_open.set()
        await talk.end()
        assert texts(await talk.kept()) == ["Why?"]


async def test_what_a_locked_disk_refuses_is_told_once_and_kept_when_it_is_free(
    tmp_path: Path,
) -> None:
    async with talking(tmp_path, busy_timeout=0.01) as talk:
        talk.pace = AT_ONCE
        with locked(tmp_path):
            recorded = talk.ask("Why?")
            await talk.told.asked()
            talk.told.say("one ", "two ")
            await until(lambda: recorded.text == "one two " and talk.attempts >= 4)
        assert talk.troubles == [Fault.STORE_LOCKED]
        await until(lambda: checkpointed(tmp_path) == "one two ")
        await until(lambda: not recorded.is_unsaved)
        talk.told.say("three")
        talk.told.finish()
        await talk.end()
        assert talk.troubles == [Fault.STORE_LOCKED]
        assert texts(await talk.kept()) == ["Why?", "one two three"]


async def test_a_refused_checkpoint_leaves_no_hole(tmp_path: Path) -> None:
    async with talking(tmp_path, busy_timeout=0.01) as talk:
        talk.pace = AT_ONCE
        recorded = talk.ask("Why?")
        await talk.told.asked()
        with locked(tmp_path):
            talk.told.say("one ")
            await until(lambda: recorded.is_unsaved)
        talk.told.say("two")
        await until(lambda: checkpointed(tmp_path) == "one two")
        await talk.stop()


async def test_an_end_that_was_refused_is_kept_as_soon_as_it_can_be(tmp_path: Path) -> None:
    async with talking(tmp_path, busy_timeout=0.01) as talk:
        talk.pace = AT_ONCE
        talk.told.say("one ")
        recorded = talk.ask("Why?")
        await until(lambda: checkpointed(tmp_path) == "one ")
        with locked(tmp_path):
            talk.told.say("two")
            talk.told.finish()
            await talk.end()
            assert recorded.is_unsaved
            assert texts(talk.conversation) == ["Why?", "one two"]
        await recorded.kept()
        assert not recorded.is_unsaved
        answer = (await talk.kept()).messages[-1]
        assert (answer.text, answer.state) == ("one two", MessageState.COMPLETE)


async def test_the_last_chance_is_when_somebody_waits_for_the_end(tmp_path: Path) -> None:
    async with talking(tmp_path, busy_timeout=0.01) as talk:
        talk.told.say("Because.")
        talk.told.finish()
        with locked(tmp_path):
            recorded = talk.ask("Why?")
            await talk.end()
            assert recorded.is_unsaved
        await recorded.settled()
        recorded.give_up()
        assert texts(await talk.kept()) == ["Why?", "Because."]


async def test_the_next_question_brings_what_was_refused_before_it(tmp_path: Path) -> None:
    async with talking(tmp_path, busy_timeout=0.01) as talk:
        with locked(tmp_path):
            for number in (1, 2):
                talk.told.say(f"answer {number}")
                talk.told.finish()
                talk.ask(f"question {number}")
                await talk.end()
        talk.told.say("answer 3")
        talk.told.finish()
        talk.ask("question 3")
        await talk.end()
        kept = await talk.kept()

    assert talk.troubles == [Fault.STORE_LOCKED] * 2
    assert texts(kept) == texts(talk.conversation)
    assert [m.parent_id for m in kept.messages] == [None, *(m.id for m in kept.messages[:-1])]
    assert {m.state for m in kept.messages} == {MessageState.COMPLETE}


async def test_a_quick_second_question_is_not_undone_by_the_end_of_the_first(
    tmp_path: Path,
) -> None:
    async with talking(tmp_path) as talk:
        first = talk.ask("one?")
        await talk.told.asked()
        with locked(tmp_path):
            assert talk.task is not None
            talk.task.cancel()
            first.abandon()
            talk.conversation = first.conversation
            talk.told.say("Two.")
            talk.told.finish()
            talk.ask("two?")
            for _ in range(5):
                await asyncio.sleep(0)
        await talk.end()
        assert texts(talk.conversation) == texts(await talk.kept()) == ["one?", "two?", "Two."]


async def test_a_full_disk_is_told_once_and_nothing_is_lost(tmp_path: Path) -> None:
    pieces = [f"{number:06d} " * 100 for number in range(100)]
    with small_disk(tmp_path / "disk", kilobytes=1_024) as folder:
        async with talking(folder) as talk:
            talk.pace = Pace(retry_seconds=0.02)
            recorded = talk.ask("Why?")
            await talk.told.asked()
            ballast = folder / "ballast"
            with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
                while True:
                    file.write(bytes(4_096))
            talk.told.say(*pieces)
            await until(lambda: recorded.is_unsaved)
            await until(lambda: recorded.text == "".join(pieces))
            assert talk.troubles == [Fault.STORE_FULL]
            ballast.unlink()
            await until(lambda: checkpointed(folder) == "".join(pieces))
            talk.told.finish()
            await talk.end()
            assert talk.troubles == [Fault.STORE_FULL]
            assert (await talk.kept()).messages[-1].text == "".join(pieces)


async def test_a_store_that_cannot_be_opened_is_tried_again() -> None:
    refusals = 2
    async with talking(None) as talk:
        store = talk.store

        async def open_store() -> Store | None:
            nonlocal refusals
            if refusals:
                refusals -= 1
                raise StorageError(fault=Fault.STORE_READ_ONLY)
            return store

        talk.open_store = open_store  # type: ignore[method-assign]  # as a source in trouble does
        talk.pace = AT_ONCE
        talk.told.say("Because.")
        talk.told.finish()
        recorded = talk.ask("Why?")
        await talk.end()
        await recorded.kept()
        assert talk.troubles == [Fault.STORE_READ_ONLY]
        assert texts(await talk.kept()) == ["Why?", "Because."]


async def test_without_a_store_it_answers_all_the_same() -> None:
    talk = RecordedTalk(None, Told(), pace=AT_ONCE)
    talk.told.say("Because.")
    talk.told.finish()
    recorded = talk.ask("Why?")
    assert texts(await talk.end()) == ["Why?", "Because."]
    await recorded.kept()
    assert not recorded.is_unsaved
    assert not talk.troubles


async def test_while_it_goes_on_only_what_is_new_is_checkpointed(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        talk.told.say("One")
        talk.told.break_off()
        talk.ask("Count")
        before = await talk.end()
        talk.pace = AT_ONCE
        talk.told.say(" two", " three")
        talk.begin(before, continues=True)
        await until(lambda: checkpointed(tmp_path) == " two three")
        assert (await talk.kept()).messages[-1].text == "One two three"
        await talk.stop()
        assert (await talk.kept()).messages[-1].text == "One two three"


async def test_a_title_that_the_user_gave_meanwhile_stays() -> None:
    async with talking(None) as talk:
        talk.told.say("An answer with words")
        recorded = talk.ask("???")
        await until(lambda: bool(recorded.text))
        assert talk.store is not None
        await talk.store.update(talk.conversation.id, title="Mine", has_own_title=True)
        talk.told.finish()
        await talk.end()
        assert (await talk.kept()).title == "Mine"


async def test_a_question_without_words_gets_its_title_of_the_answer() -> None:
    async with talking(None) as talk:
        await talk.answered(("???", "An answer with words"))
        assert (await talk.kept()).title == talk.conversation.title == "An answer with words"


async def test_who_was_asked_last_is_kept_with_the_conversation() -> None:
    async with talking(None) as talk:
        await talk.answered(("Why?", "First."))
        other = Profile(name="Other", provider="chatgptfree", model="gpt")
        talk.conversation = asking(with_question(talk.conversation, "And?"), other)
        talk.told.say("So.")
        talk.told.finish()
        talk.begin(with_pending_answer(talk.conversation, other))
        await talk.end()
        kept = await talk.kept()
        assert (kept.profile, kept.model) == ("chatgptfree", "gpt")


async def test_an_answer_that_ends_in_the_trash_is_there_whole() -> None:
    async with talking(None) as talk:
        talk.told.say("Part")
        recorded = talk.ask("Why?")
        await until(lambda: recorded.text == "Part")
        assert talk.store is not None
        deletion = await talk.store.delete_conversations([talk.conversation.id])
        await talk.stop()
        assert (await talk.store.index()).ids.tolist() == []
        await talk.store.restore(deletion)
        assert texts(await talk.kept()) == ["Why?", "Part"]


async def test_other_conversations_are_kept_meanwhile() -> None:
    async with talking(None) as talk:
        recorded = talk.ask("Why?")
        assert talk.store is not None
        other = await said(talk.store, "one", "two")
        talk.told.say("Because.")
        await until(lambda: bool(recorded.text))
        await talk.stop()
        assert texts(await loaded(talk.store, other.id)) == ["one", "two"]
        assert texts(await talk.kept()) == ["Why?", "Because."]
