"""The sidebar follows the store, and does in it what the user wants."""

from __future__ import annotations

from typing import Any

import pytest
from helpers.conversation import until
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QMessageBox, QPushButton

from core.ids import new_id
from core.models import Conversation, Message, MessageState, Role
from gui.sidebar.conversation_menu import Wish
from gui.sidebar.place import ALL, ARCHIVE, TRASH, Place, Section
from gui.sidebar.row_model import Roles


async def test_conversations_are_listed_newest_first(desk: Any) -> None:
    await desk.add("one", "two")
    await desk.add("old", days=400)
    await desk.start()
    rows = await desk.titles()
    assert rows[1:3] == ["one", "two"]
    assert rows[-1] == "old"


async def test_an_empty_store_says_so(desk: Any) -> None:
    empty = desk.frame.findChild(QLabel, "sidebarEmpty")
    assert empty.text() == ""
    await desk.start()
    assert empty.isVisible()
    assert empty.text() == "Your conversations will be listed here."
    await desk.add("one")
    await desk.settled()
    assert desk.list.isVisible()


async def test_a_click_opens_and_a_click_with_a_modifier_chooses(desk: Any) -> None:
    ids = await desk.add("one", "two", "three")
    await desk.start()
    opened: list[int] = []
    desk.sidebar.conversation_opened.connect(opened.append)
    for row, modifier in (
        (1, Qt.KeyboardModifier.NoModifier),
        (3, Qt.KeyboardModifier.ShiftModifier),
        (2, Qt.KeyboardModifier.ControlModifier),
    ):
        place = desk.list.visualRect(desk.model.index(row)).center()
        desk.qtbot.mouseClick(desk.list.viewport(), Qt.MouseButton.LeftButton, modifier, pos=place)
    assert opened == [ids[0]]
    assert desk.list.chosen_ids() == [ids[0], ids[2]]


async def test_arrows_move_and_enter_opens(desk: Any) -> None:
    ids = await desk.add("one", "two")
    await desk.start()
    opened: list[int] = []
    desk.sidebar.conversation_opened.connect(opened.append)
    desk.focus(desk.list)
    desk.sidebar.focus_list()
    desk.qtbot.keyClick(desk.list, Qt.Key.Key_Down)
    assert not opened
    desk.qtbot.keyClick(desk.list, Qt.Key.Key_Return)
    assert opened == [ids[1]]


async def test_the_neighbours_of_the_open_conversation_can_be_opened(desk: Any) -> None:
    recent = await desk.add("one", "two")
    old = await desk.add("old", days=400)
    await desk.start()
    opened: list[int] = []
    desk.sidebar.conversation_opened.connect(opened.append)
    desk.sidebar.conversation_opened.connect(desk.sidebar.show_conversation)
    for step in (desk.sidebar.open_next, desk.sidebar.open_next, desk.sidebar.open_next):
        step()
    desk.sidebar.open_next()
    desk.sidebar.open_previous()
    assert opened == [*recent, *old, recent[1]]


async def test_typing_goes_to_a_title_that_begins_so(desk: Any) -> None:
    ids = await desk.add("Apple", "Berry", "Banana")
    await desk.start()
    await desk.titles()
    desk.focus(desk.list)
    desk.qtbot.keyClicks(desk.list, "ba")
    assert desk.list.chosen_ids() == [ids[2]]


async def test_a_conversation_is_renamed_in_place(desk: Any) -> None:
    ids = await desk.add("one", "two")
    await desk.start()
    await desk.titles()
    desk.focus(desk.list)
    desk.list.setCurrentIndex(desk.model.index(1))
    desk.qtbot.keyClick(desk.list, Qt.Key.Key_F2)
    editor = desk.list.findChild(QLineEdit, "renameField")
    assert editor.selectedText() == "one"
    desk.qtbot.keyClicks(editor, "better")
    desk.qtbot.keyClick(editor, Qt.Key.Key_Return)
    await desk.settled()

    assert (await desk.titles())[1] == "better"
    conversation = await desk.store.load(ids[0])
    assert conversation is not None
    assert conversation.has_own_title


