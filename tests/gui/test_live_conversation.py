"""One conversation that is asked, shown and kept."""

from __future__ import annotations

from pathlib import Path

from helpers.conversation import signalled, until
from helpers.kept_conversations import Kept, impatient, keeping, locked
from helpers.stores import texts

from core.errors import ChatError, Fault
from core.events import FinishReason
from core.models import Message, MessageState, Role
from core.reply import ReplyState
from gui.live_conversation import LiveConversation


def shown_by(live: LiveConversation) -> list[str]:
    """Return the texts that a view has, kept up to date by the signals alone."""
    shown: list[str] = []

    def on_branch(index: int) -> None:
        shown[index:] = [message.text for message in live.conversation.messages[index:]]

    def on_message(message: Message) -> None:
        shown.append(message.text)

    def on_text(text: str) -> None:
        shown[-1] += text

    live.message_added.connect(on_message)
    live.answer_started.connect(on_message)
    live.branch_changed.connect(on_branch)
    live.text_arrived.connect(on_text)
    return shown


async def the_same_everywhere(kept: Kept, live: LiveConversation, *expected: str) -> None:
    await kept.ended(live)
    assert texts(live.conversation) == list(expected)
    assert texts(await kept.on_disk(live)) == list(expected)


async def test_a_conversation_has_its_title_with_the_question() -> None:
    async with keeping() as kept:
        live = kept.conversations.start()
        live.set_draft("How do")
        live.send("How do I sort?", kept.profile)
        assert live.conversation.title == "How do I sort?"
        assert not live.conversation.draft
        live.stop()


