"""What is selected by mouse can be pasted by a middle click, where the desktop has that."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.display import Display, what_is_missing
from PySide6.QtCore import Qt

from core.models import Message, Role
from gui.clipboard import CopiedText, asked_for
from gui.transcript.position import ANSWER, Position

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.transcript.view import TranscriptView

PROGRAM = """
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from core.models import Message, Role
from gui.transcript.position import ANSWER, Position
from gui.transcript.style import TranscriptStyle
from gui.transcript.view import TranscriptView

application = QApplication([])
view = TranscriptView(TranscriptStyle.load("light"))
view.resize(600, 400)
view.show()
view.set_messages([Message(Role.ASSISTANT, "Some **words** to select.")])
places = [view.character_rect(Position(0, ANSWER, 0, n)).center() for n in (5, 10)]
start, end = [view.viewport().mapFromGlobal(place) for place in places]
left = Qt.MouseButton.LeftButton
QTest.mousePress(view.viewport(), left, pos=start)
QTest.mouseMove(view.viewport(), end)
QTest.mouseRelease(view.viewport(), left, pos=end)
print("ready", flush=True)
application.exec()
"""


def test_another_program_gets_what_the_mouse_has_selected() -> None:
    missing = what_is_missing()
    if missing:
        pytest.skip(f"needs {', '.join(missing)}")
    with Display(has_screen_reader=False) as display:
        environment = {**display.environment, "PYTHONPATH": str(Path.cwd())}
        with subprocess.Popen(
            [sys.executable, "-c", PROGRAM],
            env=environment,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        ) as program:
            try:
                assert program.stdout is not None
                assert program.stdout.readline() == "ready\n"
                read = ["xclip", "-o", "-selection", "primary"]
                assert display.run(read) == "**words**"
                html = display.run([*read, "-target", "text/html"])
                assert "words</" in html
            finally:
                program.terminate()


def test_a_selection_is_made_into_text_only_when_somebody_asks_and_then_once() -> None:
    made: list[int] = []

    def make() -> CopiedText:
        made.append(1)
        return CopiedText(plain="plain", html="<b>rich</b>", markdown="**mark**")

    mime = asked_for(make)
    assert mime.hasText()
    assert mime.hasHtml()
    assert made == []
    assert mime.text() == "plain"
    assert mime.html() == "<b>rich</b>"
    assert bytes(mime.data("text/markdown").data()) == b"**mark**"
    assert made == [1]


def test_a_middle_click_changes_nothing(view: TranscriptView, qtbot: QtBot) -> None:
    view.set_messages([Message(Role.ASSISTANT, "Some words to select.")])
    view.keyboard.select_message(0)
    bounds = view.shown.selection.bounds()
    rect = view.character_rect(Position(0, ANSWER, 0, 3))
    place = view.viewport().mapFromGlobal(rect.center())
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.MiddleButton, pos=place)
    assert view.shown.selection.bounds() == bounds
    assert view.message(0).text == "Some words to select."


def test_moving_the_mouse_copies_nothing(view: TranscriptView, qtbot: QtBot) -> None:
    view.set_messages([Message(Role.ASSISTANT, "Some words to select.")])
    selected: list[int] = []
    view.pointer.selected.connect(lambda: selected.append(1))
    places = [view.character_rect(Position(0, ANSWER, 0, n)).center() for n in (5, 7, 9, 10)]
    points = [view.viewport().mapFromGlobal(place) for place in places]
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=points[0])
    for point in points[1:]:
        qtbot.mouseMove(view.viewport(), point)
    assert selected == []
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=points[-1])
    assert selected == [1]
