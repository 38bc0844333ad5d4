"""What one window shows of many conversations, versions and messages."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

from helpers.conversation import signalled, until
from helpers.kept_conversations import keeping, locked
from helpers.stores import said, texts

from core.demo import DemoSite
from core.models import Message
from gui.profiles import profile_of


async def test_two_windows_show_the_same_conversation() -> None:
    async with keeping() as kept:
        one, other = kept.controller(), kept.controller()
        await kept.answered(one, ("one?", "One."))
        other.open(one.conversation.id)
        await signalled(other.conversation_opened)
        heard: list[list[str]] = [[], []]
        for controller, texts_heard in zip((one, other), heard, strict=True):
            controller.message_added.connect(partial(_note, texts_heard))
            controller.text_arrived.connect(texts_heard.append)
        kept.told.say("Two.")
        kept.told.finish()
        other.send("two?")
        assert one.is_running
        assert not one.send("three?")
        await kept.ended(one)
        assert heard == [["two?", "Two."]] * 2
        assert one.conversation is other.conversation
        one.close()
        other.start_conversation()
        await until(lambda: kept.conversations.find(one.conversation.id) is None)


def _note(heard: list[str], message: Message) -> None:
    heard.append(message.text)


async def test_of_two_that_are_opened_quickly_the_last_is_shown() -> None:
    async with keeping() as kept:
        store = await kept.store()
        first, second = await said(store, "one", "One"), await said(store, "two", "Two")
        held = await kept.conversations.open(second.id)
        assert held is not None
        controller = kept.controller()
        controller.open(first.id)
        controller.open(second.id)
        await kept.at_rest()
        assert controller.conversation.id == second.id
        controller.open(first.id)
        controller.start_conversation()
        await kept.at_rest()
        assert not controller.conversation.messages
        await until(lambda: kept.conversations.find(first.id) is None)


async def test_a_question_after_the_choice_of_a_version_goes_where_it_is_shown() -> None:
    for turns in range(6):
        async with keeping() as kept:
            controller = kept.controller()
            await kept.answered(controller, ("one?", "First."))
            old = controller.conversation.messages[1].id
            kept.told.say("Second.")
            kept.told.finish()
            controller.regenerate(old)
            await kept.ended(controller)
            kept.told.say("Two.")
            kept.told.finish()
            controller.choose_version(controller.conversation.messages[1].id, -1)
            for _ in range(turns):
                await asyncio.sleep(0)
            controller.send("two?")
            await kept.ended(controller)
            await kept.at_rest()
            await until(lambda: len(kept.replies) == 0)
            assert texts(controller.conversation) == texts(await kept.on_disk(controller))
            assert texts(controller.conversation)[2:] == ["two?", "Two."]


async def test_a_choice_that_had_to_wait_for_the_disk_does_not_move_a_new_question(
    tmp_path: Path,
) -> None:
    async with keeping(tmp_path) as kept:
        controller = kept.controller()
        await kept.answered(controller, ("one?", "First."))
        controller.regenerate(controller.conversation.messages[1].id)
        await kept.told.asked(2)
        with locked(tmp_path):
            kept.told.say("Second.")
            kept.told.finish()
            await until(lambda: not controller.is_running)
            controller.choose_version(controller.conversation.messages[1].id, -1)
            await asyncio.sleep(0)
            controller.send("two?")
            await asyncio.sleep(0)
        kept.told.say("Two.")
        kept.told.finish()
        await kept.ended(controller)
        await kept.at_rest()
        expected = ["one?", "Second.", "two?", "Two."]
        assert texts(controller.conversation) == expected
        assert texts(await kept.on_disk(controller)) == expected


async def test_versions_are_gone_through_and_end_at_both_ends() -> None:
    async with keeping() as kept:
        controller = kept.controller()
        await kept.answered(controller, ("one?", "First."), ("two?", "Two."))
        kept.told.say("Second.")
        kept.told.finish()
        controller.regenerate(controller.conversation.messages[1].id)
        await kept.ended(controller)
        seen = []
        for step in (-1, -1, 1, 1):
            controller.choose_version(controller.conversation.messages[1].id, step)
            await kept.at_rest()
            seen.append(texts(controller.conversation)[1:])
        assert seen == [["First.", "two?", "Two."]] * 2 + [["Second."]] * 2


async def test_a_deleted_message_comes_back() -> None:
    async with keeping() as kept:
        controller = kept.controller()
        await kept.answered(controller, ("one?", "One."), ("two?", "Two."))
        deleted = signalled(controller.message_deleted)
        controller.delete_message(controller.conversation.messages[1].id)
        await deleted
        assert texts(controller.conversation) == ["one?", "two?", "Two."]
        controller.undo_delete()
        await kept.at_rest()
        assert texts(controller.conversation) == ["one?", "One.", "two?", "Two."]
        controller.undo_delete()
        await kept.at_rest()


async def test_a_question_right_after_a_deletion_does_not_bring_the_message_back() -> None:
    for turns in range(8):
        async with keeping() as kept:
            controller = kept.controller()
            await kept.answered(controller, ("one?", "One."))
            kept.told.say("Two.")
            kept.told.finish()
            controller.delete_message(controller.conversation.messages[0].id)
            for _ in range(turns):
                await asyncio.sleep(0)
            controller.send("two?")
            await kept.ended(controller)
            await kept.at_rest()
            await until(lambda: len(kept.replies) == 0)
            assert texts(controller.conversation) == texts(await kept.on_disk(controller))
            assert texts(controller.conversation)[-3:] == ["One.", "two?", "Two."]


async def test_a_conversation_that_is_deleted_is_left() -> None:
    async with keeping() as kept:
        controller = kept.controller()
        await kept.answered(controller, ("one?", "One."))
        left, opened = signalled(controller.conversation_left), controller.conversation_opened
        shown = signalled(opened)
        await (await kept.store()).delete_conversations([controller.conversation.id])
        await left
        assert not (await shown).messages
        assert controller.send("new")
        controller.stop()


async def test_a_hit_on_another_branch_is_shown_and_sought() -> None:
    async with keeping() as kept:
        controller = kept.controller()
        await kept.answered(controller, ("one?", "First."))
        identity, old = controller.conversation.id, controller.conversation.messages[1].id
        kept.told.say("Second.")
        kept.told.finish()
        controller.regenerate(old)
        await kept.ended(controller)
        controller.start_conversation()
        sought = signalled(controller.message_sought)
        controller.open(identity, message_id=old)
        assert await sought == old
        assert texts(controller.conversation) == ["one?", "First."]


async def test_a_conversation_is_asked_where_it_was_asked_last(demo_site: DemoSite) -> None:
    async with keeping() as kept:
        controller = kept.controller()
        site = profile_of(demo_site.url)
        controller.set_profile(site)
        await kept.answered(controller, ("one?", "One."))
        identity = controller.conversation.id
        controller.start_conversation()
        controller.set_profile(profile_of("demo"))
        opened = signalled(controller.conversation_opened)
        controller.open(identity)
        await opened
        assert controller.profile.address == site.address