async def test_stopped_and_asked_again_at_once_nothing_is_mixed_up() -> None:
    async with keeping() as kept:
        live = kept.conversations.start()
        shown = shown_by(live)
        for number in range(8):
            assert live.send(f"question {number}", kept.profile)
            if number % 2:
                await kept.told.asked(number // 2 + 1)
            live.stop()
        kept.told.say("At last")
        kept.told.finish()
        live.send("the last", kept.profile)
        questions = [f"question {number}" for number in range(8)]
        await the_same_everywhere(kept, live, *questions, "the last", "At last")
        assert shown == texts(live.conversation)


async def test_a_rename_during_the_answer_stays() -> None:
    async with keeping() as kept:
        live = kept.conversations.start()
        live.send("Why?", kept.profile)
        await kept.told.asked()
        await (await kept.store()).update(live.conversation.id, title="Mine", has_own_title=True)
        await until(lambda: live.conversation.title == "Mine")
        kept.told.say("So.")
        kept.told.finish()
        await kept.ended(live)
        assert live.conversation.title == "Mine"
        assert (await kept.on_disk(live)).title == "Mine"


async def test_a_version_of_which_nothing_comes_gives_way_to_the_old_one() -> None:
    async with keeping() as kept:
        live = kept.conversations.start()
        shown = shown_by(live)
        await kept.answered(live, ("one?", "One."), ("two?", "Two."))
        kept.told.fail()
        live.regenerate(live.conversation.messages[1].id, kept.profile)
        assert shown == ["one?"]
        await the_same_everywhere(kept, live, "one?", "One.", "two?", "Two.")
        assert shown == ["one?", "One.", "two?", "Two."]


async def test_retry_asks_for_the_version_that_failed_not_for_the_last() -> None:
    async with keeping() as kept:
        live = kept.conversations.start()
        await kept.answered(live, ("one?", "One."), ("two?", "Two."))
        kept.told.fail()
        live.regenerate(live.conversation.messages[1].id, kept.profile)
        await kept.ended(live)
        kept.told.say("Other one.")
        kept.told.finish()
        live.retry(kept.profile)
        await the_same_everywhere(kept, live, "one?", "Other one.")


async def test_retry_after_a_version_broke_off_asks_for_that_again() -> None:
    async with keeping() as kept:
        live = kept.conversations.start()
        await kept.answered(live, ("one?", "One."))
        kept.told.say("Par")
        kept.told.fail()
        live.regenerate(live.conversation.messages[1].id, kept.profile)
        await kept.ended(live)
        kept.told.say("Whole.")
        kept.told.finish()
        live.retry(kept.profile)
        await the_same_everywhere(kept, live, "one?", "Whole.")
        assert len(live.versions_of(live.conversation.messages[-1].id)) == 3


async def test_retry_after_going_on_failed_goes_on() -> None:
    async with keeping() as kept:
        live = kept.conversations.start()
        shown = shown_by(live)
        kept.told.say("Six seven")
        kept.told.finish(FinishReason.LENGTH)
        live.send("Count", kept.profile)
        await kept.ended(live)
        answer = live.conversation.messages[-1]
        assert answer.state is MessageState.CUT
        kept.told.fail()
        live.continue_answer(kept.profile)
        await kept.ended(live)
        kept.told.say("seven eight")
        kept.told.finish()
        live.retry(kept.profile)
        await the_same_everywhere(kept, live, "Count", "Six seven eight")
        assert live.conversation.messages[-1].id == answer.id
        assert shown == ["Count", "Six seven eight"]


async def test_an_answer_without_its_question_is_not_asked_for_again() -> None:
    async with keeping() as kept:
        live = kept.conversations.start()
        shown = shown_by(live)
        await kept.answered(live, ("one?", "One."))
        await (await kept.store()).delete_message(live.conversation.messages[0].id)
        await kept.conversations.refresh(live)
        failed: list[ChatError] = []
        live.failed.connect(failed.append)
        kept.told.fail()
        live.regenerate(live.conversation.messages[0].id, kept.profile)
        await kept.ended(live)
        assert len(failed) == 1
        assert shown == texts(live.conversation) == ["One."]


async def test_a_question_whose_answer_was_deleted_is_answered_beside_it() -> None:
    async with keeping() as kept:
        live = kept.conversations.start()
        await kept.answered(live, ("one?", "One."))
        store = await kept.store()
        deletion = await store.delete_message(live.conversation.messages[1].id)
        await kept.conversations.refresh(live)
        assert texts(live.conversation) == ["one?"]
        kept.told.say("Other.")
        kept.told.finish()
        live.retry(kept.profile)
        await the_same_everywhere(kept, live, "one?", "Other.")
        await store.restore(deletion)
        await kept.conversations.refresh(live)
        assert len(live.versions_of(live.conversation.messages[-1].id)) == 2


async def test_a_draft_written_during_the_answer_is_there_after_it() -> None:
    async with keeping() as kept:
        live = kept.conversations.start()
        live.send("one?", kept.profile)
        await kept.told.asked()
        await kept.conversations.keep_draft(live, "two")
        kept.told.fail()
        await kept.ended(live)
        assert live.conversation.draft == "two"
        assert (await kept.on_disk(live)).draft == "two"


async def test_a_draft_in_memory_is_newer_than_that_of_the_store() -> None:
    async with keeping() as kept:
        live = kept.conversations.start()
        await kept.answered(live, ("one?", "One."))
        live.set_draft("two")
        await (await kept.store()).delete_message(live.conversation.messages[0].id)
        await kept.conversations.refresh(live)
        assert texts(live.conversation) == ["One."]
        assert live.conversation.draft == "two"


async def test_what_the_disk_refuses_is_told_once_a_question(tmp_path: Path) -> None:
    async with impatient(tmp_path) as kept:
        live = kept.conversations.start()
        troubles: list[ChatError] = []
        live.not_saved.connect(troubles.append)
        with locked(tmp_path):
            await kept.answered(live, ("one?", "One."))
            assert live.is_unsaved
            assert [trouble.fault for trouble in troubles] == [Fault.STORE_LOCKED]
        await kept.answered(live, ("two?", "Two."))
        await the_same_everywhere(kept, live, "one?", "One.", "two?", "Two.")
        assert len(troubles) == 1
        assert not live.is_unsaved


async def test_who_joins_in_the_middle_sees_what_has_come() -> None:
    async with keeping() as kept:
        live = kept.conversations.start()
        live.send("one?", kept.profile)
        kept.told.say("Par")
        await signalled(live.text_arrived)
        assert texts(live.shown) == ["one?", "Par"]
        assert live.shown.messages[-1].state is MessageState.STREAMING
        shown = texts(live.shown)
        late = shown_by(live)
        late.extend(shown)
        kept.told.say("t.")
        kept.told.finish()
        await the_same_everywhere(kept, live, "one?", "Part.")
        assert late == ["one?", "Part."]


async def test_versions_are_there_while_one_is_written() -> None:
    async with keeping() as kept:
        live = kept.conversations.start()
        await kept.answered(live, ("one?", "One."))
        live.regenerate(live.conversation.messages[1].id, kept.profile)
        kept.told.say("Par")
        started = await signalled(live.answer_started)
        assert isinstance(started, Message)
        assert started.role is Role.ASSISTANT
        assert len(live.versions_of(started.id)) == 2
        live.stop()
        assert live.state is ReplyState.STOPPED
