from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.conversation import until
from helpers.stores import opened, said
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton, QWidget

from core.errors import Fault, StorageError
from core.storage.runs import Run
from core.storage.store import FILE_NAME, Store
from gui.store_trouble import StoreTrouble
from gui.tasks import TaskScope
from gui.transfer.put_back_question import PutBackQuestion

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

NONSENSE = b"This was a database once. " * 1000


class Opener(QObject):
    """Stands in the place of the system's file manager."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[Path] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(Path(url.toLocalFile()))


@pytest.fixture
def opener() -> Iterator[Opener]:
    opener = Opener()
    QDesktopServices.setUrlHandler("file", opener, "open")
    yield opener
    QDesktopServices.unsetUrlHandler("file")


class Desk:
    """A notice about the store in a folder."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.file = folder / FILE_NAME
        self.scope = TaskScope()
        self.window = QWidget()
        self.store: Store | None = None
        self.trouble = StoreTrouble(
            self.file, scope=self.scope, window=self.window, close_store=self.close_store
        )
        self.banner = self.trouble.banner
        qtbot.addWidget(self.window)
        qtbot.addWidget(self.banner)
        self.window.show()

    async def close_store(self) -> None:
        if self.store is not None:
            await self.store.close()

    async def open(self) -> None:
        """Try to open the store, and tell what keeps it from being opened."""
        try:
            self.store = await Store.open(self.file, busy_timeout=0.01)
        except StorageError as exc:
            self.trouble.show_error(exc)
        await until(lambda: not self.trouble.is_busy)

    async def agree(self) -> None:
        """Ask for the copy, and say yes."""
        self.banner.action_button.click()
        question = self.window.findChild(PutBackQuestion)
        question.findChild(QPushButton, "putBackButton").click()
        await until(lambda: not self.trouble.is_busy)


@contextlib.asynccontextmanager
async def desk_at(folder: Path, qtbot: QtBot) -> AsyncIterator[Desk]:
    desk = Desk(folder, qtbot)
    try:
        yield desk
    finally:
        await desk.scope.close()
        await desk.close_store()


def replaced_in(folder: Path) -> list[Path]:
    """Return the files that a copy took the place of."""
    return list(folder.glob("beseda-replaced-*.sqlite3"))


async def damaged(folder: Path, *, with_copy: bool = True) -> None:
    """Leave a damaged file, and a copy of it from before."""
    async with opened(folder) as store:
        await said(store, "Why?", title="The sky")
        if with_copy:
            await store.back_up_if_due()
    (folder / FILE_NAME).write_bytes(NONSENSE)


async def test_a_damaged_file_is_replaced_by_its_copy_and_kept(
    tmp_path: Path, qtbot: QtBot
) -> None:
    await damaged(tmp_path)
    async with desk_at(tmp_path, qtbot) as desk:
        await desk.open()
        assert "is damaged" in desk.banner.text()
        assert "is whole" in desk.banner.text()
        assert desk.file.read_bytes() == NONSENSE

        with qtbot.waitSignal(desk.trouble.reopen_requested):
            await desk.agree()
        (old,) = replaced_in(tmp_path)
        assert old.read_bytes() == NONSENSE
        assert old.name in desk.banner.text()

        await desk.open()
        desk.trouble.clear()
        assert old.name in desk.banner.text(), "the news stays when the store is open"
        assert desk.store is not None
        assert len(await desk.store.tree_ids()) == 1


async def test_nothing_is_replaced_unless_the_user_agrees(tmp_path: Path, qtbot: QtBot) -> None:
    await damaged(tmp_path)
    async with desk_at(tmp_path, qtbot) as desk:
        await desk.open()
        desk.banner.action_button.click()
        question = desk.window.findChild(PutBackQuestion)
        assert "1 " in question.informativeText()
        assert question.defaultButton().objectName() == "cancelPutBackButton"
        question.defaultButton().click()
        assert not desk.trouble.is_busy
        assert desk.file.read_bytes() == NONSENSE
        assert not replaced_in(tmp_path)
        assert desk.banner.isVisible()


