"""The buttons that are offered while an answer takes its time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from gui.metrics import metrics
from gui.widgets.reply_status import Offer
from gui.widgets.waiting_actions import WaitingActions

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

ALL = Offer.KEEP_WAITING | Offer.STOP | Offer.ELSEWHERE


@pytest.fixture
def actions(qtbot: QtBot) -> Iterator[WaitingActions]:
    window = QWidget()
    qtbot.addWidget(window)
    actions = WaitingActions()
    actions.set_choices(lambda: [("ollama", "Ollama")])
    layout = QVBoxLayout(window)
    layout.addWidget(actions)
    layout.addStretch(1)
    window.resize(600, 300)
    window.show()
    yield actions  # not returned: the window must live as long
    window.hide()


def shown(actions: WaitingActions) -> list[QPushButton]:
    return [button for button in actions.findChildren(QPushButton) if button.isVisible()]


def test_without_an_offer_nothing_is_shown(actions: WaitingActions) -> None:
    assert not actions.isVisible()
    actions.show_offer(ALL)
    assert actions.isVisible()
    actions.show_offer(Offer.NOTHING)
    assert not actions.isVisible()


def test_every_button_has_a_name_and_can_be_reached_by_keyboard(actions: WaitingActions) -> None:
    actions.show_offer(ALL | Offer.RETRY_NOW)
    assert len(shown(actions)) == 4
    for button in shown(actions):
        assert button.objectName()
        assert button.accessibleName()
        assert button.focusPolicy() & button.focusPolicy().TabFocus
    assert actions.retry_button.accessibleName() == "Try again now"


@pytest.mark.parametrize(
    ("button", "signal"),
    [
        ("retryNowButton", "retry_requested"),
        ("keepWaitingButton", "keep_waiting_requested"),
        ("stopWaitingButton", "stop_requested"),
    ],
)
def test_each_button_tells_what_is_wanted(
    actions: WaitingActions, qtbot: QtBot, button: str, signal: str
) -> None:
    actions.show_offer(ALL | Offer.RETRY_NOW)
    with qtbot.waitSignal(getattr(actions, signal)):
        actions.findChild(QPushButton, button).click()


def test_narrow_windows_put_the_buttons_on_more_lines(actions: WaitingActions) -> None:
    actions.show_offer(ALL)
    window = actions.window()
    window.layout().activate()
    assert len({button.y() for button in shown(actions)}) == 1
    window.resize(metrics().window_minimum_width // 2, 300)
    window.layout().activate()
    lines = {button.y() for button in shown(actions)}
    assert len(lines) > 1
    for button in shown(actions):
        assert actions.rect().contains(button.geometry())
