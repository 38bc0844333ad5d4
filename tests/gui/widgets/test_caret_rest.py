from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QPlainTextEdit

from gui.widgets.caret_rest import CaretRest

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_the_caret_rests_when_nobody_writes_and_blinks_again_with_the_next_key(
    qtbot: QtBot,
) -> None:
    before = QApplication.cursorFlashTime()
    field = QPlainTextEdit()
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    rest = CaretRest(field, after=20)
    qtbot.waitUntil(lambda: rest.is_resting)
    assert QApplication.cursorFlashTime() == 0

    qtbot.keyClicks(field, "a")
    assert not rest.is_resting
    assert QApplication.cursorFlashTime() == before
    qtbot.waitUntil(lambda: rest.is_resting)
    field.clearFocus()
    assert QApplication.cursorFlashTime() == before
