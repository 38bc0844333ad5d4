from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.conversation import until
from helpers.stores import opened, said
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from core.storage.changes import Section
from core.storage.store import Store
from core.transfer.library import export_all
from core.transfer.report import ImportReport, Skipped, SkipReason
from core.transfer.writing import ExportFormat
from gui.tasks import TaskScope
from gui.transfer.import_dialog import ImportDialog
from gui.transfer.import_sentences import ImportOutcome, ImportSentences

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

CHATGPT = {
    "title": "A picture",
    "create_time": 1_700_000_000.0,
    "mapping": {
        "1": {
            "id": "1",
            "parent": None,
            "children": [],
            "message": {
                "id": "1",
                "author": {"role": "user"},
                "create_time": 1_700_000_000.0,
                "content": {
                    "content_type": "multimodal_text",
                    "parts": [
                        {
                            "content_type": "image_asset_pointer",
                            "asset_pointer": "file-service://x",
                        },
                        "What is this?",
                    ],
                },
            },
        }
    },
    "current_node": "1",
}


@pytest.fixture
def dialog(store: Store, scope: TaskScope, qtbot: QtBot) -> ImportDialog:
    dialog = ImportDialog(store, scope=scope)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


async def archive_of(folder: Path, *titles: str) -> Path:
    """Write conversations as JSON, and return the file."""
    path = folder / f"{titles[0]}.json"
    async with opened(None) as other:
        for title in titles:
            await said(other, "Why?", "Because.", title=title)
        await export_all(other, path, format=ExportFormat.JSON)
    return path


async def imported(dialog: ImportDialog, *paths: Path) -> None:
    dialog.import_files([str(path) for path in paths])
    assert dialog.is_working
    await until(lambda: not dialog.is_working)


async def test_what_came_in_is_counted(dialog: ImportDialog, store: Store, tmp_path: Path) -> None:
    await imported(dialog, await archive_of(tmp_path, "One", "Two"))
    assert len(await store.tree_ids()) == 2
    assert dialog.report.isVisible()
    assert dialog.report.problems.isHidden()
    assert "2 " in dialog.report.summary.text()
    assert "4 " in dialog.report.summary.text()
    assert not dialog.choose_button.isVisible()


async def test_files_are_asked_for_without_blocking(
    dialog: ImportDialog, store: Store, tmp_path: Path
) -> None:
    path = await archive_of(tmp_path, "One")
    dialog.choose_button.click()
    question = dialog.findChild(QFileDialog, "importFilesDialog")
    question.setDirectory(str(tmp_path))
    question.selectFile(path.name)
    question.accept()
    await until(dialog.report.isVisible)
    assert len(await store.tree_ids()) == 1


async def test_the_import_goes_to_the_trash_when_it_is_undone(
    dialog: ImportDialog, store: Store, tmp_path: Path
) -> None:
    await said(store, "Mine", title="Mine")
    await imported(dialog, await archive_of(tmp_path, "One", "Two"))
    dialog.report.undo_button.click()
    await until(lambda: not dialog.is_working)
    assert len((await store.index(section=Section.ACTIVE)).ids) == 1
    assert len((await store.index(section=Section.TRASH)).ids) == 2
    assert dialog.report.undo_button.isHidden()
    assert "trash" in dialog.message.text()


async def test_what_is_here_already_is_not_added_again(
    dialog: ImportDialog, store: Store, tmp_path: Path
) -> None:
    path = await archive_of(tmp_path, "One")
    await imported(dialog, path)
    await imported(dialog, path)
    assert len(await store.tree_ids()) == 1
    assert "already" in dialog.report.summary.text()
    assert dialog.report.undo_button.isHidden()


async def test_a_broken_file_is_said_in_place_and_another_can_be_chosen(
    dialog: ImportDialog, store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "broken.json"
    path.write_text('[{"title": ')
    await imported(dialog, path)
    assert "“broken.json” is damaged" in dialog.message.text()
    assert dialog.choose_button.isVisible()
    assert dialog.choose_button.isEnabled()
    assert dialog.report.isHidden()
    assert not len(await store.tree_ids())


async def test_a_broken_file_keeps_no_other_out(
    dialog: ImportDialog, store: Store, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("no JSON")
    await imported(dialog, broken, await archive_of(tmp_path, "One"))
    assert len(await store.tree_ids()) == 1
    assert "broken.json" in dialog.report.problems.toPlainText()


async def test_each_of_several_broken_files_is_named(dialog: ImportDialog, tmp_path: Path) -> None:
    broken = [tmp_path / "one.json", tmp_path / "two.json"]
    for path in broken:
        path.write_text("no JSON")
    await imported(dialog, *broken)
    assert dialog.report.summary.text() == "No new conversation came in."
    listed = dialog.report.problems.toPlainText()
    assert "“one.json”" in listed
    assert "“two.json”" in listed


async def test_the_progress_of_several_files_goes_forward_only(
    dialog: ImportDialog, tmp_path: Path
) -> None:
    seen: list[int] = []
    dialog.progress.valueChanged.connect(seen.append)
    await imported(dialog, await archive_of(tmp_path, "One"), await archive_of(tmp_path, "Two"))
    told = [value for value in seen if value >= 0]
    assert told == sorted(told)
    assert told[-1] == 2000


async def test_what_was_left_out_is_listed_and_can_be_copied(
    dialog: ImportDialog, tmp_path: Path
) -> None:
    path = tmp_path / "conversations.json"
    path.write_text(json.dumps([CHATGPT]))
    await imported(dialog, path)
    listed = dialog.report.problems.toPlainText()
    assert listed == "Pictures and files left out; the text marks where: 1\n    A picture"
    dialog.report.copy_button.click()
    assert listed in QGuiApplication.clipboard().text()


async def test_cancelling_keeps_the_files_that_were_read_before(
    dialog: ImportDialog, store: Store, tmp_path: Path
) -> None:
    first, second = await archive_of(tmp_path, "One"), await archive_of(tmp_path, "Two", "Three")
    dialog.progress.valueChanged.connect(lambda done: done == 1000 and dialog.reject())
    await imported(dialog, first, second)
    assert len(await store.tree_ids()) == 1
    assert dialog.message.text() == "Cancelled; the files before that came in."
    assert dialog.report.undo_button.isVisible()


async def test_cancelling_the_first_file_changes_nothing(
    dialog: ImportDialog, store: Store, tmp_path: Path
) -> None:
    path = await archive_of(tmp_path, "One")
    dialog.import_files([str(path)])
    dialog.close_button.click()
    await until(lambda: not dialog.is_working)
    assert dialog.message.text() == "Cancelled; nothing came in."
    assert not len(await store.tree_ids())


def test_every_reason_has_a_sentence_of_its_own(qapp: object) -> None:  # noqa: ARG001
    sentences = ImportSentences()
    assert len({sentences.reason(reason) for reason in SkipReason}) == len(SkipReason)


def test_a_long_list_ends_with_how_much_more_there_is(qapp: object) -> None:  # noqa: ARG001
    skipped = tuple(Skipped(f"no. {n}", SkipReason.ATTACHMENT, 2) for n in range(10_000))
    text = ImportSentences().problems(ImportOutcome((ImportReport(skipped=skipped),)))
    first, *_, last = text.splitlines()
    assert digits(first) == "20000"
    assert digits(last) == "9500"


def digits(text: str) -> str:
    """Return the number in a text, whichever way its thousands are told apart."""
    return "".join(character for character in text if character.isdigit())
