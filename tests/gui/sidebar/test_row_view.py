from __future__ import annotations

import time
from array import array
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible

from core.models import ConversationSummary
from gui.sidebar.conversation_list import ConversationList
from gui.sidebar.conversation_model import ConversationListModel
from gui.sidebar.place import ALL

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

COUNT = 100_000
BIG = 1 << 60
NOW = time.time()


def moment(number: int) -> float:
    return NOW - 900.0 * number


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[ConversationList]:
    model = ConversationListModel()
    ids = array("q", range(BIG, BIG + COUNT))
    model.fill(ALL, ids, array("d", map(moment, range(COUNT))), pinned=0)
    view = ConversationList(model)
    model.setParent(view)
    qtbot.addWidget(view)
    view.resize(280, 500)
    view.show()
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    yield view
    view.hide()


def model_of(view: ConversationList) -> ConversationListModel:
    model = view.model()
    assert isinstance(model, ConversationListModel)
    return model


def test_each_row_is_found_where_it_is_drawn(view: ConversationList) -> None:
    bar = view.verticalScrollBar()
    for value in (0, 1, 500, bar.maximum() // 3, bar.maximum()):
        bar.setValue(value)
        for row in view.visible_rows():
            rect = view.visualRect(view.model().index(row, 0))
            assert view.indexAt(rect.topLeft()).row() == row
            assert view.indexAt(rect.bottomLeft()).row() == row


def test_the_last_row_ends_where_scrolling_ends(view: ConversationList) -> None:
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    rows = view.visible_rows()
    assert rows.stop == view.model().rowCount()
    last = view.visualRect(view.model().index(rows.stop - 1, 0))
    assert last.bottom() + 1 == view.viewport().height()
    assert not view.indexAt(QPoint(5, last.bottom() + 1)).isValid()


def test_arrows_pass_over_headers(view: ConversationList, qtbot: QtBot) -> None:
    model = model_of(view)
    headers = set(model.header_rows())
    view.setCurrentIndex(model.index(sorted(headers)[1] - 1))
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.currentIndex().row() == sorted(headers)[1] + 1
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.currentIndex().row() == sorted(headers)[1] - 1
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.currentIndex().row() == 1
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.currentIndex().row() == 1


def test_home_end_and_pages_reach_everything(view: ConversationList, qtbot: QtBot) -> None:
    view.setCurrentIndex(view.model().index(1, 0))
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.currentIndex().row() == view.model().rowCount() - 1
    assert view.currentIndex().row() in view.visible_rows()
    qtbot.keyClick(view, Qt.Key.Key_PageUp)
    assert view.currentIndex().row() < view.model().rowCount() - 5
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.verticalOffset() == 0


def test_nothing_that_is_being_read_moves_when_something_comes_above(
    view: ConversationList,
) -> None:
    model = model_of(view)
    view.verticalScrollBar().setValue(123_457)
    row = view.visible_rows()[3]
    read, place = model.id_at(row), view.visualRect(model.index(row)).top()
    view.setCurrentIndex(model.index(row))

    model.apply({BIG - 1: ConversationSummary(BIG - 1, "new", NOW + 1)})
    model.apply({BIG + 90_000: ConversationSummary(BIG + 90_000, "answered", NOW + 2)})
    assert view.visualRect(model.index(model.row_of(read) or 0)).top() == place
    assert model.id_at(view.currentIndex().row()) == read


def test_at_the_top_what_is_new_comes_into_view(view: ConversationList) -> None:
    model = model_of(view)
    model.apply({BIG - 1: ConversationSummary(BIG - 1, "new", NOW + 1)})
    assert model.row_of(BIG - 1) in view.visible_rows()
    assert view.verticalOffset() == 0


def test_choice_and_place_stay_when_everything_is_read_anew(view: ConversationList) -> None:
    model = model_of(view)
    view.verticalScrollBar().setValue(50_000)
    row = view.visible_rows()[2]
    read, place = model.id_at(row), view.visualRect(model.index(row)).top()
    view.setCurrentIndex(model.index(row))
    numbers = [number for number in range(COUNT) if number % 7 or BIG + number == read]
    ids = array("q", (BIG + number for number in numbers))
    model.fill(ALL, ids, array("d", map(moment, numbers)), pinned=0)

    assert model.id_at(view.currentIndex().row()) == read
    assert view.chosen_ids() == [read]
    assert abs(view.visualRect(model.index(model.row_of(read) or 0)).top() - place) < 40


def test_painting_asks_for_the_titles_in_view_alone(view: ConversationList, qtbot: QtBot) -> None:
    model = model_of(view)
    with qtbot.waitSignal(model.summaries_wanted):
        view.viewport().update()
    wanted = model.next_wanted()
    assert 0 < len(wanted) <= 100
    assert wanted[0] == BIG


def test_screen_readers_find_a_list_with_names(view: ConversationList) -> None:
    model = model_of(view)
    model.add_summaries([ConversationSummary(BIG, "first", NOW)], asked=[BIG])
    interface = QAccessible.queryAccessibleInterface(view)
    assert interface.role() == QAccessible.Role.List
    assert interface.text(QAccessible.Text.Name) == "Conversations"
    row = interface.child(1)
    assert row.text(QAccessible.Text.Name) == "first, Today"
    assert row.role() == QAccessible.Role.ListItem


def test_the_row_under_the_pointer_is_known(view: ConversationList, qtbot: QtBot) -> None:
    qtbot.mouseMove(view.viewport(), view.visualRect(view.model().index(4, 0)).center())
    assert view.hovered == 4
    qtbot.mouseMove(view.viewport(), view.visualRect(view.model().index(6, 0)).center())
    assert view.hovered == 6
