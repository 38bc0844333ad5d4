from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from gui.metrics import metrics
from gui.theme import Appearance, Theme
from gui.widgets.icon_label import IconLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


def has_colour(image: QImage, colour: str) -> bool:
    wanted = QColor(colour).rgb()
    places = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return any(image.pixel(x, y) == wanted for x, y in places)


@pytest.mark.parametrize(
    ("kind", "colour"), [("good", "accent"), ("problem", "error_text"), ("warning", "warning_text")]
)
def test_an_icon_has_the_colour_of_its_kind_in_every_theme(
    qapp: QApplication, qtbot: QtBot, kind: str, colour: str
) -> None:
    for name in ("light", "dark"):
        appearance = Appearance(qapp, choice=name)
        window = QWidget()
        qtbot.addWidget(window)
        label = IconLabel("stop", parent=window)
        label.setProperty("kind", kind)
        window.show()
        assert has_colour(label.grab().toImage(), Theme.named(name).colours[colour])
        appearance.deleteLater()


def test_an_icon_can_be_changed_and_can_have_room_around_it(qtbot: QtBot) -> None:
    label = IconLabel("passed", extent=metrics().button_size)
    qtbot.addWidget(label)
    assert label.width() == label.height() == metrics().button_size
    before = label.grab().toImage()
    label.set_icon_name("failed")
    assert label.icon_name == "failed"
    assert label.grab().toImage() != before
