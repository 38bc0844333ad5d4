from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from helpers.conversation import until
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from gui.sidebar.result_delegate import range_in_units


@dataclass(frozen=True)
class Found:
    conversation_id: int
    message_id: int | None
    title: str
    snippet: str
    marks: tuple[tuple[int, int], ...] = ()
    created_at: float = 1e9


slowly = pytest.mark.parametrize("desk", ["slow"], indirect=True)

HITS = (
    Found(1 << 60, 11 << 50, "Apples", "red\napples grow", ((4, 10),)),
    Found(2 << 60, None, "All apples", "All apples", ((4, 10),)),
    Found(1 << 60, 12 << 50, "Apples", "more apples", ((5, 11),)),
)


async def search(desk: Any, text: str) -> Any:
    """Type, and return once the store was asked."""
    desk.focus(desk.frame.search_field)
    desk.frame.search_field.setText(text)
    await until(lambda: text in desk.store.searches)
    return desk.store.searches[text]


async def find(desk: Any, text: str, hits: Sequence[Found] = HITS) -> list[str]:
    (await search(desk, text)).set_result(hits)
    await desk.settled()
    model = desk.sidebar.result_model
    return [model.index(row).data() for row in range(model.rowCount())]


@slowly
async def test_results_are_grouped_by_conversation(desk: Any) -> None:
    await desk.start()
    rows = await find(desk, "apples")
    assert rows == ["Apples", "red apples grow", "more apples", "All apples"]
    assert desk.sidebar.results.isVisible()
    assert list(desk.sidebar.result_model.header_rows()) == [0, 3]
    assert not desk.frame.grab().isNull()


@slowly
async def test_arrows_in_the_field_choose_and_enter_opens(desk: Any) -> None:
    await desk.start()
    await find(desk, "apples")
    opened: list[tuple[object, ...]] = []
    desk.sidebar.hit_opened.connect(lambda *hit: opened.append(hit))
    field = desk.frame.search_field
    desk.qtbot.keyClick(field, Qt.Key.Key_Return)
    desk.qtbot.keyClick(field, Qt.Key.Key_Down)
    desk.qtbot.keyClick(field, Qt.Key.Key_Return)
    desk.qtbot.keyClick(field, Qt.Key.Key_Down)
    desk.qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.hasFocus()
    assert opened == [
        (1 << 60, 11 << 50, "apples"),
        (1 << 60, 12 << 50, "apples"),
        (2 << 60, None, "apples"),
    ]


@slowly
async def test_results_of_an_older_search_never_replace_newer_ones(desk: Any) -> None:
    await desk.start()
    old = await search(desk, "app")
    assert await find(desk, "apples") == ["Apples", "red apples grow", "more apples", "All apples"]
    old.set_result([Found(3 << 60, None, "old", "old")])
    await desk.settled()
    assert desk.sidebar.result_model.rowCount() == 4
    desk.sidebar.show_hits("app", [])
    assert desk.sidebar.result_model.rowCount() == 4


@slowly
async def test_enter_that_was_too_fast_opens_the_first_result_once_it_is_there(desk: Any) -> None:
    await desk.start()
    opened: list[tuple[object, ...]] = []
    desk.sidebar.hit_opened.connect(lambda *hit: opened.append(hit))
    desk.focus(desk.frame.search_field)
    desk.qtbot.keyClicks(desk.frame.search_field, "apples")
    desk.qtbot.keyClick(desk.frame.search_field, Qt.Key.Key_Return)
    assert not opened
    assert await find(desk, "apples")
    assert opened == [(1 << 60, 11 << 50, "apples")]


@slowly
async def test_what_is_not_found_is_said_but_not_before_it_is_known(desk: Any) -> None:
    await desk.start()
    answer = await search(desk, "apples")
    empty = desk.frame.findChild(QLabel, "sidebarEmpty")
    assert "Nothing" not in empty.text()
    answer.set_result([])
    await desk.settled()
    assert empty.isVisible()
    assert empty.text() == "Nothing found for “apples”"


@slowly
async def test_escape_ends_the_search_and_leads_back(desk: Any) -> None:
    await desk.add("one")
    await desk.start()
    await find(desk, "apples")
    with desk.qtbot.waitSignal(desk.sidebar.left):
        desk.qtbot.keyClick(desk.frame.search_field, Qt.Key.Key_Escape)
    assert desk.frame.search_field.text() == ""
    assert desk.list.isVisible()
    assert desk.sidebar.result_model.rowCount() == 0


@slowly
async def test_down_in_an_empty_field_leads_into_the_list(desk: Any) -> None:
    await desk.add("one")
    await desk.start()
    desk.focus(desk.frame.search_field)
    desk.qtbot.keyClick(desk.frame.search_field, Qt.Key.Key_Down)
    assert desk.list.hasFocus()
    assert desk.list.currentIndex().row() == 1


@slowly
async def test_what_was_typed_before_the_lists_were_there_is_searched(desk: Any) -> None:
    desk.frame.search_field.setText("apples")
    await desk.start()
    await until(lambda: "apples" in desk.store.searches)
    desk.store.searches["apples"].set_result(HITS)
    await desk.settled()
    assert desk.sidebar.results.isVisible()


@slowly
async def test_markup_and_emoji_in_what_was_found_are_text(desk: Any) -> None:
    await desk.start()
    text = "😀😀 <b>apples</b> " + "and apples " * 40
    await find(desk, "apples", [Found(1, 2, "<i>t</i>", text, ((6, 12), (19, 25)))])
    assert desk.sidebar.result_model.index(1).data() == text
    assert not desk.frame.grab().isNull()


def test_marks_are_counted_as_qt_counts() -> None:
    assert range_in_units("😀 apple", 2, 7) == (3, 5)
    assert range_in_units("a 😀😀", 2, 4) == (2, 4)
