from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.conversation import until
from helpers.stores import names_in, said
from helpers.unwritable import read_only
from PySide6.QtWidgets import QFileDialog

from core.storage.store import Store
from core.transfer.writing import ExportFormat
from gui.tasks import TaskScope
from gui.transfer.export_choice import Extent, Packing
from gui.transfer.export_dialog import ExportDialog

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class Desk:
    """Conversations, and the dialog that exports them."""

    def __init__(self, store: Store, scope: TaskScope, qtbot: QtBot) -> None:
        self.store = store
        self._scope = scope
        self._qtbot = qtbot

    async def open(self, *, selected: Iterable[int] = ()) -> ExportDialog:
        """Open the dialog over the first of two conversations."""
        self.first = await said(self.store, "Why?", "Because.", title="The sky")
        self.second = await said(self.store, "How?", "Slowly.", title="The sea")
        dialog = ExportDialog(
            self.store,
            scope=self._scope,
            current=self.first.id,
            title=self.first.title,
            selected=list(selected),
        )
        self._qtbot.addWidget(dialog)
        dialog.open()
        return dialog


@pytest.fixture
def desk(store: Store, scope: TaskScope, qtbot: QtBot) -> Desk:
    return Desk(store, scope, qtbot)


async def exported(dialog: ExportDialog, place: Path) -> str:
    """Export to a place, and return what the dialog says."""
    dialog.export_to(str(place))
    assert dialog.is_working
    await until(lambda: not dialog.is_working)
    return dialog.message.text()


async def test_the_conversation_on_the_screen_becomes_a_file(desk: Desk, tmp_path: Path) -> None:
    dialog = await desk.open()
    text = await exported(dialog, tmp_path / "sky.md")

    assert "Because." in (tmp_path / "sky.md").read_text(encoding="utf-8")
    assert text.endswith(str(tmp_path / "sky.md"))
    assert dialog.show_button.isVisible()
    assert not dialog.export_button.isVisible()


async def test_the_file_is_asked_for_without_blocking(desk: Desk, tmp_path: Path) -> None:
    dialog = await desk.open()
    dialog.export_button.click()
    place = dialog.findChild(QFileDialog, "exportPlaceDialog")
    assert Path(place.selectedFiles()[0]).name == "The sky.md"
    place.setDirectory(str(tmp_path))
    place.selectFile("kept.md")
    place.accept()
    await until(lambda: (tmp_path / "kept.md").exists() and not dialog.is_working)


async def test_all_of_them_go_to_a_folder_of_their_own(desk: Desk, tmp_path: Path) -> None:
    dialog = await desk.open()
    dialog.choice.extent.choose(Extent.ALL)
    (tmp_path / "mine.md").touch()
    await exported(dialog, tmp_path)

    (folder,) = (tmp_path / name for name in names_in(tmp_path) - {"mine.md"})
    assert folder.name.startswith("Beseda ")
    assert len(names_in(folder)) == 2


async def test_a_second_export_to_a_folder_gets_another_folder(desk: Desk, tmp_path: Path) -> None:
    dialog = await desk.open()
    dialog.choice.extent.choose(Extent.ALL)
    await exported(dialog, tmp_path)
    await exported(dialog, tmp_path)
    assert len(names_in(tmp_path)) == 2


async def test_those_that_are_selected_go_to_a_zip(desk: Desk, tmp_path: Path) -> None:
    other = await said(desk.store, "Where?", title="The land")
    dialog = await desk.open(selected=[other.id, 1])
    assert dialog.choice.extent.value() == Extent.SELECTED
    dialog.choice.packing.choose(Packing.ZIP)
    await exported(dialog, tmp_path / "some.zip")
    with zipfile.ZipFile(tmp_path / "some.zip") as archive:
        assert [name for name in archive.namelist() if "The land" in name] == archive.namelist()


async def test_only_json_holds_several_conversations_in_one_file(
    desk: Desk, tmp_path: Path
) -> None:
    dialog = await desk.open()
    one_file = dialog.choice.packing.button(Packing.FILE)
    dialog.choice.extent.choose(Extent.ALL)
    assert one_file.isHidden()
    dialog.choice.form.choose(ExportFormat.JSON)
    assert not one_file.isHidden()
    dialog.choice.packing.choose(Packing.FILE)
    await exported(dialog, tmp_path / "all.json")
    assert len(json.loads((tmp_path / "all.json").read_bytes())["conversations"]) == 2

    dialog.choice.form.choose(ExportFormat.HTML)
    assert dialog.choice.packing.value() == Packing.FOLDER


async def test_a_name_with_another_suffix_gets_ours_and_replaces_nothing(
    desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "v1.2.md").write_text("mine")
    dialog = await desk.open()
    await exported(dialog, tmp_path / "v1.2")
    assert (tmp_path / "v1.2.md").read_text() == "mine"
    assert (tmp_path / "v1.2 (2).md").exists()


async def test_a_folder_that_cannot_be_written_to_is_said_in_place(
    desk: Desk, tmp_path: Path
) -> None:
    dialog = await desk.open()
    text = await exported(dialog, tmp_path / "missing" / "sky.md")
    assert "cannot be written" in text
    assert dialog.choice.isEnabled()
    assert dialog.export_button.isEnabled()


async def test_a_read_only_folder_is_said_in_place(desk: Desk, tmp_path: Path) -> None:
    dialog = await desk.open()
    dialog.choice.extent.choose(Extent.ALL)
    with read_only(tmp_path):
        text = await exported(dialog, tmp_path)
    assert "cannot be written" in text
    assert not names_in(tmp_path)


async def test_cancelling_leaves_nothing_behind(desk: Desk, tmp_path: Path) -> None:
    dialog = await desk.open()
    dialog.choice.extent.choose(Extent.ALL)
    dialog.progress.valueChanged.connect(lambda done: done == 1 and dialog.close_button.click())
    text = await exported(dialog, tmp_path)
    assert text == "Cancelled; nothing was written."
    assert not names_in(tmp_path)


async def test_the_dialog_stays_until_what_runs_has_ended(desk: Desk, tmp_path: Path) -> None:
    dialog = await desk.open()
    dialog.export_to(str(tmp_path / "sky.md"))
    dialog.close()
    assert dialog.isVisible()
    await until(lambda: not dialog.is_working)
    assert dialog.isVisible()
    dialog.reject()
    assert not (tmp_path / "sky.md").exists()


async def test_what_was_written_is_shown_in_its_folder(
    desk: Desk, tmp_path: Path, opened_folders: list[str]
) -> None:
    dialog = await desk.open()
    await exported(dialog, tmp_path / "sky.md")
    dialog.show_button.click()
    assert [Path(name) for name in opened_folders] == [tmp_path]


async def test_conversations_that_are_gone_leave_nothing_to_export(
    desk: Desk, tmp_path: Path
) -> None:
    dialog = await desk.open()
    await desk.store.delete_conversations([desk.first.id])
    await desk.store.empty_trash()
    text = await exported(dialog, tmp_path / "sky.md")
    assert text == "There is nothing to export."
    assert not names_in(tmp_path)