async def test_escape_leaves_the_name_as_it_was(desk: Any) -> None:
    await desk.add("one")
    await desk.start()
    await desk.titles()
    desk.focus(desk.list)
    desk.list.rename(desk.model.id_at(1))
    editor = desk.list.findChild(QLineEdit, "renameField")
    desk.qtbot.keyClicks(editor, "worse")
    desk.qtbot.keyClick(editor, Qt.Key.Key_Escape)
    await desk.settled()
    assert (await desk.titles())[1] == "one"


async def test_a_deletion_is_said_and_can_be_undone(desk: Any) -> None:
    await desk.add("one", "two")
    await desk.start()
    await desk.titles()
    desk.focus(desk.list)
    desk.list.setCurrentIndex(desk.model.index(1))
    desk.qtbot.keyClick(desk.list, Qt.Key.Key_Delete)
    await desk.settled()
    assert await desk.titles() == ["Today", "two"]
    assert desk.sidebar.toast.text() == "Deleted “one”"
    assert desk.sidebar.toast.isVisible()

    desk.sidebar.toast.undo_button.click()
    await desk.settled()
    assert await desk.titles() == ["Today", "one", "two"]
    assert not desk.sidebar.toast.isVisible()


async def test_ctrl_z_in_the_list_takes_a_deletion_back(desk: Any) -> None:
    await desk.add("one", "two", "three")
    await desk.start()
    await desk.titles()
    desk.focus(desk.list)
    desk.list.selectAll()
    desk.qtbot.keyClick(desk.list, Qt.Key.Key_Delete)
    await desk.settled()
    assert desk.model.rowCount() == 0
    assert "3" in desk.sidebar.toast.text()
    desk.sidebar.focus_list()
    desk.list.undo_requested.emit()
    await desk.settled()
    assert await desk.titles() == ["Today", "one", "two", "three"]


async def test_an_answer_moves_its_conversation_to_the_top_and_shows_a_dot(desk: Any) -> None:
    ids = await desk.add("one", "two", days=3)
    await desk.start()
    await desk.titles()
    conversation = await desk.store.load(ids[1])
    assert conversation is not None
    last = conversation.messages[-1].id
    answer = Message(Role.ASSISTANT, "", id=new_id(), parent_id=last, state=MessageState.STREAMING)
    await desk.store.save_exchange(conversation, [answer])
    await desk.settled()
    assert (await desk.titles())[:2] == ["Today", "two"]
    assert desk.model.index(1).data(Roles.IS_STREAMING)

    await desk.store.end_message(Message(Role.ASSISTANT, "done", id=answer.id))
    await desk.settled()
    assert not desk.model.index(desk.row("two")).data(Roles.IS_STREAMING)


async def test_pinned_conversations_stand_first(desk: Any) -> None:
    await desk.add("one", "two")
    await desk.start()
    await desk.titles()
    desk.list.setCurrentIndex(desk.model.index(2))
    menu = desk.list.open_menu()
    menu.findChild(object, Wish.PIN.value).trigger()
    await desk.settled()
    assert await desk.titles() == ["Pinned", "two", "Today", "one"]
    assert desk.list.open_menu().findChild(object, Wish.UNPIN.value) is not None


async def test_the_archive_is_a_place_of_its_own(desk: Any) -> None:
    await desk.add("one", "two")
    await desk.start()
    await desk.titles()
    desk.list.setCurrentIndex(desk.model.index(1))
    desk.list.open_menu().findChild(object, Wish.ARCHIVE.value).trigger()
    await desk.settled()
    assert await desk.titles() == ["Today", "two"]
    assert desk.sidebar.folders.isVisible(), "there is something in the archive to go to"

    desk.sidebar.place_chosen.emit(ARCHIVE)
    await desk.settled()
    assert await desk.titles() == ["Today", "one"]
    desk.list.setCurrentIndex(desk.model.index(1))
    desk.list.open_menu().findChild(object, Wish.UNARCHIVE.value).trigger()
    await desk.settled()
    assert desk.model.rowCount() == 0


async def test_the_trash_shows_what_was_deleted_and_gives_it_back(desk: Any) -> None:
    ids = await desk.add("one", "two")
    await desk.start()
    await desk.store.delete_conversations(ids)
    desk.sidebar.place_chosen.emit(TRASH)
    await desk.settled()
    assert sorted(await desk.titles()) == ["one", "two"]
    assert desk.model.index(0).data(Roles.NOTE) == "Deleted today · kept 30 more days"
    desk.list.setCurrentIndex(desk.model.index(desk.row("one")))
    desk.list.open_menu().findChild(object, Wish.RESTORE.value).trigger()
    await desk.settled()
    assert await desk.titles() == ["two"]


