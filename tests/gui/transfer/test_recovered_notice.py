from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from helpers.conversation import until
from helpers.stores import beginning, conversation, opened, question

from core.storage.store import Store
from gui.tasks import TaskScope
from gui.transfer.recovered_notice import RecoveredNotice

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


async def interrupted(store: Store, title: str) -> int:
    """Begin an answer that never ends."""
    new = conversation(title)
    asked = question()
    await store.save_exchange(new, [asked, beginning(after=asked)])
    return new.id


async def test_an_interrupted_answer_can_be_shown(tmp_path: Path, qtbot: QtBot) -> None:
    async with opened(tmp_path) as before:
        identity = await interrupted(before, "The {sky}")
    scope = TaskScope()
    async with opened(tmp_path) as store:
        notice = RecoveredNotice(store, scope=scope)
        qtbot.addWidget(notice.banner)
        notice.start()
        await until(lambda: bool(notice.banner.text()))
        assert notice.banner.text() == (
            "An answer was interrupted when the program ended: “The {sky}”."
        )
        with qtbot.waitSignal(notice.conversation_requested) as requested:
            notice.banner.action_button.click()
        assert requested.args == [identity]
        assert notice.banner.isHidden()
        await scope.close()


async def test_several_interrupted_answers_are_told_together(tmp_path: Path, qtbot: QtBot) -> None:
    async with opened(tmp_path, clock=iter(range(100, 200)).__next__) as before:
        await interrupted(before, "The sky")
        newest = await interrupted(before, "The sea")
    scope = TaskScope()
    async with opened(tmp_path) as store:
        notice = RecoveredNotice(store, scope=scope)
        qtbot.addWidget(notice.banner)
        notice.start()
        await until(lambda: bool(notice.banner.text()))
        assert "2 conversations" in notice.banner.text()
        assert "“The sea”" in notice.banner.text()
        with qtbot.waitSignal(notice.conversation_requested) as requested:
            notice.banner.action_button.click()
        assert requested.args == [newest]
        await scope.close()


async def test_an_answer_in_the_trash_is_not_told(tmp_path: Path, qtbot: QtBot) -> None:
    async with opened(tmp_path) as before:
        await before.delete_conversations([await interrupted(before, "The sky")])
    scope = TaskScope()
    async with opened(tmp_path) as store:
        notice = RecoveredNotice(store, scope=scope)
        qtbot.addWidget(notice.banner)
        notice.start()
        await scope.finish()
        assert notice.banner.text() == ""


async def test_nothing_is_said_when_nothing_was_interrupted(store: Store, qtbot: QtBot) -> None:
    scope = TaskScope()
    notice = RecoveredNotice(store, scope=scope)
    qtbot.addWidget(notice.banner)
    notice.start()
    assert not len(scope)
