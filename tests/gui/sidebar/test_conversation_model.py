from __future__ import annotations

import json
import random
import time
from array import array
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from core.models import ConversationSummary
from gui.sidebar.conversation_model import MIME_TYPE, ConversationListModel
from gui.sidebar.day_groups import local_day
from gui.sidebar.place import ALL, ARCHIVE, TRASH, Place, Section
from gui.sidebar.row_model import Roles
from gui.sidebar.summary_cache import PAGE

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

DAY = 86_400.0
BIG = 1 << 60
"""Ids are larger than what a C++ int can hold."""


def summary(number: int, age: float, *, is_pinned: bool = False) -> ConversationSummary:
    return ConversationSummary(
        BIG + number, f"title {number}", time.time() - age * DAY, is_pinned=is_pinned
    )


def fill(model: ConversationListModel, summaries: list[ConversationSummary]) -> None:
    """Show these in the store's order."""
    place = model.place
    here = [one for one in summaries if place.has(one)]
    pinned = 0 if place == TRASH else sum(one.is_pinned for one in here)
    here.sort(key=lambda one: (pinned and not one.is_pinned, -place.time_of(one)))
    ids = array("q", (one.id for one in here))
    times = array("d", (place.time_of(one) for one in here))
    model.fill(place, ids, times, pinned=pinned)
    model.add_summaries(here, asked=list(ids))


def shown(model: ConversationListModel) -> list[str]:
    return [str(model.index(row).data()) for row in range(model.rowCount())]


@pytest.fixture
def model(qapp: QApplication) -> ConversationListModel:
    model = ConversationListModel(qapp)
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Warning, model
    )
    assert tester.model() is model
    return model


def test_conversations_stand_under_their_days(model: ConversationListModel) -> None:
    fill(model, [summary(1, 0), summary(2, 3), summary(3, 400), summary(4, 50, is_pinned=True)])
    rows = shown(model)
    assert rows[:6] == ["Pinned", "title 4", "Today", "title 1", "Previous 7 days", "title 2"]
    assert rows[7:] == ["title 3"]
    assert list(model.header_rows()) == [0, 2, 4, 6]
    assert not model.flags(model.index(0)) & Qt.ItemFlag.ItemIsSelectable


def test_a_screen_reader_hears_title_and_group(model: ConversationListModel) -> None:
    fill(model, [replace(summary(1, 0), is_streaming=True)])
    spoken = model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "title 1, Today, an answer is being written"


def test_titles_are_asked_for_as_they_come_into_view_the_newest_wish_first(
    model: ConversationListModel, qtbot: QtBot
) -> None:
    ids = array("q", range(BIG, BIG + 2_000))
    times = array("d", (time.time() - 0.5 * number for number in range(2_000)))
    model.fill(ALL, ids, times, pinned=0)
    with qtbot.waitSignal(model.summaries_wanted):
        assert model.index(5).data() is None
        assert model.index(1_700).data() is None
    first, second = model.next_wanted(), model.next_wanted()
    assert len(first) == len(second) == PAGE
    assert model.id_at(1_700) in first
    assert model.id_at(5) in second
    assert not model.next_wanted()


def test_what_the_store_does_not_have_is_not_asked_for_again(
    model: ConversationListModel,
) -> None:
    model.fill(ALL, array("q", [BIG]), array("d", [time.time()]), pinned=0)
    model.index(1).data()
    assert model.next_wanted() == [BIG]
    model.add_summaries([], asked=[BIG])
    model.index(1).data()
    assert not model.next_wanted()


def test_a_renamed_conversation_changes_its_row_alone(
    model: ConversationListModel, qtbot: QtBot
) -> None:
    all_of_them = [summary(number, number / 10) for number in range(5)]
    fill(model, all_of_them)
    row = model.row_of(BIG + 3)
    with (
        qtbot.assertNotEmitted(model.modelReset),
        qtbot.assertNotEmitted(model.rowsMoved),
        qtbot.waitSignal(model.dataChanged) as changed,
    ):
        model.apply({BIG + 3: replace(all_of_them[3], title="other")})
    assert changed.args is not None
    assert [changed.args[0].row(), changed.args[1].row()] == [row, row]
    assert model.index(row or 0).data() == "other"


def test_a_conversation_that_says_something_moves_to_the_top(
    model: ConversationListModel, qtbot: QtBot
) -> None:
    old = [summary(number, 2 + number) for number in range(4)]
    fill(model, old)
    kept = QPersistentModelIndex(model.index(model.row_of(BIG + 2) or 0))
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.rowsMoved):
        model.apply({BIG + 2: replace(old[2], updated_at=time.time())})
    assert shown(model)[:2] == ["Today", "title 2"]
    assert kept.row() == 1


@pytest.mark.parametrize("place", [ALL, ARCHIVE, TRASH, Place(Section.FOLDER, 7)])
@pytest.mark.parametrize("seed", range(6))
def test_many_changes_lead_to_the_same_list_as_reading_it_anew(
    model: ConversationListModel, qapp: QApplication, place: Place, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - examples
    known = {BIG + n: summary(n, chance.random() * 100) for n in range(40)}
    model.fill(place, array("q"), array("d"), pinned=0)
    fill(model, list(known.values()))
    for _ in range(60):
        number = chance.randrange(60)
        one = summary(number, chance.random() * chance.choice([1, 40, 400]))
        one = replace(
            one,
            is_pinned=chance.random() < 0.2,
            is_archived=chance.random() < 0.2,
            folder_id=chance.choice([None, 7]),
            deleted_at=time.time() - chance.random() * 1e6 if chance.random() < 0.2 else 0.0,
        )
        if chance.random() < 0.1:
            known.pop(one.id, None)
            model.apply({one.id: None})
        else:
            known[one.id] = one
            model.apply({one.id: one})
        fresh = ConversationListModel(qapp)
        fresh.fill(place, array("q"), array("d"), pinned=0)
        fill(fresh, list(known.values()))
        assert list(model.ids) == list(fresh.ids)
        assert list(model.header_rows()) == list(fresh.header_rows())
        assert shown(model) == shown(fresh)


def test_at_midnight_yesterday_begins_and_the_choice_stays(model: ConversationListModel) -> None:
    fill(model, [summary(1, 0), summary(2, 0.00001)])
    kept = QPersistentModelIndex(model.index(2))
    model.show_day(local_day(time.time()) + timedelta(1))
    assert shown(model)[0] == "Yesterday"
    model.show_day(local_day(time.time()) + timedelta(400))
    assert kept.isValid()
    assert kept.data(Roles.ID) == BIG + 2


def test_what_is_dragged_are_ids(model: ConversationListModel) -> None:
    fill(model, [summary(1, 0), summary(2, 0.1)])
    rows = [model.index(row) for row in range(model.rowCount())]
    data = bytes(model.mimeData(rows).data(MIME_TYPE).data())
    assert sorted(json.loads(data)) == [BIG + 1, BIG + 2]


def test_the_trash_says_how_long_it_keeps_what_was_deleted(model: ConversationListModel) -> None:
    model.fill(TRASH, array("q"), array("d"), pinned=0)
    fill(model, [replace(summary(1, 50), deleted_at=time.time() - 3 * DAY)])
    assert model.rowCount() == 1
    note = model.index(0).data(Roles.NOTE)
    assert "3" in note
    assert "27" in note


def test_a_title_is_one_line_and_never_empty(model: ConversationListModel) -> None:
    fill(model, [replace(summary(1, 0), title="a\n\tb"), replace(summary(2, 0.1), title=" ")])
    assert model.title(BIG + 1) == "a b"
    assert model.title(BIG + 2) == "New conversation"