async def test_the_trash_is_emptied_after_a_question(desk: Any) -> None:
    ids = await desk.add("one", "two")
    await desk.start()
    await desk.store.delete_conversations(ids)
    desk.sidebar.place_chosen.emit(TRASH)
    await desk.settled()
    for button, left in (("cancelDeleteButton", 2), ("deleteForGoodButton", 0)):
        desk.frame.findChild(QPushButton, "emptyTrashButton").click()
        question = desk.frame.findChild(QMessageBox, "deleteQuestion")
        question.findChild(QPushButton, button).click()
        await desk.settled()
        assert len(desk.model.ids) == left
        await until(lambda: desk.frame.findChild(QMessageBox, "deleteQuestion") is None)
    assert not desk.frame.findChild(QPushButton, "emptyTrashButton").isVisible()


@pytest.mark.parametrize("desk", ["slow"], indirect=True)
async def test_a_conversation_is_gone_for_good_after_a_question_alone(desk: Any) -> None:
    ids = await desk.add("one", "two")
    await desk.start()
    await desk.store.delete_conversations(ids)
    desk.sidebar.place_chosen.emit(TRASH)
    await desk.settled()
    await desk.titles()
    desk.focus(desk.list)
    desk.list.setCurrentIndex(desk.model.index(desk.row("one")))
    desk.qtbot.keyClick(desk.list, Qt.Key.Key_Delete)
    question = desk.frame.findChild(QMessageBox, "deleteQuestion")
    assert not desk.store.purged
    question.findChild(QPushButton, "deleteForGoodButton").click()
    await desk.settled()
    assert desk.store.purged == [ids[0]]


async def test_a_new_folder_is_named_at_once(desk: Any) -> None:
    ids = await desk.add("one", "two")
    await desk.start()
    await desk.titles()
    assert not desk.sidebar.folders.isVisible()
    desk.list.setCurrentIndex(desk.model.index(1))
    desk.list.open_menu().findChild(object, Wish.MOVE_TO_NEW.value).trigger()
    await desk.settled()
    editor = desk.sidebar.folders.list.findChild(QLineEdit, "renameField")
    desk.qtbot.keyClicks(editor, "Work")
    desk.qtbot.keyClick(editor, Qt.Key.Key_Return)
    await desk.settled()

    (folder,) = await desk.store.folders()
    assert folder.name == "Work"
    desk.sidebar.place_chosen.emit(Place(Section.FOLDER, folder.id))
    await desk.settled()
    assert list(desk.model.ids) == [ids[0]]


