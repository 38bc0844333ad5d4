"""What stands in the composer, for each conversation its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from helpers.conversation import signalled, until
from helpers.kept_conversations import Kept, keeping
from PySide6.QtCore import QTimer

from gui.conversation_controller import ConversationController
from gui.draft_keeper import DraftKeeper
from gui.widgets.composer import Composer

if TYPE_CHECKING:
    from pathlib import Path


class Desk:
    """A composer with the conversation that it writes to."""

    def __init__(self, kept: Kept, *, new_draft: str = "") -> None:
        self.kept = kept
        self.new_drafts: list[str] = []
        self.composer = Composer()
        self.controller: ConversationController = kept.controller()
        self.keeper = DraftKeeper(
            self.composer, self.controller, new_draft=new_draft, keep_new=self.new_drafts.append
        )

    async def show(self, conversation_id: int) -> None:
        opened = signalled(self.controller.conversation_opened)
        self.controller.open(conversation_id)
        await opened

    async def two(self) -> tuple[int, int]:
        """Return two conversations, the second of which is shown."""
        await self.kept.answered(self.controller, ("one?", "One."))
        first = self.controller.conversation.id
        self.controller.start_conversation()
        await self.kept.answered(self.controller, ("two?", "Two."))
        return first, self.controller.conversation.id


@asynccontextmanager
async def desk(folder: Path | None = None, *, new_draft: str = "") -> AsyncIterator[Desk]:
    async with keeping(folder) as kept:
        desk = Desk(kept, new_draft=new_draft)
        yield desk
        desk.keeper.close()
        await kept.at_rest()
        desk.composer.deleteLater()


async def test_a_draft_waits_in_its_conversation() -> None:
    async with desk() as here:
        first, second = await here.two()
        here.composer.set_text("for two")
        await here.show(first)
        assert here.composer.text() == ""
        here.composer.set_text("for one")
        await here.show(second)
        assert here.composer.text() == "for two"
        await here.show(first)
        assert here.composer.text() == "for one"
        await here.kept.at_rest()
        assert (await here.kept.on_disk(here.controller)).draft == "for one"


async def test_who_comes_back_before_the_disk_has_it_finds_it() -> None:
    async with desk() as here:
        first, second = await here.two()
        held = await here.kept.conversations.open(first)
        assert held is not None
        here.composer.set_text("for two")
        here.controller.open(first)
        here.controller.open(second)
        await here.kept.at_rest()
        await here.show(first)
        await here.show(second)
        assert here.composer.text() == "for two"


async def test_a_pause_brings_the_draft_to_the_disk() -> None:
    async with desk() as here:
        await here.two()
        here.composer.set_text("not sent yet")
        (timer,) = here.keeper.findChildren(QTimer)
        assert timer.isActive()
        await until(lambda: not timer.isActive())
        await here.kept.at_rest()
        assert (await here.kept.on_disk(here.controller)).draft == "not sent yet"
        assert not here.new_drafts


async def test_the_draft_of_no_conversation_is_kept_until_it_is_sent() -> None:
    async with desk(new_draft="from before") as here:
        assert here.composer.text() == "from before"
        here.composer.set_text("new")
        here.keeper.keep()
        assert here.new_drafts == ["new"]
        assert here.controller.send("new")
        here.composer.clear()
        assert here.new_drafts == ["new", ""]
        here.controller.stop()
        here.controller.start_conversation()
        assert here.composer.text() == ""


async def test_the_new_draft_is_back_after_a_look_at_an_old_conversation() -> None:
    async with desk() as here:
        first, _ = await here.two()
        here.controller.start_conversation()
        here.composer.set_text("new")
        await here.show(first)
        assert here.composer.text() == ""
        here.controller.start_conversation()
        assert here.composer.text() == "new"
        here.composer.clear()


async def test_a_message_that_is_being_changed_is_no_draft() -> None:
    async with desk() as here:
        first, second = await here.two()
        here.composer.set_text("draft")
        here.composer.start_editing("two?")
        here.keeper.keep()
        await here.kept.at_rest()
        assert (await here.kept.on_disk(here.controller)).draft == ""
        await here.show(first)
        await here.show(second)
        assert here.composer.text() == "draft"


async def test_what_is_written_during_an_answer_is_a_draft() -> None:
    async with desk() as here:
        here.controller.send("one?")
        await here.kept.told.asked()
        here.composer.set_text("two?")
        here.keeper.keep()
        here.kept.told.say("One.")
        here.kept.told.finish()
        await here.kept.ended(here.controller)
        await here.kept.at_rest()
        assert (await here.kept.on_disk(here.controller)).draft == "two?"
        assert here.controller.conversation.draft == "two?"


async def test_closing_keeps_it() -> None:
    async with desk() as here:
        await here.two()
        here.composer.set_text("not sent yet")
        here.composer.start_editing("two?")
        here.keeper.close()
        await here.kept.at_rest()
        assert (await here.kept.on_disk(here.controller)).draft == "not sent yet"
        here.keeper = DraftKeeper(here.composer, here.controller)
