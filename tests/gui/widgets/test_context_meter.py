"""The line that says how full the context window is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from core.context import WhenTooLong
from gui.metrics import metrics
from gui.widgets.context_meter import ContextMeter, ContextUse

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

HALF = ContextUse(tokens=4_100, question=100, window=8_192, reserve=2_048)
LEFT_OUT = replace(HALF, tokens=6_100, left_out=6)


@pytest.fixture(autouse=True)
def plain_numbers() -> Iterator[None]:
    """Write numbers alike on every machine."""
    before = QLocale()
    QLocale.setDefault(QLocale.c())
    yield
    QLocale.setDefault(before)


@pytest.fixture
def meter(qtbot: QtBot) -> Iterator[ContextMeter]:
    window = QWidget()
    qtbot.addWidget(window)
    meter = ContextMeter()
    layout = QVBoxLayout(window)
    layout.addWidget(meter)
    layout.addStretch(1)
    window.resize(600, 300)
    window.show()
    yield meter  # not returned: the window must live as long
    window.hide()


def test_nothing_is_shown_until_half_of_the_window_is_taken(meter: ContextMeter) -> None:
    assert not meter.isVisible()
    meter.show_use(replace(HALF, tokens=4_000))
    assert not meter.isVisible()
    meter.show_use(HALF)
    assert meter.isVisible()
    assert meter.text() == "≈ 4100 of 8192 tokens"
    assert not meter.left_out_button.isVisible()
    assert meter.findChild(QProgressBar).value() == pytest.approx(500, abs=5)
    meter.show_use(None)
    assert not meter.isVisible()


def test_the_numbers_behind_it_are_in_the_tip(meter: ContextMeter) -> None:
    meter.show_use(HALF)
    tip = meter.findChild(QLabel, "contextText").toolTip()
    for number in ("4100", "100", "8192", "2048"):
        assert number in tip


@pytest.mark.parametrize(
    ("use", "words"),
    [
        (LEFT_OUT, "The first 6 messages are left out ▾"),
        (
            replace(LEFT_OUT, is_from_start=False, choice=WhenTooLong.MIDDLE),
            "6 messages in the middle are left out ▾",
        ),
        (replace(HALF, tokens=7_000, choice=WhenTooLong.NOTHING), "Everything is sent ▾"),
    ],
)
def test_what_is_left_out_is_said_in_one_place(
    meter: ContextMeter, use: ContextUse, words: str
) -> None:
    meter.show_use(use)
    assert meter.left_out_button.isVisible()
    assert meter.left_out_button.text() == words
    assert meter.left_out_button.accessibleName() == words.removesuffix(" ▾")


def test_a_little_of_it_shows_that_something_is_left_out(meter: ContextMeter) -> None:
    meter.show_use(replace(LEFT_OUT, tokens=10))
    assert meter.isVisible()


def test_more_than_the_model_takes_is_said_to_be_too_long(meter: ContextMeter) -> None:
    meter.show_use(replace(HALF, tokens=9_000))
    assert meter.text() == "≈ 9000 of 8192 tokens, too long"
    assert meter.findChild(QLabel, "contextText").property("level") == "over"
    meter.show_use(HALF)
    assert meter.findChild(QLabel, "contextText").property("level") == ""


def test_the_menu_tells_what_holds_and_what_is_wanted(meter: ContextMeter, qtbot: QtBot) -> None:
    meter.show_use(replace(LEFT_OUT, choice=WhenTooLong.MIDDLE))
    oldest, middle, nothing, _line, place = meter.menu_actions()
    assert [action.isChecked() for action in (oldest, middle, nothing)] == [False, True, False]
    with qtbot.waitSignal(meter.choice_made) as chosen:
        nothing.trigger()
    assert chosen.args == [WhenTooLong.NOTHING]
    with qtbot.waitSignal(meter.place_requested):
        place.trigger()
    meter.show_use(replace(LEFT_OUT, has_later=False))
    assert not place.isEnabled()


def test_a_notice_stands_above_the_line_and_without_it(meter: ContextMeter) -> None:
    meter.show_notice("The service saw less.")
    assert meter.isVisible()
    assert meter.notice == "The service saw less."
    meter.show_use(HALF)
    meter.show_notice("")
    assert meter.isVisible()
    meter.show_use(None)
    assert not meter.isVisible()


def test_a_narrow_window_puts_the_button_below(meter: ContextMeter) -> None:
    meter.show_use(LEFT_OUT)
    text, button = meter.findChild(QLabel, "contextText"), meter.findChild(QPushButton)
    window = meter.window()
    window.layout().activate()
    assert text.mapTo(meter, text.rect().center()).y() in range(button.y(), button.y() + 40)
    window.resize(metrics().window_minimum_width, 300)
    window.layout().activate()
    top = button.mapTo(meter, button.rect().topLeft()).y()
    assert top > text.mapTo(meter, text.rect().center()).y()
    assert meter.rect().contains(button.mapTo(meter, button.rect().bottomRight()))