async def test_conversations_are_dropped_on_a_folder(desk: Any) -> None:
    ids = await desk.add("one", "two")
    folder = await desk.store.add_folder("Work")
    await desk.start()
    data: QMimeData = desk.model.mimeData([desk.model.index(1), desk.model.index(2)])
    folders = desk.sidebar.folders.list
    row = desk.sidebar.folder_model.row_of(folder.id)
    place = folders.visualRect(desk.sidebar.folder_model.index(row)).center()
    event = QDropEvent(
        QPointF(place),
        Qt.DropAction.MoveAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    folders.dropEvent(event)
    await desk.settled()
    desk.sidebar.place_chosen.emit(Place(Section.FOLDER, folder.id))
    await desk.settled()
    assert sorted(desk.model.ids) == sorted(ids)


async def test_a_deleted_folder_comes_back_with_undo(desk: Any) -> None:
    ids = await desk.add("one", "two")
    folder = await desk.store.add_folder("Work")
    await desk.store.update(ids[0], folder_id=folder.id)
    await desk.start()
    place = Place(Section.FOLDER, folder.id)
    desk.sidebar.place_chosen.emit(place)
    await desk.settled()
    row = desk.sidebar.folder_model.row_of(folder.id)
    menu = desk.sidebar.folders.list.open_menu(row)
    menu.findChild(object, "deleteFolderAndConversationsAction").trigger()
    await desk.settled()
    assert desk.sidebar.place == ALL, "the place that was shown is gone"
    assert list(desk.model.ids) == [ids[1]]
    assert desk.sidebar.toast.text() == "Deleted the folder “Work” and its conversations"

    desk.sidebar.toast.undo()
    await desk.settled()
    assert sorted(desk.model.ids) == sorted(ids)
    assert desk.sidebar.folder_model.row_of(folder.id) is not None


async def test_a_folder_is_deleted_without_its_conversations(desk: Any) -> None:
    ids = await desk.add("one")
    folder = await desk.store.add_folder("Work")
    await desk.store.update(ids[0], folder_id=folder.id)
    await desk.start()
    folders = desk.sidebar.folders.list
    desk.focus(folders)
    folders.setCurrentIndex(
        desk.sidebar.folder_model.index(desk.sidebar.folder_model.row_of(folder.id))
    )
    desk.qtbot.keyClick(folders, Qt.Key.Key_Delete)
    await desk.settled()
    assert await desk.store.folders() == []
    assert list(desk.model.ids) == ids


async def test_hundreds_of_changes_at_once_are_shown_together(desk: Any) -> None:
    ids = await desk.add(*(f"number {number}" for number in range(300)))
    await desk.start()
    for conversation_id in ids:
        await desk.store.update(conversation_id, is_pinned=True)
    await desk.settled()
    assert desk.model.index(0).data() == "Pinned"
    assert list(desk.model.header_rows()) == [0]


async def test_the_open_conversation_stays_marked(desk: Any) -> None:
    ids = await desk.add("one", "two")
    await desk.start()
    desk.sidebar.show_conversation(ids[1])
    await desk.store.update(ids[1], is_pinned=True)
    await desk.settled()
    row = desk.model.row_of(ids[1])
    assert desk.model.index(row).data(Roles.IS_OPEN)
    assert desk.list.currentIndex().row() == row
    desk.sidebar.show_conversation(None)
    assert not desk.model.index(row).data(Roles.IS_OPEN)
    assert not desk.list.chosen_ids()


async def test_an_answer_does_not_take_the_choice_from_who_moves_in_the_list(desk: Any) -> None:
    ids = await desk.add("one", "two", "three")
    await desk.start()
    desk.sidebar.show_conversation(ids[2])
    desk.list.setCurrentIndex(desk.model.index(1))
    conversation = await desk.store.load(ids[2])
    question = Message(Role.USER, "more", id=new_id(), parent_id=conversation.messages[-1].id)
    await desk.store.save_exchange(conversation, [question])
    await desk.settled()
    assert (await desk.titles())[1] == "three"
    assert desk.list.chosen_ids() == [ids[0]]


async def test_a_new_conversation_is_marked_once_it_is_in_the_list(desk: Any) -> None:
    await desk.add("one")
    await desk.start()
    conversation = Conversation(new_id(), title="new")
    desk.sidebar.show_conversation(conversation.id)
    await desk.store.save_exchange(conversation, [Message(Role.USER, "hi", id=new_id())])
    await desk.settled()
    assert (await desk.titles())[1] == "new"
    assert desk.list.chosen_ids() == [conversation.id]


async def test_export_is_a_wish_of_the_link(desk: Any) -> None:
    ids = await desk.add("one", "two")
    await desk.start()
    desk.list.selectAll()
    wished: list[list[int]] = []
    desk.link.export_requested.connect(wished.append)
    menu = desk.list.open_menu()
    assert menu.findChild(object, Wish.RENAME.value) is None, "two cannot be renamed"
    menu.findChild(object, Wish.EXPORT.value).trigger()
    assert wished == [ids]


async def test_words_are_found_in_titles_and_texts(desk: Any) -> None:
    ids = await desk.add("Apple cake", "Berries", "Яблоки и груши")
    await desk.start()
    field, model = desk.frame.search_field, desk.sidebar.result_model
    for text, found in (("app", ids[0]), ("ягод", None), ("яблок", ids[2])):
        field.setText(text)
        await until(lambda text=text: desk.sidebar.search.query == text)
        await desk.settled()
        assert model.rowCount() > 0 or found is None
        assert {model.index(row).data(Roles.ID) for row in range(model.rowCount())} <= {found}
        assert found is None or model.index(0).data(Roles.MARKS)


async def test_everything_can_be_painted(desk: Any) -> None:
    await desk.add("one", "<b>two</b>", "", "x" * 10_000)
    await desk.start()
    for _ in range(2):
        assert not desk.frame.grab().isNull()
        await desk.titles()
    assert desk.list.indexAt(QPoint(20, 20)).isValid()
