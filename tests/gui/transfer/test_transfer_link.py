from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator
from typing import TYPE_CHECKING, Any, cast

import pytest
from helpers.conversation import until
from helpers.stores import said
from PySide6.QtWidgets import QDialog, QWidget
from shiboken6 import isValid

from core.models import Conversation
from core.storage.store import Store
from gui.tasks import TaskScope
from gui.transfer.export_choice import Extent
from gui.transfer.export_dialog import ExportDialog
from gui.transfer.import_dialog import ImportDialog
from gui.transfer.mirror_dialog import MirrorDialog
from gui.transfer.mirror_link import MirrorLink
from gui.transfer.transfer_link import TransferLink

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class Desk:
    """A window, and what opens dialogs over it."""

    def __init__(self, store: Store, scope: TaskScope, current: Conversation) -> None:
        self.window = QWidget()
        self.kept: list[str] = []
        self.mirror = MirrorLink(store, scope=scope, keep=self.kept.append, parent=self.window)
        self.mirror.banner.setParent(self.window)
        self.current = current
        self.link = TransferLink(
            self.window, store, scope=scope, mirror=self.mirror, current=lambda: self.current
        )
        self.window.show()

    def dialogs(self) -> list[QDialog]:
        return cast("list[QDialog]", self.window.findChildren(QDialog))


@pytest.fixture
def desk(
    store: Store,
    scope: TaskScope,
    qtbot: QtBot,
    run: Callable[[Coroutine[Any, Any, Any]], Any],
) -> Iterator[Desk]:
    desk = Desk(store, scope, run(said(store, "Why?", title="The sky")))
    qtbot.addWidget(desk.window)
    yield desk
    for dialog in desk.dialogs():
        dialog.close()


async def test_the_conversation_on_the_screen_is_proposed_for_export(desk: Desk) -> None:
    desk.link.export_current()
    (dialog,) = desk.dialogs()
    assert isinstance(dialog, ExportDialog)
    assert dialog.choice.ids() == [desk.current.id]


async def test_an_empty_conversation_is_not_offered(desk: Desk) -> None:
    desk.current = Conversation(5)
    desk.link.export_current()
    (dialog,) = desk.dialogs()
    assert isinstance(dialog, ExportDialog)
    assert dialog.choice.extent.value() == Extent.ALL


async def test_what_the_sidebar_selects_is_proposed_for_export(desk: Desk) -> None:
    desk.link.export_selected([1, 2])
    (dialog,) = desk.dialogs()
    assert isinstance(dialog, ExportDialog)
    assert dialog.choice.ids() == [1, 2]


async def test_there_is_one_dialog_at_a_time(desk: Desk) -> None:
    desk.link.import_files()
    desk.link.export_current()
    (dialog,) = desk.dialogs()
    assert isinstance(dialog, ImportDialog)
    dialog.close()
    await until(lambda: not isValid(dialog))
    desk.link.show_mirror()
    (dialog,) = desk.dialogs()
    assert isinstance(dialog, MirrorDialog)


async def test_the_notice_about_the_mirror_opens_its_dialog(desk: Desk) -> None:
    desk.mirror.choice_requested.emit()
    (dialog,) = desk.dialogs()
    assert isinstance(dialog, MirrorDialog)
