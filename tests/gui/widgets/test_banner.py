from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.widgets.banner import Banner

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

LONG = "Something that is told in a sentence of a good many words, so that it needs a few lines."


class Place(QWidget):
    """A window with a banner."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.banner = Banner()
        layout = QVBoxLayout(self)
        layout.addWidget(self.banner)
        layout.addStretch(1)
        self.resize(width, 400)
        self.show()


@pytest.fixture
def places(qtbot: QtBot) -> dict[str, Place]:
    """Give a wide and a narrow window; what a fixture gives is held, what is in it is not."""
    found = {"wide": Place(900), "narrow": Place(300)}
    for place in found.values():
        qtbot.addWidget(place)
    return found


@pytest.fixture
def wide(places: dict[str, Place]) -> Banner:
    return places["wide"].banner


@pytest.fixture
def narrow(places: dict[str, Place]) -> Banner:
    return places["narrow"].banner


def test_a_banner_without_a_sentence_is_hidden(wide: Banner) -> None:
    assert wide.isHidden()
    wide.show_text("Told")
    assert wide.isVisible()
    assert wide.accessibleName() == "Told"
    assert wide.action_button.isHidden()
    wide.clear()
    assert wide.isHidden()


def test_each_button_has_its_own_signal(wide: Banner, qtbot: QtBot) -> None:
    wide.show_text("Told", "Do this", "Do that")
    with (
        qtbot.waitSignal(wide.action_requested),
        qtbot.assertNotEmitted(wide.other_action_requested),
    ):
        wide.action_button.click()
    with (
        qtbot.waitSignal(wide.other_action_requested),
        qtbot.assertNotEmitted(wide.action_requested),
    ):
        wide.other_button.click()


def test_one_button_stands_beside_the_sentence_where_there_is_room(
    wide: Banner, qtbot: QtBot
) -> None:
    wide.show_text("Told", "Do this")
    qtbot.waitUntil(lambda: wide.action_button.x() > wide.width() // 2)


def test_buttons_that_have_no_room_stand_one_below_the_other(narrow: Banner, qtbot: QtBot) -> None:
    narrow.show_text(LONG, "Put back the copy of the last day", "Open the folder")
    qtbot.waitUntil(
        lambda: (
            narrow.other_button.y() >= narrow.action_button.geometry().bottom()
            and narrow.rect().contains(narrow.other_button.geometry())
        )
    )
    assert narrow.window().width() == 300
    narrow.window().resize(900, 400)
    qtbot.waitUntil(lambda: narrow.other_button.y() == narrow.action_button.y())