async def test_damage_is_met_while_the_store_is_open(tmp_path: Path, qtbot: QtBot) -> None:
    async with desk_at(tmp_path, qtbot) as desk:
        await desk.open()
        assert desk.store is not None
        await said(desk.store, "Why?", title="The sky")
        await desk.store.back_up_if_due()
        desk.trouble.show_error(StorageError(fault=Fault.STORE_DAMAGED, file=str(desk.file)))
        await until(lambda: not desk.trouble.is_busy)
        with qtbot.waitSignal(desk.trouble.reopen_requested):
            await desk.agree()
        await desk.open()
        assert len(await desk.store.tree_ids()) == 1


async def test_a_file_that_another_process_holds_is_not_replaced(
    tmp_path: Path, qtbot: QtBot
) -> None:
    await damaged(tmp_path)
    other = Run(tmp_path / "runs")
    async with desk_at(tmp_path, qtbot) as desk:
        await desk.open()
        with qtbot.assertNotEmitted(desk.trouble.reopen_requested):
            await desk.agree()
        assert "close that program" in desk.banner.text()
        assert desk.file.read_bytes() == NONSENSE
    other.close()


async def test_without_a_copy_there_is_only_the_folder(
    tmp_path: Path, qtbot: QtBot, opener: Opener
) -> None:
    await damaged(tmp_path, with_copy=False)
    async with desk_at(tmp_path, qtbot) as desk:
        await desk.open()
        assert "There is no copy" in desk.banner.text()
        assert desk.banner.other_button.isHidden()
        desk.banner.action_button.click()
        assert opener.opened == [tmp_path]


async def test_a_locked_file_can_be_tried_again(tmp_path: Path, qtbot: QtBot) -> None:
    async with opened(tmp_path) as store, desk_at(tmp_path, qtbot) as desk:
        await said(store, "Why?", title="The sky")
        with contextlib.closing(sqlite3.connect(desk.file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await desk.open()
            assert "Another program holds the file" in desk.banner.text()
            other.execute("ROLLBACK")
        with qtbot.waitSignal(desk.trouble.retry_requested):
            desk.banner.action_button.click()
        await desk.open()
        assert desk.store is not None
        assert desk.banner.isHidden()


async def test_a_newer_version_is_told_and_the_folder_opened(
    tmp_path: Path, qtbot: QtBot, opener: Opener
) -> None:
    async with desk_at(tmp_path, qtbot) as desk:
        desk.trouble.show_error(StorageError(fault=Fault.STORE_NEWER, file=str(desk.file)))
        assert "newer version" in desk.banner.text()
        desk.banner.action_button.click()
        assert opener.opened == [tmp_path]


@pytest.mark.parametrize("fault", [Fault.STORE_FULL, Fault.STORE_READ_ONLY, Fault.STORAGE])
async def test_what_may_pass_can_be_tried_again_and_looked_at(
    tmp_path: Path, qtbot: QtBot, opener: Opener, fault: Fault
) -> None:
    async with desk_at(tmp_path, qtbot) as desk:
        desk.trouble.show_error(StorageError("Oh", fault=fault, file=str(desk.file)))
        desk.banner.other_button.click()
        assert opener.opened == [tmp_path]
        assert desk.banner.isVisible()
        desk.trouble.note_saved()
        assert desk.banner.isHidden()


async def test_damage_is_said_until_the_store_is_opened(tmp_path: Path, qtbot: QtBot) -> None:
    await damaged(tmp_path)
    async with desk_at(tmp_path, qtbot) as desk:
        await desk.open()
        desk.trouble.note_saved()
        assert desk.banner.isVisible()
        desk.trouble.clear()
        assert desk.banner.isHidden()


async def test_the_button_names_the_day_of_the_copy(tmp_path: Path, qtbot: QtBot) -> None:
    async with opened(tmp_path, clock=lambda: time.mktime((2020, 11, 21, 9, 0, 0, 0, 0, -1))) as s:
        await s.back_up_if_due()
    (tmp_path / FILE_NAME).write_bytes(NONSENSE)
    async with desk_at(tmp_path, qtbot) as desk:
        await desk.open()
        assert desk.banner.action_button.text() == "Put back the copy of 21 November 2020"
