from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Self

import pytest
from helpers.conversation import until
from helpers.stores import said
from PySide6.QtWidgets import QFileDialog

from core.storage.store import Store
from gui.tasks import TaskScope
from gui.transfer.mirror_dialog import MirrorDialog
from gui.transfer.mirror_link import MirrorLink

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class Desk:
    """A mirror, its dialog, and what was remembered of it."""

    def __init__(self, store: Store, scope: TaskScope, qtbot: QtBot) -> None:
        self.kept: list[str] = []
        self.scope = scope
        self.mirror = MirrorLink(store, scope=scope, keep=self.kept.append)
        self.dialog = MirrorDialog(self.mirror)
        qtbot.addWidget(self.dialog)
        qtbot.addWidget(self.mirror.banner)
        self.dialog.open()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.mirror.close()


@pytest.fixture
def desk(store: Store, scope: TaskScope, qtbot: QtBot) -> Desk:
    """Give a mirror that the test closes: it works on as long as the loop runs."""
    return Desk(store, scope, qtbot)


def files_in(folder: Path) -> list[str]:
    """Return the names of the Markdown files."""
    return [path.name for path in folder.glob("*.md")]


async def test_a_chosen_folder_gets_every_conversation(
    desk: Desk, store: Store, tmp_path: Path
) -> None:
    async with desk:
        await said(store, "Why?", title="The sky")
        desk.mirror.set_folder(tmp_path)
        await until(lambda: len(files_in(tmp_path)) == 1)
        assert desk.kept == [str(tmp_path)]
        assert str(tmp_path) in desk.dialog.place.text()
        assert desk.dialog.off_button.isVisible()


async def test_the_folder_is_asked_for_without_blocking(desk: Desk, tmp_path: Path) -> None:
    async with desk:
        desk.dialog.choose_button.click()
        question = desk.dialog.findChild(QFileDialog, "mirrorFolderDialog")
        question.setDirectory(str(tmp_path))
        question.selectFile(str(tmp_path))
        question.accept()
        await until(lambda: desk.mirror.folder is not None)
        assert desk.mirror.folder == tmp_path


async def test_what_was_kept_goes_on_at_the_next_start(
    desk: Desk, store: Store, tmp_path: Path
) -> None:
    async with desk:
        await said(store, "Why?", title="The sky")
        desk.mirror.start(str(tmp_path))
        await until(lambda: len(files_in(tmp_path)) == 1)
        assert not desk.kept


async def test_switched_off_the_files_stay_and_nothing_follows(
    desk: Desk, store: Store, tmp_path: Path
) -> None:
    async with desk:
        await said(store, "Why?", title="The sky")
        desk.mirror.set_folder(tmp_path)
        await until(lambda: len(files_in(tmp_path)) == 1)
        desk.dialog.off_button.click()
        await until(lambda: not len(desk.scope))
        await said(store, "How?", title="The sea")
        await desk.mirror.close()
        assert len(files_in(tmp_path)) == 1
        assert desk.kept[-1] == ""
        assert desk.dialog.off_button.isHidden()
        assert "files stay" in desk.dialog.place.text()


async def test_closing_writes_what_has_changed(desk: Desk, store: Store, tmp_path: Path) -> None:
    async with desk:
        desk.mirror.set_folder(tmp_path)
        await until(lambda: not len(desk.scope))
        await said(store, "Why?", title="The sky")
        await desk.mirror.close()
        assert len(files_in(tmp_path)) == 1


async def test_another_folder_takes_the_place_of_the_first(
    desk: Desk, store: Store, tmp_path: Path
) -> None:
    async with desk:
        one, other = tmp_path / "one", tmp_path / "other"
        await said(store, "Why?", title="The sky")
        desk.mirror.set_folder(one)
        desk.mirror.set_folder(other)
        await until(lambda: other.is_dir() and len(files_in(other)) == 1)
        await said(store, "How?", title="The sea")
        await desk.mirror.close()
        assert len(files_in(other)) == 2
        assert not one.exists() or not files_in(one)


async def test_a_folder_that_is_gone_is_said_in_the_notice_and_in_the_dialog(
    desk: Desk, store: Store, tmp_path: Path, qtbot: QtBot
) -> None:
    async with desk:
        await said(store, "Why?", title="The sky")
        gone = tmp_path / "drive" / "notes"
        gone.parent.mkdir()
        shutil.rmtree(gone.parent)
        desk.mirror.set_folder(gone)
        await until(lambda: bool(desk.mirror.banner.text()))
        assert "“notes” cannot be written" in desk.mirror.banner.text()
        assert "“notes” cannot be written" in desk.dialog.problem.text()
        with qtbot.waitSignal(desk.mirror.choice_requested):
            desk.mirror.banner.action_button.click()
        desk.mirror.set_folder(None)
        assert desk.mirror.banner.text() == ""
        assert desk.dialog.problem.isHidden()
